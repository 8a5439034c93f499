import Foundation
import JSON
import TestSupport
import Testing

struct PromotionTests {
  static let spec = Fixtures.path("chat/asyncapi.yml")
  static let correct = "wspact-provider chat --port 0 --spec \(spec)"
  static let bug = " --bug error-without-code"

  /// Fuzzes the provider with a bug.
  ///
  /// - Returns: The scenario that was saved.
  private func failure(in folder: String) async throws -> String {
    let run = try await ProgramRun.of(
      "wspact",
      [
        "fuzz", "--spec", Self.spec, "--seed", "1", "--cases", "20", "--max-failures", "1",
        "--mode", "valid", "--provider-cmd", Self.correct + Self.bug,
      ],
      in: folder
    )
    #expect(run.exitCode == 1, "\(run.output)\(run.problems)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/.wspact/failures")
    return ".wspact/failures/" + (try #require(names.first { $0.hasSuffix(".yml") }))
  }

  @Test func `a failure that is fixed becomes a contract and a regression`() async throws {
    try await withTemporaryFolder { folder in
      let scenario = try await failure(in: folder)
      let promote = [
        "replay", scenario, "--promote-contract", "kept.json", "--consumer", "web",
        "--promote-scenario", "regressions", "--provider-cmd",
      ]
      let failing = try await ProgramRun.of(
        "wspact",
        promote + [Self.correct + Self.bug],
        in: folder
      )
      #expect(failing.exitCode == 1)
      #expect(failing.output.contains("is not promoted: STILL FAILS"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/kept.json"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/regressions"))

      let fixed = try await ProgramRun.of("wspact", promote + [Self.correct], in: folder)
      #expect(fixed.exitCode == 0, "\(fixed.output)\(fixed.problems)")
      #expect(fixed.output.contains("is kept in kept.json"))
      let contract = try JSONValue.parse(
        try String(contentsOfFile: folder + "/kept.json", encoding: .utf8)
      )
      #expect(contract["consumer"]?["name"]?.stringValue == "web")

      let verify = ["verify", "kept.json", "--provider-cmd"]
      let kept = try await ProgramRun.of("wspact", verify + [Self.correct], in: folder)
      #expect(kept.exitCode == 0, "\(kept.output)\(kept.problems)")
      let broken = try await ProgramRun.of(
        "wspact",
        verify + [Self.correct + Self.bug],
        in: folder
      )
      #expect(broken.exitCode == 1, "\(broken.output)\(broken.problems)")

      let replay = ["replay", "regressions", "--provider-cmd"]
      let again = try await ProgramRun.of("wspact", replay + [Self.correct], in: folder)
      #expect(again.exitCode == 0, "\(again.output)\(again.problems)")
      #expect(again.output.contains("FIXED"))
      let worse = try await ProgramRun.of(
        "wspact",
        replay + [Self.correct + Self.bug],
        in: folder
      )
      #expect(worse.exitCode == 1, "\(worse.output)\(worse.problems)")
    }
  }

  @Test func `a folder without scenarios is no success`() async throws {
    try await withTemporaryFolder { folder in
      let run = try await ProgramRun.of(
        "wspact",
        ["replay", ".", "--provider-cmd", Self.correct],
        in: folder
      )
      #expect(run.exitCode == 2)
      #expect(run.problems.contains("there is no scenario (.yml) in the folder '.'"))
    }
  }
}
