import Foundation
import JSON
import TestSupport
import Testing

struct LearnCommandTests {
  private func provider(_ options: String = "") -> String {
    "wspact-provider chat --port 0 --spec \(Fixtures.path("chat/asyncapi.yml"))\(options)"
  }

  private func arguments(_ provider: String) -> [String] {
    [
      "fuzz", "--spec", Fixtures.path("chat/asyncapi.yml"), "--seed", "1", "--learn-depth", "0",
      "--budget", "5s", "--provider-cmd", provider,
    ]
  }

  @Test func `the machine of the chat provider is learned, the same each time, and kept`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let learn = arguments(provider()) + ["--learn", "--model"]
      let first = try await ProgramRun.of("wspact", learn + ["one.json"], in: folder)
      #expect(first.exitCode == 0, "\(first.output)\(first.problems)")
      let second = try await ProgramRun.of("wspact", learn + ["two.json"], in: folder)
      #expect(second.exitCode == 0, "\(second.output)\(second.problems)")
      let text = try String(contentsOfFile: folder + "/one.json", encoding: .utf8)
      #expect(try String(contentsOfFile: folder + "/two.json", encoding: .utf8) == text)
      let model = try JSONValue.parse(text)
      #expect(model["title"]?.stringValue == "Chat API")
      let transitions = try #require(model["transitions"]?.arrayValue)
      let letters = Set(transitions.compactMap { $0["letter"]?.stringValue })
      #expect(letters.isSuperset(of: ["ping", "subscribe_thread new", "subscribe_thread last"]))
      #expect(letters.contains("reconnect"))
      #expect(transitions.count == letters.count * (model["states"]?.intValue ?? 0))
      #expect(transitions.contains { $0["answer"]?.stringValue == "thread_history" })
    }
  }

  @Test func `another version differs on the shortest conversation`() async throws {
    try await withTemporaryFolder { folder in
      let learned = try await ProgramRun.of(
        "wspact",
        arguments(provider()) + ["--learn", "--model", "old.json"],
        in: folder
      )
      #expect(learned.exitCode == 0, "\(learned.output)\(learned.problems)")
      let same = try await ProgramRun.of(
        "wspact",
        arguments(provider()) + ["--compare-model", "old.json"],
        in: folder
      )
      #expect(same.exitCode == 0, "\(same.output)\(same.problems)")
      // The same machine, but for one answer.
      let file = folder + "/old.json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let changed = text.replacingOccurrences(of: "\"thread_history\"", with: "\"thread_story\"")
      try TestFile.write(changed, to: file)
      let other = try await ProgramRun.of(
        "wspact",
        arguments(provider()) + ["--compare-model", "old.json"],
        in: folder
      )
      #expect(other.exitCode == 1, "\(other.output)\(other.problems)")
      #expect(other.output.contains("model-differs"))
      #expect(other.output.contains("is answered with thread_history and not with thread_story"))
    }
  }

  @Test func `what is no model is told`() async throws {
    try await withTemporaryFolder { folder in
      try TestFile.write("{}", to: folder + "/none.json")
      let run = try await ProgramRun.of(
        "wspact",
        arguments(provider()) + ["--compare-model", "none.json"],
        in: folder
      )
      #expect(run.exitCode == 2)
      #expect(run.problems.contains("'none.json' holds no model"))
    }
  }
}
