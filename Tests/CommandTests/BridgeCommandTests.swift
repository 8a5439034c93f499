import TestSupport
import Testing

/// `wspact bridge` as a program.
struct BridgeCommandTests {
  static let examples: [(arguments: [String], exitCode: Int32, output: String, problem: String)] = [
    (["--verifier-cmd", #"echo "at $WSPACT_BRIDGE_URL"; exit 3"#], 3, "at http://127.0.0.1:", ""),
    (["--verifier-cmd", #"test -n "$WSPACT_BRIDGE_PORT""#], 0, "", ""),
    (["--port", "70000"], 64, "", "a port is a number from 0 to 65535"),
  ]

  @Test(arguments: examples)
  func `a verifier finds the bridge, and its exit code is the bridge's`(
    arguments: [String],
    exitCode: Int32,
    output: String,
    problem: String
  ) async throws {
    let contract = PackageRoot.path + "/contracts/frontend-v1.json"
    let provider = ["--provider-cmd", "wspact-provider chat --port 0"]
    try await withTemporaryFolder { folder in
      let run = try await ProgramRun.of(
        "wspact",
        ["bridge", contract] + provider + arguments,
        in: folder
      )
      #expect(run.exitCode == exitCode, "\(run.problems)")
      #expect(run.output.contains(output), "\(run.output)")
      #expect(run.problems.contains(problem), "\(run.problems)")
    }
  }
}
