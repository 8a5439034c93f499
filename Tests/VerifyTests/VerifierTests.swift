import Contract
import JSON
import Pact
import Session
import Testing
import WebSocket

@testable import Verify

/// Whole verifications against a provider in this process.
struct VerifierTests {
  // MARK: The contract

  private static let id = JSONPointer(tokens: ["id"])
  static let kind = JSONPointer(tokens: ["op"])

  static func facts(
    _ position: Int,
    on connection: String = "main",
    _ change: (inout WebSocketFacts) -> Void = { _ in }
  ) -> WebSocketFacts {
    var facts = WebSocketFacts(
      conversation: ConversationFacts(name: connection, position: position),
      identity: kind
    )
    change(&facts)
    return facts
  }

  /// Log in, list with the session's token, say something that another connection hears, and leave.
  static let interactions: [Interaction] = [
    Interaction(
      description: "hello is pushed on connect",
      content: .push(ReplyJudgeTests.message(["op": "hello"])),
      facts: facts(1) { $0.trigger = .connect }
    ),
    Interaction(
      description: "log_in is answered with logged_in",
      providerStates: [ProviderState(name: "a user")],
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "log_in", "id": 1]),
        responses: [
          ReplyJudgeTests.message(
            ["op": "logged_in", "id": 1, "token": "recorded"],
            rules: [.init(path: "$.token", matchers: [.type(minimum: nil, maximum: nil)])]
          )
        ]
      ),
      facts: facts(2) { facts in
        facts.correlation = CorrelationFacts(request: id, response: id)
      }
    ),
    Interaction(
      description: "list is answered with item (1 or more), end",
      providerStates: [ProviderState(name: "a user")],
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "list", "id": 2, "token": "recorded"]),
        responses: [
          ReplyJudgeTests.message(
            ["op": "item", "id": 2, "name": "x", "tags": [["label": "y"]]],
            rules: [
              .init(path: "$.name", matchers: [.notEmpty]),
              .init(path: "$.tags", matchers: [.type(minimum: nil, maximum: nil)]),
            ]
          ),
          ReplyJudgeTests.message(["op": "end", "id": 2, "token": "recorded"]),
        ]
      ),
      facts: facts(3) { facts in
        facts.responses = [
          ResponseFacts(message: "item", maximum: nil), ResponseFacts(message: "end"),
        ]
        facts.correlation = CorrelationFacts(request: id, response: id)
        let token = JSONPointer(tokens: ["token"])
        facts.reuses = [
          ReusedValue(
            target: token,
            interaction: "log_in is answered with logged_in",
            response: 0,
            source: token
          )
        ]
        facts.budgetMilliseconds = 60_000
      }
    ),
    Interaction(
      description: "news is pushed after list on another connection",
      content: .push(ReplyJudgeTests.message(["op": "news"])),
      facts: facts(4, on: "listener") { facts in
        facts.trigger = .interaction("list is answered with item (1 or more), end")
        facts.audience = .others
      }
    ),
    Interaction(
      description: "leave is answered with closing with 4000",
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "leave"]),
        responses: []
      ),
      facts: facts(5) { $0.closeCode = 4_000 }
    ),
  ]

  private func verify(
    _ faults: Set<ListService.Fault> = [],
    _ interactions: [Interaction] = interactions,
    filter: String = ""
  ) async throws -> RunReport {
    try await ListService.verify(faults, interactions, filter: filter)
  }

  // MARK: What is found

  @Test func `a provider that keeps the contract passes`() async throws {
    let report = try await verify()
    #expect(report.isClean, "\(report.allFindings)")
    #expect(report.checks.map(\.status) == Array(repeating: .passed, count: 5))
  }

  struct Example: CustomTestStringConvertible {
    let fault: ListService.Fault
    let findings: [String]
    var failures = 1
    var testDescription: String { "\(fault)" }
  }

  static let examples = [
    Example(
      fault: .renamesLabel,
      findings: [
        "reply-mismatch: item no. 1: $.tags[0].label: the member 'label' is missing; found 'Label' instead",
        "reply-mismatch: item no. 2: $.tags[0].label: the member 'label' is missing; found 'Label' instead",
      ]
    ),
    Example(
      fault: .sendsNoEnd,
      findings: ["missing-reply: end did not come: nothing more came within 200ms"]
    ),
    Example(
      fault: .answersWithError,
      findings: [
        "wrong-answer: another message came in place of item",
        "missing-reply: reply 1 did not come: nothing more came within 200ms",
      ],
      failures: 2
    ),
    Example(
      fault: .endsTwice,
      findings: ["extra-reply: one more reply came after the answer was complete"]
    ),
    Example(
      fault: .keepsNewsToItself,
      findings: ["missing-reply: reply 1 did not come: nothing more came within 200ms"]
    ),
    Example(
      fault: .closesWithOtherCode,
      findings: ["close-code: the connection was closed otherwise than agreed"]
    ),
    Example(
      fault: .saysNoHello,
      findings: ["missing-reply: reply 1 did not come: nothing more came within 200ms"]
    ),
  ]

  @Test(arguments: examples)
  func `a broken promise is found where it was broken`(example: Example) async throws {
    let report = try await verify([example.fault])
    let found = report.allFindings.map { "\($0.rule): \($0.message)" }
    #expect(found == example.findings)
    #expect(report.checks.filter { $0.status == .failed }.count == example.failures)
  }

  @Test func `a mismatch has its path, value and frame`() async throws {
    let finding = try #require(try await verify([.renamesLabel]).allFindings.first)
    #expect(finding.pointer?.description == "/tags/0/label")
    #expect(finding.expected == #""y""#)
    #expect(finding.traffic == TrafficLocation(connection: "main", frame: 5))
  }

  @Test func `a pending interaction does not fail the run`() async throws {
    var interactions = Self.interactions
    interactions[2].isPending = true
    let report = try await verify([.renamesLabel], interactions)
    #expect(report.isClean)
    #expect(report.checks[2].status == .pending)
    #expect(report.checks[2].findings.count == 2)
  }

  @Test func `only what is asked for is judged, on top of what it needs`() async throws {
    let report = try await verify([.renamesLabel], filter: "closing")
    #expect(report.isClean)
    #expect(report.checks.map(\.name) == ["leave is answered with closing with 4000"])
  }

  // MARK: What cannot be verified

  @Test func `a provider that is not there is an error, not a finding`() async throws {
    let running = try await ListService.start([])
    await running.shutdown()
    let contract = PactFile(consumer: "c", provider: "lists", interactions: Self.interactions)
    let error = await #expect(throws: VerifyError.self) {
      try await Verifier().verify(
        [Verifier.Source(name: "c.json", contract: contract)],
        provider: WebSocketURL(host: "127.0.0.1", port: running.port)
      )
    }
    let text = "\(try #require(error))"
    #expect(text.contains("refused") && text.contains("nothing was verified"), "\(text)")
  }

  @Test func `a refused handshake is an error`() async throws {
    let error = await #expect(throws: VerifyError.self) { try await verify([.refusesHandshake]) }
    #expect("\(try #require(error))".contains("403"), "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `states without an endpoint are an error`() async throws {
    let running = try await ListService.start([])
    let contract = PactFile(
      consumer: "c",
      provider: "lists",
      interactions: [Self.interactions[1]]
    )
    let error = await #expect(throws: VerifyError.self) {
      try await Verifier().verify(
        [Verifier.Source(name: "c.json", contract: contract)],
        provider: WebSocketURL(host: "127.0.0.1", port: running.port)
      )
    }
    await running.shutdown()
    #expect("\(try #require(error))".contains("'a user' cannot be set up without --state-url"))
  }
}
