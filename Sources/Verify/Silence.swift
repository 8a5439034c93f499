import Contract
import JSON
import Pact
import WebSocket

/// Says what is wrong with a message that came while nothing should be heard.
struct Silence {
  /// The rule that its findings name.
  static let rule = "unexpected-message"

  private let interaction: Interaction
  private let begin: MonotonicTime?
  private let heartbeat: Heartbeat
  /// What must not come; `nil` for any message.
  private let forbidden: ExpectedReply?

  /// - Parameters:
  ///   - interaction: The interaction that asks for silence.
  ///   - begin: Messages that came before do not count.
  ///   - heartbeat: Knows the messages that are answered of themselves and do not count.
  init(_ interaction: Interaction, since begin: MonotonicTime?, heartbeat: Heartbeat) {
    self.interaction = interaction
    self.begin = begin
    self.heartbeat = heartbeat
    if interaction.isSilence, interaction.providerMessages.first?.contents != .missing {
      forbidden = ExpectedReply.all(of: interaction).first
    } else {
      forbidden = nil
    }
  }

  /// What is wrong with a message, or `nil`.
  func objection(to incoming: IncomingMessage, on connection: String) -> Finding? {
    if let begin, let at = incoming.at, at < begin { return nil }
    let message = Message(
      kind: incoming.message.isText ? .text : .binary,
      payload: incoming.message.bytes
    )
    guard heartbeat.answer(to: message) == nil else { return nil }
    if let forbidden {
      let isKind =
        forbidden.identity != nil
        && forbidden.claims(incoming.message, at: interaction.facts.identity)
      guard isKind || forbidden.matcher.mismatches(with: incoming.message).isEmpty else {
        return nil
      }
    }
    return Finding(
      rule: Self.rule,
      message: forbidden.map { "\($0.name) came, which must not be heard here" }
        ?? "a message came where nothing must be heard",
      traffic: TrafficLocation(connection: connection, frame: incoming.frame),
      expected: "nothing within \(interaction.facts.silenceMilliseconds ?? 0) ms",
      actual: incoming.message.excerpt
    )
  }
}
