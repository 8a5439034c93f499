import Contract
import JSON
import Pact
import Testing

@testable import Verify

/// Who hears what, on several connections of one conversation.
struct BroadcastTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let interactions: [Interaction]
    let faults: Set<ListService.Fault>
    /// Rule, connection and interaction of each finding.
    var findings: [String] = []
    var testDescription: String { why }
  }

  private static func push(
    _ operation: String,
    to connection: String,
    _ position: Int,
    after trigger: WebSocketFacts.Trigger,
    for audience: WebSocketFacts.Audience? = nil
  ) -> Interaction {
    Interaction(
      description: "\(operation) to \(connection)",
      content: .push(ReplyJudgeTests.message(["op": .string(operation)])),
      facts: VerifierTests.facts(position, on: connection) { facts in
        facts.trigger = trigger
        facts.audience = audience
      }
    )
  }

  private static func silence(
    _ name: String,
    on connection: String,
    _ position: Int,
    after trigger: WebSocketFacts.Trigger,
    _ operation: String? = nil
  ) -> Interaction {
    let contents = operation.map {
      MessageContents.json(["op": .string($0)], contentType: "application/json")
    }
    return Interaction(
      description: name,
      content: .push(InteractionMessage(contents: contents ?? .missing)),
      facts: VerifierTests.facts(position, on: connection) { facts in
        facts.trigger = trigger
        facts.silenceMilliseconds = 100
      }
    )
  }

  private static let list = VerifierTests.interactions[2].description

  /// One client is there; another one comes, and only it is greeted.
  private static let greeting = [
    push("hello", to: "first", 1, after: .connect),
    push("hello", to: "newcomer", 2, after: .connect),
    silence("the first hears nothing", on: "first", 3, after: .interaction("hello to newcomer")),
  ]

  /// A list is asked for, and everybody else hears the news.
  private static let news =
    Array(VerifierTests.interactions[..<3]) + [
      push("news", to: "listener", 4, after: .interaction(list)),
      push("news", to: "other listener", 5, after: .interaction(list)),
      silence("the sender hears no news", on: "main", 6, after: .interaction(list), "news"),
    ]

  /// One of three connections is said to hear the news, and for whom they are.
  private static func news(for audience: WebSocketFacts.Audience) -> [Interaction] {
    Array(VerifierTests.interactions[..<3]) + [
      push("news", to: "listener", 4, after: .interaction(list), for: audience),
      silence("nobody leaves", on: "third", 5, after: .interaction(list), "left"),
    ]
  }

  /// A newcomer is greeted alone, while another connection is there.
  private static let welcome = [
    push("hello", to: "first", 1, after: .connect),
    push("hello", to: "newcomer", 2, after: .connect, for: .sender),
    silence("nobody leaves", on: "first", 3, after: .interaction("hello to newcomer"), "left"),
  ]

  static let audiences = [
    Example(
      why: "all others hear what is for the others",
      interactions: news(for: .others),
      faults: []
    ),
    Example(
      why: "one that has no interaction of its own hears nothing of what is for the others",
      interactions: news(for: .others),
      faults: [.forgetsLastListener],
      findings: ["missing-reply on third: news to listener"]
    ),
    Example(
      why: "the sender hears what is for the others",
      interactions: news(for: .others),
      faults: [.tellsSenderToo],
      findings: ["unexpected-message on main: news to listener"]
    ),
    Example(
      why: "nobody hears what is for the others",
      interactions: news(for: .others),
      faults: [.keepsNewsToItself],
      findings: [
        "missing-reply on listener: news to listener", "missing-reply on third: news to listener",
      ]
    ),
    Example(
      why: "all hear what is for all",
      interactions: news(for: .all),
      faults: [.tellsSenderToo]
    ),
    Example(
      why: "the sender does not hear what is for all",
      interactions: news(for: .all),
      faults: [.staysOpen],
      findings: ["missing-reply on main: news to listener"]
    ),
    Example(why: "the newcomer alone is greeted", interactions: welcome, faults: []),
    Example(
      why: "the newcomer's greeting reaches who was there",
      interactions: welcome,
      faults: [.greetsEverybody],
      findings: ["unexpected-message on first: hello to newcomer"]
    ),
  ]

  static let examples = [
    Example(why: "only the new client is greeted", interactions: greeting, faults: []),
    Example(
      why: "the new client's greeting reaches the others",
      interactions: greeting,
      faults: [.greetsEverybody],
      findings: ["unexpected-message on first: the first hears nothing"]
    ),
    Example(
      why: "nobody is greeted",
      interactions: greeting,
      faults: [.saysNoHello],
      findings: [
        "missing-reply on first: hello to first",
        "missing-reply on newcomer: hello to newcomer",
      ]
    ),
    Example(
      why: "nothing is said on connect",
      interactions: [silence("quiet", on: "alone", 1, after: .connect)],
      faults: [.saysNoHello]
    ),
    Example(
      why: "something is said on connect, before anybody waits for silence",
      interactions: [silence("quiet", on: "alone", 1, after: .connect)],
      faults: [],
      findings: ["unexpected-message on alone: quiet"]
    ),
    Example(why: "all others hear the news", interactions: news, faults: []),
    Example(
      why: "one of the others hears no news",
      interactions: news,
      faults: [.forgetsLastListener],
      findings: ["missing-reply on other listener: news to other listener"]
    ),
    Example(
      why: "nobody hears the news",
      interactions: news,
      faults: [.keepsNewsToItself],
      findings: [
        "missing-reply on listener: news to listener",
        "missing-reply on other listener: news to other listener",
      ]
    ),
    Example(
      why: "the sender hears the news as well",
      interactions: news,
      faults: [.tellsSenderToo],
      findings: ["unexpected-message on main: the sender hears no news"]
    ),
  ]

  @Test(arguments: examples + audiences)
  func `each connection hears what the contract says, and no more`(example: Example) async throws {
    let report = try await ListService.verify(example.faults, example.interactions)
    let findings = report.checks.flatMap { check in
      check.findings.map { "\($0.rule) on \($0.traffic?.connection ?? ""): \(check.name)" }
    }
    #expect(findings == example.findings)
    #expect(report.isClean == example.findings.isEmpty)
    #expect(report.checks.count == example.interactions.count)
  }

  @Test func `a message outside its audience is told with its frame and whom it is for`()
    async throws
  {
    let report = try await ListService.verify([.tellsSenderToo], Self.news(for: .others))
    let finding = try #require(report.allFindings.first)
    #expect(finding.message == "reply 1 came here too, which is for the others alone")
    #expect(finding.expected == "nothing of the kind on this connection")
    #expect(finding.actual == #"{"op":"news"}"#)
    #expect(finding.traffic?.frame != nil)
  }

  @Test func `what follows an answer breaks the silence after it, and is told once`() async throws {
    var interactions = VerifierTests.interactions
    interactions[2].facts.silenceMilliseconds = 100
    #expect(try await ListService.verify([], interactions).isClean)
    let report = try await ListService.verify([.endsTwice], interactions)
    #expect(report.allFindings.map(\.rule) == ["unexpected-message"])
    #expect(report.allFindings.map(\.expected) == ["nothing within 100 ms"])
  }
}
