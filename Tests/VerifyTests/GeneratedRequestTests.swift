import Contract
import JSON
import Pact
import Session
import Testing
import WebSocket

@testable import Verify

/// Requests that are made anew for each run.
struct GeneratedRequestTests {
  private static let kind = JSONPointer(tokens: ["op"])
  private static let id = JSONPointer(tokens: ["id"])

  private static func message(
    _ value: JSONValue,
    _ generators: JSONObject = [:]
  ) -> InteractionMessage {
    InteractionMessage(
      contents: .json(value, contentType: "application/json"),
      generators: generators.isEmpty ? [:] : ["body": .object(generators)]
    )
  }

  /// A number, a text that comes back, and a value of a provider state.
  private static let interaction = Interaction(
    description: "say is answered with said",
    providerStates: [ProviderState(name: "a user")],
    content: .exchange(
      request: message(
        ["op": "say", "id": 1, "word": "recorded", "user": 1],
        [
          "$.id": ["type": "RandomInt", "min": 100, "max": 999_999],
          "$.word": ["type": "RandomString", "size": 12],
          "$.user": ["type": "ProviderState", "expression": "userID"],
        ]
      ),
      responses: [
        message(
          ["op": "said", "id": 1, "word": "recorded", "user": 1],
          ["$.user": ["type": "ProviderState", "expression": "userID"]]
        )
      ]
    ),
    facts: WebSocketFacts(
      conversation: ConversationFacts(name: "main", position: 1),
      identity: kind,
      correlation: CorrelationFacts(request: id, response: id)
    )
  )

  private func verify(
    seed: UInt64,
    stateAnswer: JSONValue = ["userID": 42],
    values: JSONObject = [:]
  ) async throws -> (report: RunReport, log: MirrorService.Log) {
    let log = MirrorService.Log()
    let running = try await MirrorService.start(log, stateAnswer: stateAnswer)
    var configuration = VerifyConfiguration(seed: seed, values: values)
    configuration.states = ProviderStateClient(url: "http://127.0.0.1:\(running.port)/states")
    let contract = PactFile(consumer: "c", provider: "p", interactions: [Self.interaction])
    let report = try await Verifier(configuration).verify(
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port)
    )
    await running.shutdown()
    return (report, log)
  }

  @Test func `made values are sent, and expected back where the contract repeats them`()
    async throws
  {
    let (report, log) = try await verify(seed: 5)
    #expect(report.isClean, "\(report.allFindings)")
    #expect(report.seed == 5)
    let heard = try #require(log.heard.first)
    #expect((100...999_999).contains(heard["id"]?.intValue ?? 0))
    #expect(heard["word"]?.stringValue?.utf8.count == 12)
    #expect(heard["user"] == 42)
    #expect(log.stateCalls == ["setup a user", "teardown a user"])
  }

  @Test func `a seed says what is sent`() async throws {
    let first = try await verify(seed: 5).log.heard
    #expect(try await verify(seed: 5).log.heard == first)
    #expect(try await verify(seed: 6).log.heard != first)
  }

  @Test func `values can be given from outside, but those of states win`() async throws {
    let given = try await verify(seed: 1, stateAnswer: [:], values: ["userID": "eva"])
    #expect(given.report.isClean, "\(given.report.allFindings)")
    #expect(given.log.heard.first?["user"] == "eva")
    let both = try await verify(seed: 1, values: ["userID": "eva"])
    #expect(both.log.heard.first?["user"] == 42)
  }

  @Test func `a state that gives no value fails the interaction`() async throws {
    let (report, log) = try await verify(seed: 1, stateAnswer: ["id": 42])
    #expect(
      report.allFindings.map { "\($0.rule): \($0.message)" } == [
        "generator: no value could be made for $.user: no provider state answered with 'userID'; "
          + "they gave id"
      ]
    )
    #expect(log.heard.isEmpty)
  }
}
