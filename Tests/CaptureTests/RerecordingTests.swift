import Contract
import Foundation
import JSON
import Pact
import TestSupport
import Testing

@testable import Capture

/// What recording again does to a contract that is there.
struct RerecordingTests {
  /// A change that a person made to the committed contract.
  struct Edit: CustomTestStringConvertible {
    let why: String
    /// Whether it stands after the next recording.
    let stays: Bool
    let apply: @Sendable (inout PactFile) -> Void
    var testDescription: String { why }
  }

  private static func distil(
    _ traffic: Traffic,
    existing: PactFile? = nil,
    options: Distiller.Options = Distiller.Options()
  ) throws -> Distiller.Distillate {
    let api = try #require(Chat.api)
    return Distiller(api: api, consumer: "frontend-v1", provider: "chat", options: options)
      .distil(traffic.transcript, existing: existing)
  }

  /// Changes a message of the answer to `send_message`.
  private static func answer(
    _ place: Int,
    in pact: inout PactFile,
    _ change: (inout InteractionMessage) -> Void
  ) {
    let index = pact.interactions.firstIndex { $0.description.hasPrefix("send_message") }
    guard let index, case .exchange(let request, var responses) = pact.interactions[index].content
    else { return }
    change(&responses[place])
    pact.interactions[index].content = .exchange(request: request, responses: responses)
  }

  private static func set(
    _ value: JSONValue,
    at member: String,
    of message: inout InteractionMessage
  ) {
    guard case .json(var content, let type) = message.contents else { return }
    content.set(value, at: JSONPointer(tokens: [member]))
    message.contents = .json(content, contentType: type)
  }

  private static func rule(
    _ matcher: Matcher,
    on path: String,
    of message: inout InteractionMessage
  ) {
    message.matchingRules.body.removeAll { $0.path == path }
    message.matchingRules.body.append(.init(path: path, matchers: [matcher]))
  }

  static let edits = [
    Edit(why: "an example that the rules allow", stays: true) { pact in
      answer(1, in: &pact) { set("said otherwise", at: "content", of: &$0) }
    },
    Edit(why: "a rule that is looser than the recorded one", stays: true) { pact in
      answer(1, in: &pact) { rule(.type(minimum: nil, maximum: nil), on: "$.content", of: &$0) }
    },
    Edit(why: "a stricter rule that the traffic keeps", stays: true) { pact in
      answer(1, in: &pact) { rule(.regex("part [0-9]"), on: "$.content", of: &$0) }
    },
    Edit(why: "a stricter rule that the traffic breaks", stays: false) { pact in
      answer(1, in: &pact) { rule(.regex("chapter [0-9]"), on: "$.content", of: &$0) }
    },
    Edit(why: "a member that the provider does not send", stays: false) { pact in
      answer(1, in: &pact) { set("x", at: "note", of: &$0) }
    },
    Edit(why: "an example that the document does not allow", stays: false) { pact in
      answer(2, in: &pact) { set("exploded", at: "finish_reason", of: &$0) }
    },
    Edit(why: "an example of another type", stays: false) { pact in
      answer(1, in: &pact) { set("first", at: "index", of: &$0) }
    },
    Edit(why: "a time budget", stays: true) { $0.interactions[0].facts.budgetMilliseconds = 100 },
    Edit(why: "replies in any order", stays: true) {
      $0.interactions[0].facts.repliesInAnyOrder = true
    },
    Edit(why: "silence after an answer", stays: true) {
      $0.interactions[0].facts.silenceMilliseconds = 50
    },
    Edit(why: "a push that may come any number of times", stays: true) { pact in
      let index = pact.interactions.firstIndex { $0.description.hasSuffix("after subscribe") }
      if let index { pact.interactions[index].facts.responses[0].maximum = nil }
    },
    Edit(why: "a key, a remark and a pending mark", stays: true) { pact in
      pact.interactions[1].key = "k1"
      pact.interactions[1].comments = ["text": ["a remark"]]
      pact.interactions[1].isPending = true
    },
    Edit(why: "a place in the conversation that was wrong", stays: false) {
      $0.interactions[0].facts.conversation?.position = 9
    },
  ]

  @Test(arguments: edits)
  func `what still holds stays, what does not is recorded anew and told`(edit: Edit) throws {
    let fresh = try Self.distil(Chat.conversation()).contract
    var committed = fresh
    edit.apply(&committed)
    try #require(committed.bytes != fresh.bytes)
    let again = try Self.distil(Chat.conversation(salt: 5), existing: committed)
    #expect(again.contract.bytes == (edit.stays ? committed : fresh).bytes)
    #expect(again.changes.count == (edit.stays ? 0 : 1))
    #expect(again.changes.allSatisfy { "\($0)".hasPrefix("~ ") })
  }

