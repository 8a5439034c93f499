import Contract
import JSON
import Pact
import Testing

@testable import Verify

/// Closes that a contract asks for, and others.
struct CloseTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    var interactions = VerifierTests.interactions
    let faults: Set<ListService.Fault>
    /// Rule and actual value of each finding, as far as it is the same each time.
    var findings: [String] = []
    var testDescription: String { why }
  }

  private static func refusal(_ code: UInt16) -> [Interaction] {
    [
      Interaction(
        description: "the connection is closed on connect",
        content: .push(InteractionMessage(contents: .missing)),
        facts: VerifierTests.facts(1) { facts in
          facts.trigger = .connect
          facts.closeCode = code
        }
      )
    ]
  }

  static let examples = [
    Example(why: "the right code", faults: []),
    Example(
      why: "another code",
      faults: [.closesWithOtherCode],
      findings: ["close-code: closed by the peer with 4001"]
    ),
    Example(why: "no close", faults: [.staysOpen], findings: ["close-code: it is still open"]),
    Example(
      why: "the end of the transport in the place of a close frame",
      faults: [.drops],
      findings: ["close-code: "]
    ),
    Example(
      why: "a close in the place of an answer",
      faults: [.closesInsteadOfListing],
      findings: ["missing-reply: ", "missing-reply: ", "connection-closed: "]
    ),
    Example(
      why: "a close on connect",
      interactions: refusal(4_401),
      faults: [.closesOnConnect]
    ),
    Example(
      why: "another code on connect",
      interactions: refusal(4_408),
      faults: [.closesOnConnect],
      findings: ["close-code: closed by the peer with 4401"]
    ),
    Example(
      why: "no close on connect",
      interactions: refusal(4_401),
      faults: [.keepsNewsToItself],
      findings: ["close-code: it is still open"]
    ),
  ]

  @Test(arguments: examples)
  func `a close is the one that was agreed`(example: Example) async throws {
    let report = try await ListService.verify(example.faults, example.interactions)
    let found = report.allFindings.map { "\($0.rule): \($0.actual ?? "")" }
    #expect(found.count == example.findings.count, "\(found)")
    for (found, expected) in zip(found, example.findings) {
      #expect(found.hasPrefix(expected))
    }
    #expect(report.checks.count == example.interactions.count)
  }
}
