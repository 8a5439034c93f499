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

  /// The id by which the replies to a request are known on a connection.
  private struct Owner: Hashable {
    var connection: String
    var pointer: JSONPointer
    var id: JSONValue
  }

  /// What is wrong with interactions because of messages that nothing claimed.
  ///
  /// Only messages with the request's id count; others may be pushes that the contract does not ask
  /// for. Nor do those count of which the contract's pushes allow any number, as the portable layout
  /// has a stream.
  ///
  /// - Parameters:
  ///   - interactions: The interactions that were played.
  ///   - unclaimed: What nothing claimed.
  ///   - pushes: What may be said unasked.
  /// - Returns: For an interaction's index, a finding for each message that should not have come.
  static func findings(
    _ interactions: [Interaction],
    _ unclaimed: [Unclaimed],
    _ pushes: ExpectedPushes
  ) -> [Int: [Finding]] {
    guard !unclaimed.isEmpty else { return [:] }
    var owners: [Owner: [Int]] = [:]
    var pointers: [String: Set<JSONPointer>] = [:]
    for (index, interaction) in interactions.enumerated() {
      guard let id = ReplyJudge.requestID(of: interaction),
        let pointer = interaction.facts.correlation?.response
      else { continue }
      let connection = interaction.connectionName
      pointers[connection, default: []].insert(pointer)
      owners[Owner(connection: connection, pointer: pointer, id: id), default: []].append(index)
    }
    var findings: [Int: [Finding]] = [:]
    for message in unclaimed {
      let (connection, incoming) = (message.connection, message.incoming)
      let indices = (pointers[connection] ?? []).flatMap { pointer -> [Int] in
        guard let id = incoming.message.json?[pointer] else { return [] }
        return owners[Owner(connection: connection, pointer: pointer, id: id)] ?? []
      }
      guard !indices.isEmpty, !pushes.allow(incoming.message, on: connection) else { continue }
      for index in indices { findings[index, default: []].append(finding(message)) }
    }
    return findings
  }

  private static func finding(_ message: Unclaimed) -> Finding {
    Finding(
      rule: "extra-reply",
      message: "one more reply came after the answer was complete",
      traffic: TrafficLocation(connection: message.connection, frame: message.incoming.frame),
      expected: "no further reply",
      actual: message.incoming.message.excerpt
    )
  }
}