  private static let silence = Interaction(
    description: "nothing is heard after subscribe",
    content: .push(InteractionMessage(contents: .missing)),
    facts: WebSocketFacts(
      conversation: ConversationFacts(name: "main", position: 3),
      trigger: .interaction("subscribe is answered with subscribed"),
      silenceMilliseconds: 50
    )
  )

  @Test func `silence, which no recording shows, stays even where others are dropped`() throws {
    var committed = try Self.distil(Chat.conversation()).contract
    committed.interactions.append(Self.silence)
    for drops in [false, true] {
      let again = try Self.distil(
        Chat.conversation(salt: 3),
        existing: committed,
        options: .init(dropsUnseen: drops)
      )
      #expect(again.contract.bytes == committed.bytes)
      #expect(again.changes == [])
    }
  }

  // MARK: Files

  private static func ping(_ traffic: inout Traffic) {
    traffic.consumer(["type": "ping", "ping_id": .string(Chat.id(8))])
    traffic.provider(["type": "pong", "ping_id": .string(Chat.id(8))])
  }

  private static func question(_ traffic: inout Traffic) {
    traffic.consumer([
      "type": "subscribe_thread", "request_id": .string(Chat.id(1)),
      "thread_id": .string(Chat.thread),
    ])
    traffic.provider(Chat.history(Chat.id(1), [:], 1))
  }

  private static func capture(
    _ traffic: Traffic,
    to output: String,
    prune: Bool = false,
    check: Bool = false
  ) throws -> [String] {
    var configuration = CaptureConfiguration(
      api: try #require(Chat.api),
      consumerName: "web",
      providerName: "chat",
      consumer: .command([]),
      output: output
    )
    configuration.distilling.dropsUnseen = prune
    configuration.isCheck = check
    let report = try Capturer(configuration).capture(traffic.transcript, named: "t")
    return report.checks.map { "\($0.name): \($0.note ?? "\($0.status)")" }
      + report.allFindings.flatMap(\.details)
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `new ones are merged, those that are gone are told, and dropped when asked`()
    async throws
  {
    let (pong, history) = ("ping is answered with pong", "subscribe_thread is answered with ")
    var first = Traffic(open: "/ws")
    Self.ping(&first)
    var second = Traffic(open: "/ws")
    Self.question(&second)
    try await withTemporaryFolder { [first, second] folder in
      let file = folder + "/c.json"
      let created = try Self.capture(first, to: file)
      #expect(created == ["\(pong): new"])
      let merged = try Self.capture(second, to: file)
      #expect(
        merged == ["\(history)thread_history: new", "\(pong): not seen this time, and kept"]
      )
      let both = Self.text(file)
      // Asked whether it is up to date, a capture writes nothing.
      let checked = try Self.capture(second, to: file, prune: true, check: true)
      #expect(checked == ["the contract is up to date: failed", "- \(pong)"])
      #expect(Self.text(file) == both)
      let pruned = try Self.capture(second, to: file, prune: true)
      #expect(pruned == ["\(history)thread_history: passed", "\(pong): dropped: not seen"])
      #expect(Self.text(file)?.contains("pong") == false)
      let again = try Self.capture(second, to: file, prune: true)
      #expect(again == ["\(history)thread_history: passed"])
    }
  }

  // MARK: Files that are cut off

  @Test func `a contract that is cut off anywhere is told with its place, and stays as it is`()
    async throws
  {
    var traffic = Traffic(open: "/ws")
    Self.ping(&traffic)
    try await withTemporaryFolder { [traffic] folder in
      let file = folder + "/c.json"
      _ = try Self.capture(traffic, to: file)
      let whole = Array(try #require(FileManager.default.contents(atPath: file)))
      let end = try #require(whole.lastIndex(of: UInt8(ascii: "}")))
      for count in 0..<end {
        let cut = Array(whole[..<count])
        let problems = #expect(throws: DiagnosticsError.self) {
          try PactFile.read(cut, file: file)
        }
        let lines = (problems?.diagnostics ?? []).map { "\($0)" }
        let isEmpty = cut.allSatisfy { $0 == 0x20 || $0 == 0x0A }
        let words = isEmpty ? "the text is empty" : "the file is cut off: "
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.hasPrefix(file + ":") && $0.contains(": error: \(words)") })
        guard count.isMultiple(of: 37) else { continue }
        try Data(cut).write(to: URL(filePath: file))
        let error = #expect(throws: CaptureError.self) { try Self.capture(traffic, to: file) }
        guard case .contract(problems) = error else {
          Issue.record("\(String(describing: error)) after \(count) bytes")
          return
        }
        #expect(FileManager.default.contents(atPath: file) == Data(cut))
      }
    }
  }
}
