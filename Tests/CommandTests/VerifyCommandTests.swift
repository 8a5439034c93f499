import Foundation
import TestSupport
import Testing

/// `wspact verify` as a program: what it remembers, and how states are set up.
struct VerifyCommandTests {
  private static let contract = PackageRoot.path + "/contracts/frontend-v1.json"

  private static func verify(
    _ options: [String],
    bug: String? = nil,
    in folder: String
  ) async throws -> ProgramRun {
    let spec = PackageRoot.path + "/fixtures/chat/asyncapi.yml"
    let fault = bug.map { " --bug \($0)" } ?? ""
    let provider = "wspact-provider chat --port 0 --spec \(spec)\(fault)"
    return try await ProgramRun.of(
      "wspact",
      ["verify", contract, "--provider-cmd", provider] + options,
      in: folder
    )
  }

  @Test func `what failed last time is verified by itself until it passes`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder + "/.wspact/last-failed.json"
      #expect(try await Self.verify([], in: folder).exitCode == 0)
      #expect(!FileManager.default.fileExists(atPath: file))
      #expect(try await Self.verify([], bug: "renamed-field", in: folder).exitCode == 1)
      let still = try await Self.verify(["--last-failed"], bug: "renamed-field", in: folder)
      #expect(still.exitCode == 1)
      #expect(still.output.contains("verify: 1 failed;"), "\(still.output)")
      let mended = try await Self.verify(["--last-failed"], in: folder)
      #expect(mended.exitCode == 0)
      #expect(mended.output.contains("verify: 1 passed;"), "\(mended.output)")
      let all = try await Self.verify(["--last-failed"], in: folder)
      #expect(all.problems.contains("nothing failed last time; everything is verified"))
      #expect(all.output.contains("verify: 6 passed;"), "\(all.output)")
    }
  }

  @Test func `a state command and a state endpoint exclude each other`() async throws {
    try await withTemporaryFolder { folder in
      let options = ["--state-cmd", "true", "--state-url", "http://127.0.0.1:1/"]
      let run = try await Self.verify(options, in: folder)
      #expect(run.exitCode == 64)
      #expect(run.problems.contains("--state-cmd and --state-url exclude each other"))
    }
  }
}
