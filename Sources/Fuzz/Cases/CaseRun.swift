import Contract
import Generation
import JSON
import WebSocket

/// A case that was played, and everything about it.
struct CaseRun: Sendable {
  /// Something that the case did.
  enum Action: Sendable, Hashable {
    case connect(String, facts: ConnectionFacts?)
    case send(connection: String, message: String, payload: JSONValue)
    /// The same, in an unusual spelling.
    case sendSpelled(connection: String, message: String, payload: JSONValue, text: String)
    /// Waited for the answer to a request, by its place in the evidence.
    case awaitReply(exchange: Int)
    case close(String)
    case drop(String)
    /// Said something that a client should not say.
    case input(connection: String, InvalidInput)
    /// Gave the provider all its time to refuse what was said.
    case awaitRefusal(connection: String)
    /// Asked something to see whether the provider still answers.
    case check(connection: String, message: String, payload: JSONValue)
  }

  /// What was decided.
  var log: ChoiceLog
  /// What was done, in order.
  var actions: [Action]
  /// What was seen.
  var transcript: Transcript
  /// How its valid messages were spelled.
  var spelling = Spelling.plain
  /// When its transcript began.
  var begin: MonotonicTime
  /// What it means.
  var evidence: Evidence
  /// What the provider was allowed, and how long it was waited for.
  var limits: JudgeLimits
  /// A number for the bytes that were sent.
  var digest: ByteDigest
  /// Whether the first connection did not come to be: the case before is to blame.
  var didNotOpen: Bool
  /// The last lines of the provider's process, when it ended.
  var lastOutput: [String] = []

  /// Whether the process ended although every connection was fine.
  var endedUnnoticed: Bool {
    evidence.exit != nil && !evidence.connections.contains(where: \.wasEndedByProvider)
  }

  /// When the client spoke last.
  var lastSentAt: MonotonicTime {
    let last = evidence.connections.compactMap(\.lastSent?.nanoseconds).max() ?? 0
    return begin.advanced(by: .nanoseconds(last))
  }

  /// How many messages were decided on and sent; what heartbeats ask for is not counted.
  var sentMessages: Int {
    actions.count { action in
      switch action {
      case .send, .sendSpelled, .input: true
      default: false
      }
    }
  }

  /// Everything that is wrong with the provider in this run, the gravest first.
  var findings: [Finding] { Judges.findings(in: evidence, limits: limits) }
}
