import Contract
import JSON
import Pact
import Session
import Testing
import WebSocket

@testable import Verify

/// The message proxy, asked by an HTTP client as Pact's verifier asks.
struct BridgeTests {
  /// What a body does with the bridge: its URL and what it complained of.
  private func withBridge(
    _ interactions: [Interaction],
    _ faults: Set<ListService.Fault> = [],
    hasStates: Bool = true,
    _ body: @escaping @Sendable (String) async throws -> Void
  ) async throws {
    let running = try await ListService.start(faults)
    var configuration = VerifyConfiguration()
    configuration.replyTimeout = .milliseconds(faults.isEmpty ? 5_000 : 200)
    if hasStates {
      configuration.states = ProviderStateClient(url: "http://127.0.0.1:\(running.port)/states")
    }
    let contract = PactFile(consumer: "c", provider: "lists", interactions: interactions)
    let bridge = MessageBridge(
      configuration,
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port, path: "/")
    )
    let result: Result<Void, any Error>
    do {
      result = .success(
        try await bridge.serve { port in try await body("http://127.0.0.1:\(port)") }
      )
    } catch {
      result = .failure(error)
    }
    await running.shutdown()
    try result.get()
  }

  private static func ask(_ url: String, _ body: JSONValue) async throws -> PlainHTTPResponse {
    try await PlainHTTPClient.send(
      PlainHTTPRequest(
        method: "POST",
        target: "/",
        headers: [HeaderField("Content-Type", "application/json")],
        body: body.bytes()
      ),
      to: url
    )
  }

  struct Example: CustomTestStringConvertible {
    let description: String
    var faults: Set<ListService.Fault> = []
    var status = 200
    /// The JSON that is answered, or the text of a refusal.
    let answer: String
    var testDescription: String { "\(description)\(faults.isEmpty ? "" : " with \(faults)")" }
  }

  private static let list = "list is answered with item (1 or more), end"

  static let examples = [
    Example(description: "hello is pushed on connect", answer: #"{"op":"hello"}"#),
    // What the provider makes up is given as the contract has it where the contract repeats it.
    Example(
      description: "log_in is answered with logged_in",
      answer: #"{"op":"logged_in","id":1,"token":"made up by connection 1"}"#
    ),
    Example(
      description: list,
      answer: #"{"op":"item","id":2,"name":"first","tags":[{"label":"y"}]}"#
    ),
    Example(
      description: "\(list), message 2 of 2 (end)",
      answer: #"{"op":"end","id":2,"token":"recorded"}"#
    ),
    Example(
      description: "news is pushed after list on another connection",
      answer: #"{"op":"news"}"#
    ),
    Example(description: "leave is answered with closing with 4000", answer: ""),
    // The judgement is the verifier's.
    Example(
      description: list,
      faults: [.renamesLabel],
      answer: #"{"op":"item","id":2,"name":"first","tags":[{"Label":"y"}]}"#
    ),
    Example(
      description: list,
      faults: [.answersWithError],
      answer: #"{"op":"error","id":2}"#
    ),
    Example(
      description: "\(list), message 2 of 2 (end)",
      faults: [.sendsNoEnd],
      status: 504,
      answer: "end did not come"
    ),
    Example(
      description: "leave is answered with closing with 4000",
      faults: [.closesWithOtherCode],
      status: 504,
      answer: "the connection was closed otherwise than agreed (expected 4000"
    ),
    Example(
      description: "log_in is answered with loged_in",
      status: 404,
      answer: "did you mean 'log_in is answered with logged_in'?"
    ),
    Example(
      description: "hello is pushed on connect",
      faults: [.refusesHandshake],
      status: 502,
      answer: "403"
    ),
  ]

  @Test(arguments: examples)
  func `a message that is asked for is what the provider says`(example: Example) async throws {
    try await withBridge(VerifierTests.interactions, example.faults) { url in
      let response = try await Self.ask(url, ["description": .string(example.description)])
      let text = String(decoding: response.body, as: UTF8.self)
      #expect(response.status == example.status, "\(text)")
      if example.status == 200 {
        #expect(text == example.answer)
      } else {
        #expect(text.contains(example.answer), "\(text)")
      }
    }
  }

  @Test func `an answer has its type and metadata as the verifier reads them`() async throws {
    try await withBridge(VerifierTests.interactions) { url in
      let response = try await Self.ask(url, ["description": "hello is pushed on connect"])
      #expect(response.header("Content-Type") == "application/json")
      // {"contentType":"application/json"}
      #expect(
        response.header("Pact-Message-Metadata")
          == "eyJjb250ZW50VHlwZSI6ImFwcGxpY2F0aW9uL2pzb24ifQ=="
      )
    }
  }

  @Test func `the bridge answers again and again`() async throws {
    try await withBridge(VerifierTests.interactions) { url in
      for _ in 1...3 {
        let response = try await Self.ask(url, ["description": .string(Self.list)])
        #expect(response.status == 200)
      }
    }
  }

  @Test func `states that the verifier changes go through to the provider`() async throws {
    let log = MirrorService.Log()
    let running = try await MirrorService.start(log, stateAnswer: ["word": "sesame"])
    var configuration = VerifyConfiguration()
    configuration.states = ProviderStateClient(url: "http://127.0.0.1:\(running.port)/states")
    var request = ReplyJudgeTests.message(["op": "enter", "word": "recorded"])
    request.generators = [
      "body": ["$.word": ["type": "ProviderState", "expression": "${word}"]]
    ]
    let interaction = Interaction(
      description: "enter",
      providerStates: [ProviderState(name: "a door")],
      content: .exchange(
        request: request,
        responses: [ReplyJudgeTests.message(["op": "said", "word": "recorded"])]
      )
    )
    let contract = PactFile(consumer: "c", provider: "doors", interactions: [interaction])
    let bridge = MessageBridge(
      configuration,
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port, path: "/")
    )
    try await bridge.serve { port in
      let url = "http://127.0.0.1:\(port)"
      let state: JSONValue = ["action": "setup", "state": "a door", "params": [:]]
      let setUp = try await Self.ask(url, state)
      #expect(String(decoding: setUp.body, as: UTF8.self) == #"{"word":"sesame"}"#)
      let asked: JSONValue = ["description": "enter", "providerStates": [["name": "a door"]]]
      let answer = try await Self.ask(url, asked)
      #expect(String(decoding: answer.body, as: UTF8.self) == #"{"op":"said","word":"recorded"}"#)
      _ = try await Self.ask(url, ["action": "teardown", "state": "a door", "params": [:]])
      // Verifiers ask for the state without a name where an interaction has none.
      let none = try await Self.ask(url, ["action": "setup", "state": "", "params": [:]])
      #expect(none.status == 200)
    }
    await running.shutdown()
    #expect(log.stateCalls == ["setup a door", "teardown a door"])
    #expect(log.heard.map { $0["word"] } == ["sesame"])
  }

  static let badRequests: [(method: String, body: String, status: Int, text: String)] = [
    ("GET", "", 405, "ask with POST, not GET"),
    ("POST", "[]", 400, "the body is no JSON object"),
    ("POST", #"{"a": 1}"#, 400, #"no "description" of a message"#),
    (
      "POST", #"{"action": "setup", "state": "a user"}"#, 500,
      "'a user' cannot be changed without --state-url"
    ),
  ]

  @Test(arguments: badRequests)
  func `a request that is none is told what it should be`(
    method: String,
    body: String,
    status: Int,
    text: String
  ) async throws {
    try await withBridge(VerifierTests.interactions, hasStates: false) { url in
      let request = PlainHTTPRequest(method: method, target: "/", body: Array(body.utf8))
      let response = try await PlainHTTPClient.send(request, to: url)
      #expect(response.status == status)
      let answer = String(decoding: response.body, as: UTF8.self)
      #expect(answer.contains(text), "\(answer)")
    }
  }

  @Test func `a provider that keeps a contract keeps its portable layout`() async throws {
    let portable = VerifierTests.interactions.flatMap(\.portable)
    let running = try await ListService.start([])
    var configuration = VerifyConfiguration()
    configuration.states = ProviderStateClient(url: "http://127.0.0.1:\(running.port)/states")
    let contract = PactFile(consumer: "c", provider: "lists", interactions: portable)
    let report = try await Verifier(configuration).verify(
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port, path: "/")
    )
    await running.shutdown()
    #expect(report.isClean, "\(report.allFindings)")
    #expect(report.checks.count == 6)
  }
}
