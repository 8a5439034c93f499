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
  /// for. Nor do those count of which the contract's pushes allow any number, as the portable layout
  /// has a stream.
  ///
  /// - Parameters:
  ///   - interaction: The interaction.
  ///   - unclaimed: What nothing claimed.
  ///   - others: The interactions that are played together with it.
  /// - Returns: A finding for each message that should not have come.
  static func findings(
    _ interaction: Interaction,
    _ unclaimed: [Unclaimed],
    among others: [Interaction] = []
  ) -> [Finding] {
    guard let id = ReplyJudge.requestID(of: interaction),
      let pointer = interaction.facts.correlation?.response
    else { return [] }
    let streams = others.filter { other in
      guard case .push = other.content else { return false }
      return other.connectionName == interaction.connectionName
    }.flatMap { other in
      ExpectedReply.all(of: other).filter { $0.maximum == nil }.map { ($0, other.facts.identity) }
    }
    return unclaimed.filter { message in
      message.connection == interaction.connectionName
        && message.incoming.message.json?[pointer] == id
        && !streams.contains { reply, identity in
          reply.claims(message.incoming.message, at: identity)
            && reply.matcher.mismatches(with: message.incoming.message).isEmpty
        }
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
