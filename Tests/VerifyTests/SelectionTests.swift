import Contract
import JSON
import JSONSchema
import Pact
import Session
import Testing
import WebSocket

@testable import Verify

/// Which interactions are verified.
struct SelectionTests {
  private static let interactions = [
    Interaction(
      description: "ask is answered with answer",
      providerStates: [ProviderState(name: "a user")],
      content: .push(InteractionMessage(contents: .missing))
    ),
    Interaction(
      description: "list (1 or more)",
      content: .push(InteractionMessage(contents: .missing))
    ),
  ]

  private static func names(_ selection: InteractionSelection) -> [Int] {
    interactions.indices.filter { selection.includes(interactions[$0], of: "web") }
  }

  @Test func `interactions are chosen by text, expression, state and consumer`() throws {
    #expect(Self.names(InteractionSelection()) == [0, 1])
    #expect(Self.names(InteractionSelection(text: "(1 or")) == [1])
    #expect(Self.names(InteractionSelection(pattern: try ECMAPattern("^ask .*answer$"))) == [0])
    #expect(Self.names(InteractionSelection(state: try ECMAPattern("user"))) == [0])
    #expect(Self.names(InteractionSelection(state: try ECMAPattern("admin"))) == [])
    #expect(Self.names(InteractionSelection(isStateless: true)) == [1])
    #expect(Self.names(InteractionSelection(consumers: ["web", "app"])) == [0, 1])
    #expect(Self.names(InteractionSelection(consumers: ["app"])) == [])
  }

  @Test func `what failed before is chosen by contract and description`() {
    let failed: Set = [FailedInteraction(contract: "c.json", description: "list (1 or more)")]
    let selection = InteractionSelection(failed: failed)
    #expect(selection.includes(Self.interactions[1], of: "web", in: "c.json"))
    #expect(!selection.includes(Self.interactions[0], of: "web", in: "c.json"))
    #expect(!selection.includes(Self.interactions[1], of: "web", in: "d.json"))
    #expect(selection.words == "failed last time")
  }

  @Test func `what was asked for is told in words`() throws {
    let selection = InteractionSelection(
      text: "a",
      pattern: try ECMAPattern("b+"),
      state: try ECMAPattern("c"),
      consumers: ["web", "app"]
    )
    #expect(
      selection.words
        == "a description that contains 'a' and a description that fits 'b+' and a provider state "
        + "that fits 'c' and the consumer 'web' or 'app'"
    )
    #expect(InteractionSelection(isStateless: true).words == "no provider state")
    #expect(InteractionSelection().words == nil)
  }
}

/// What of a document the contracts touch.
struct CoverageTests {
  private static func api() throws -> APIDescription {
    let payload = try SchemaCompiler().compile(["type": "object"])
    let pointer = JSONPointer(tokens: ["op"])
    let messages = ["ask", "answer", "news", "leave"].map { name in
      MessageDefinition(
        name: name,
        channels: ["c"],
        payload: payload,
        identity: MessageIdentity(pointer: pointer, value: .string(name))
      )
    }
    func operation(
      _ name: String,
      _ direction: MessageDirection,
      _ reply: [String] = []
    ) -> OperationDescription {
      OperationDescription(
        name: "do_\(name)",
        direction: direction,
        channel: "c",
        messages: [name],
        reply: reply.isEmpty ? nil : ReplyDescription(messages: reply)
      )
    }
    return APIDescription(
      title: "t",
      version: "1",
      file: "a.yml",
      channels: [ChannelDescription(name: "c", address: "/", messages: messages.map(\.name))],
      messages: messages,
      operations: [
        operation("ask", .toProvider, ["answer"]), operation("leave", .toProvider),
        operation("news", .toConsumer),
      ]
    )
  }

  @Test func `messages are known by name or by what they are`() throws {
    let interactions = [
      Interaction(
        description: "ask",
        content: .exchange(
          request: InteractionMessage(
            contents: .json(["op": "ask"], contentType: "application/json")
          ),
          responses: [
            InteractionMessage(contents: .json(["x": 1], contentType: "application/json"))
          ]
        ),
        facts: WebSocketFacts(responses: [ResponseFacts(message: "answer")])
      )
    ]
    let coverage = ContractCoverage(of: interactions, in: try Self.api())
    #expect(coverage.messages.filter(\.isTouched).map(\.name) == ["ask", "answer"])
    #expect(coverage.operations.filter(\.isTouched).map(\.name) == ["do_ask"])
    #expect(Int(coverage.percent) == 42)

    var report = RunReport(command: "verify", subject: "")
    coverage.add(to: &report, minimum: 42)
    #expect(report.isClean)
    #expect(
      report.notes == [
        "no contract touches the messages news, leave",
        "no contract touches the operations do_leave, do_news",
      ]
    )
    coverage.add(to: &report, minimum: 50)
    #expect(!report.isClean)
    #expect(report.findings.map(\.actual) == ["42.8 %"])
    #expect(report.findings.map(\.expected) == ["at least 50 %"])
  }

  @Test func `a document without messages is covered`() {
    let api = APIDescription(title: "t", version: "1", file: "a.yml")
    #expect(ContractCoverage(of: [], in: api).percent == 100)
  }
}

