import Contract
import JSON
import Pact
import Testing
import WebSocket

@testable import Verify

/// The time that a reply may take.
struct BudgetTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let budget: Int?
    var attempts = 3
    var isPending = false
    /// How often the request is sent in all.
    let requests: Int
    let rules: [String]
    let isClean: Bool
    var testDescription: String { why }
  }

  static let examples = [
    Example(why: "no budget", budget: nil, requests: 1, rules: [], isClean: true),
    Example(why: "a budget that is kept", budget: 60_000, requests: 1, rules: [], isClean: true),
    // No reply comes within 0 ms.
    Example(
      why: "a budget that is missed each time",
      budget: 0,
      requests: 3,
      rules: ["late-reply"],
      isClean: false
    ),
    Example(
      why: "a budget that is missed in the only attempt",
      budget: 0,
      attempts: 1,
      requests: 1,
      rules: ["late-reply"],
      isClean: false
    ),
    Example(
      why: "a budget that a pending interaction misses",
      budget: 0,
      isPending: true,
      requests: 3,
      rules: ["late-reply"],
      isClean: true
    ),
  ]

  @Test(arguments: examples)
  func `a late reply counts when it is late most of the time`(example: Example) async throws {
    let log = MirrorService.Log()
    let running = try await MirrorService.start(log)
    let interaction = Interaction(
      description: "say",
      isPending: example.isPending,
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "say"]),
        responses: [ReplyJudgeTests.message(["op": "said"])]
      ),
      facts: WebSocketFacts(budgetMilliseconds: example.budget)
    )
    let contract = PactFile(consumer: "c", provider: "p", interactions: [interaction])
    let configuration = VerifyConfiguration(budgetAttempts: example.attempts)
    let report = try await Verifier(configuration).verify(
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port)
    )
    await running.shutdown()
    #expect(report.checks.flatMap(\.findings).map(\.rule) == example.rules)
    #expect(report.checks.flatMap(\.findings).allSatisfy { $0.expected == "within 0 ms" })
    #expect(report.isClean == example.isClean)
    #expect(log.heard.count == example.requests)
  }

  /// How many of the attempts at one request are late, and whether that counts.
  @Test(
    arguments: [(1, 3, []), (2, 3, ["late-reply"]), (1, 1, ["late-reply"]), (1, 2, [])]
      as [(Int, Int, [String])]
  )
  func `a reply that is late once of three times does not count`(
    late: Int,
    attempts: Int,
    rules: [String]
  ) async throws {
    let log = MirrorService.Log()
    let budget = 100
    let running = try await MirrorService.start(
      log,
      delays: Array(repeating: .milliseconds(4 * budget), count: late)
    )
    let interaction = Interaction(
      description: "say",
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "say"]),
        responses: [ReplyJudgeTests.message(["op": "said"])]
      ),
      facts: WebSocketFacts(budgetMilliseconds: budget)
    )
    let contract = PactFile(consumer: "c", provider: "p", interactions: [interaction])
    let report = try await Verifier(VerifyConfiguration(budgetAttempts: attempts)).verify(
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port)
    )
    await running.shutdown()
    #expect(report.checks.flatMap(\.findings).map(\.rule) == rules)
    #expect(log.heard.count == attempts)
  }

  @Test(arguments: [(nil, ["late-reply"]), (60_000, [])] as [(Int?, [String])])
  func `a budget for all counts where an interaction names none`(
    own: Int?,
    rules: [String]
  ) async throws {
    let running = try await MirrorService.start(MirrorService.Log())
    let interaction = Interaction(
      description: "say",
      content: .exchange(
        request: ReplyJudgeTests.message(["op": "say"]),
        responses: [ReplyJudgeTests.message(["op": "said"])]
      ),
      facts: WebSocketFacts(budgetMilliseconds: own)
    )
    let contract = PactFile(consumer: "c", provider: "p", interactions: [interaction])
    let report = try await Verifier(VerifyConfiguration(budget: .zero)).verify(
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port)
    )
    await running.shutdown()
    #expect(report.checks.flatMap(\.findings).map(\.rule) == rules)
  }
}
