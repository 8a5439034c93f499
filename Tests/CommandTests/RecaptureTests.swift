import Foundation
import TestSupport
import Testing

/// The same conversation, captured again and again.
struct RecaptureTests {
  /// How often: `WSPACT_RECAPTURES`, else 5.
  static let count = Int(ProcessInfo.processInfo.environment["WSPACT_RECAPTURES"] ?? "") ?? 5

  @Test func `re-capturing gives one and the same file`() async throws {
    try await withTemporaryFolder { folder in
      var first: String?
      for number in 1...Self.count {
        // Over the file that is there, and anew.
        try await capture(to: "kept.json", in: folder)
        try await capture(to: "new-\(number).json", in: folder)
        let kept = try #require(TestFile.read("\(folder)/kept.json"))
        let new = try #require(TestFile.read("\(folder)/new-\(number).json"))
        #expect(kept == first ?? kept, "capture \(number) has changed the file")
        #expect(new == first ?? new, "capture \(number) of a new file differs")
        first = kept
      }
    }
  }

  private func capture(to file: String, in folder: String) async throws {
    let run = try await ProgramRun.of(
      "wspact",
      [
        "capture", "--spec", CommandLineTests.spec, "--consumer", "frontend-v1",
        "--provider", "chat", "--provider-cmd", "wspact-provider chat --port 0",
        "--output", file, "--journal", "\(file).jsonl", "--", "wspact-consumer", "chat",
      ],
      in: folder
    )
    try #require(run.exitCode == 0, "\(run.problems)\(run.output)")
  }
}
