import Contract
import JSON
import Pact
import WebSocket

/// One provider message of an interaction: what it must be, and how often it may come in a row.
struct ExpectedReply: Sendable {
  /// What reports call it: its name in the API description, or its place.
  var name: String
  /// The least number of times, from 0.
  var minimum: Int
  /// The greatest number of times, or `nil` for no bound.
  var maximum: Int?
  /// The value that tells its kind, at the contract's identity pointer; `nil` when the contract knows
  /// none.
  var identity: JSONValue?
  /// Judges a received message.
  var matcher: MessageMatcher

  /// The provider messages of an interaction, in order.
  static func all(of interaction: Interaction) -> [ExpectedReply] {
    let facts = interaction.facts
    return interaction.providerMessages.enumerated().map { index, message in
      let own = facts.responses.indices.contains(index) ? facts.responses[index] : nil
      return ExpectedReply(
        name: own?.message ?? "reply \(index + 1)",
        minimum: own?.minimum ?? 1,
        maximum: own.map(\.maximum) ?? 1,
        identity: identity(of: message, at: facts.identity),
        matcher: MessageMatcher(message)
      )
    }
  }

  /// Whether a received message is of this kind; where the contract knows no identity, any is.
  func claims(_ message: ReceivedMessage, at pointer: JSONPointer?) -> Bool {
    guard let identity, let pointer else { return true }
    return message.json?[pointer] == identity
  }

  /// Whether as many have come as may come.
  func isFull(_ count: Int) -> Bool { maximum.map { count >= $0 } ?? false }

  private static func identity(
    of message: InteractionMessage,
    at pointer: JSONPointer?
  ) -> JSONValue? {
    guard let pointer, case .json(let value, _) = message.contents else { return nil }
    return value[pointer]
  }
}

/// A message that came, and where it stands in the traffic.
struct IncomingMessage: Sendable {
  /// The message.
  var message: ReceivedMessage
  /// Its frame number on the connection, from 1, both directions counted.
  var frame: Int
  /// When its first byte was read, where that is known.
  var at: MonotonicTime?
}
