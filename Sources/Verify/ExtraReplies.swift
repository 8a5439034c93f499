import Contract
import JSON
import Pact

/// Finds replies that came after their exchange was complete.
struct ExtraReplies {
  /// A message that nothing claimed.
  struct Unclaimed {
    var connection: String
    var incoming: IncomingMessage
  }

  /// What is wrong with an interaction because of messages that nothing claimed.
  ///
  /// Only messages with the request's id count; others may be pushes that the contract does not ask
  /// for.
  static func findings(_ interaction: Interaction, _ unclaimed: [Unclaimed]) -> [Finding] {
    guard let id = ReplyJudge.requestID(of: interaction),
      let pointer = interaction.facts.correlation?.response
    else { return [] }
    return unclaimed.filter { message in
      message.connection == interaction.connectionName
        && message.incoming.message.json?[pointer] == id
    }.map { message in
      Finding(
        rule: "extra-reply",
        message: "one more reply came after the answer was complete",
        traffic: TrafficLocation(connection: message.connection, frame: message.incoming.frame),
        expected: "no further reply",
        actual: message.incoming.message.excerpt
      )
    }
  }
}
