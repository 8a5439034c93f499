#if os(Linux)
  import Foundation
  import JSON
  import Testing
  import TestSupport

  struct GrowthTests {
    private static let spec = Fixtures.path("desk/asyncapi.yml")
    private static let correct = "wspact-provider desk --port 0 --spec \(spec)"

    @Test func `what each connection leaves open is found, and again when it is replayed`()
      async throws
    {
      try await withTemporaryFolder { folder in
        let leaking = Self.correct + " --bug leaks-descriptors"
        let found = try await ProgramRun.of(
          "wspact",
          [
            "fuzz", "--spec", Self.spec, "--provider-cmd", leaking, "--seed", "1", "--cases", "70",
            "--mode", "valid", "--max-failures", "1", "--failures", "failures", "--format", "json",
          ],
          in: folder
        )
        #expect(found.exitCode == 1, "\(found.problems)")
        let finding = try JSONValue.parse(found.output)["findings"]?[0]
        #expect(finding?["signature"]?.stringValue == "WSP702 opening")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/failures")
        let file = try #require(files.first { $0.hasSuffix(".yml") })
        let replay = ["replay", "failures/\(file)", "--provider-cmd"]
        let again = try await ProgramRun.of("wspact", replay + [leaking], in: folder)
        #expect(again.exitCode == 1)
        #expect(again.output.contains("STILL FAILS"), "\(again.output)")
        let mended = try await ProgramRun.of("wspact", replay + [Self.correct], in: folder)
        #expect(mended.exitCode == 0)
        #expect(mended.output.contains("FIXED"), "\(mended.output)")
        let blind = try await ProgramRun.of(
          "wspact",
          ["replay", "failures/\(file)", "--provider-url", "ws://127.0.0.1:1/desk"],
          in: folder
        )
        #expect(blind.exitCode == 2)
        #expect(blind.problems.contains("--provider-pid"), "\(blind.problems)")
      }
    }
  }
#endif