/// What must not be heard, and conversations at once.
struct SilenceTests {
  private static func listening(
    after trigger: String,
    _ contents: MessageContents = .missing
  ) -> Interaction {
    Interaction(
      description: "nothing is heard",
      content: .push(InteractionMessage(contents: contents)),
      facts: WebSocketFacts(
        conversation: ConversationFacts(name: "listener", position: 6),
        identity: JSONPointer(tokens: ["op"]),
        trigger: .interaction(trigger),
        silenceMilliseconds: 20
      )
    )
  }

  private func verify(_ interactions: [Interaction], jobs: Int = 1) async throws -> RunReport {
    let running = try await ListService.start([])
    var configuration = VerifyConfiguration(jobs: jobs)
    configuration.states = ProviderStateClient(url: "http://127.0.0.1:\(running.port)/states")
    let contract = PactFile(consumer: "c", provider: "lists", interactions: interactions)
    let report = try await Verifier(configuration).verify(
      [Verifier.Source(name: "c.json", contract: contract)],
      provider: WebSocketURL(host: "127.0.0.1", port: running.port)
    )
    await running.shutdown()
    return report
  }

  private static let list = VerifierTests.interactions[2].description
  private static let news = MessageContents.json(["op": "news"], contentType: "application/json")
  private static let other = MessageContents.json(["op": "other"], contentType: "application/json")

  @Test func `silence holds where nothing comes`() async throws {
    let leave = VerifierTests.interactions[4].description
    let report = try await verify(VerifierTests.interactions + [Self.listening(after: leave)])
    #expect(report.isClean, "\(report.allFindings)")
    #expect(report.checks.count == 6)
  }

  @Test func `what came since the trigger breaks silence`() async throws {
    // The listener's own push is left out, so that nothing claims it.
    var interactions = VerifierTests.interactions
    interactions.remove(at: 3)
    interactions[3].facts.conversation?.position = 7
    for (contents, rules) in [
      (.missing, ["unexpected-message"]), (Self.news, ["unexpected-message"]), (Self.other, []),
    ] as [(MessageContents, [String])] {
      let report = try await verify(interactions + [Self.listening(after: Self.list, contents)])
      #expect(report.allFindings.map(\.rule) == rules)
    }
  }

  @Test func `conversations at once are reported in the order of the contract`() async throws {
    let log = MirrorService.Log()
    let running = try await MirrorService.start(log)
    let interactions = (0..<40).map { number in
      let value: JSONValue = ["op": "say", "id": .number(JSONNumber(number))]
      let reply: JSONValue = [
        "op": "said", "id": .number(JSONNumber(number == 7 ? 0 : number)),
      ]
      return Interaction(
        description: "say \(number)",
        content: .exchange(
          request: InteractionMessage(contents: .json(value, contentType: "application/json")),
          responses: [InteractionMessage(contents: .json(reply, contentType: "application/json"))]
        )
      )
    }
    let contract = PactFile(consumer: "c", provider: "p", interactions: interactions)
    for jobs in [1, 8, 100] {
      let report = try await Verifier(VerifyConfiguration(jobs: jobs)).verify(
        [Verifier.Source(name: "c.json", contract: contract)],
        provider: WebSocketURL(host: "127.0.0.1", port: running.port)
      )
      #expect(report.checks.map(\.name) == interactions.map(\.description))
      #expect(report.checks.filter { $0.status == .failed }.map(\.name) == ["say 7"])
    }
    #expect(log.heard.count == 120)
    await running.shutdown()
  }

  @Test func `conversations that share what the provider has are played alone`() {
    let all = Conversation.all(of: VerifierTests.interactions)
    #expect(all.map(\.allowsCompany) == [false])
    let alone = Interaction(
      description: "alone",
      content: .push(InteractionMessage(contents: .missing))
    )
    #expect(Conversation.all(of: [alone]).map(\.allowsCompany) == [true])
  }
}
