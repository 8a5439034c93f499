import Contract
import Pact

/// Interactions that share one connection, in order.
struct Conversation: Sendable {
  /// What reports call its connection.
  var name: String
  /// The interactions, in order; at least one.
  var interactions: [Interaction]

  /// How the connection is opened: what the first interaction that cares says.
  var connectionFacts: ConnectionFacts? { interactions.lazy.compactMap(\.facts.connection).first }

  /// The conversations of a contract, in the order of their first interactions; interactions without
  /// a conversation are each on a connection of their own.
  static func all(of interactions: [Interaction]) -> [Conversation] {
    var result: [Conversation] = []
    for interaction in interactions {
      if let name = interaction.facts.conversation?.name {
        if let index = result.firstIndex(where: { $0.name == name }) {
          result[index].interactions.append(interaction)
        } else {
          result.append(Conversation(name: name, interactions: [interaction]))
        }
      } else {
        result.append(Conversation(name: interaction.description, interactions: [interaction]))
      }
    }
    return result.map { conversation in
      let order = conversation.interactions.enumerated().sorted { left, right in
        let places = [left, right].map { $0.element.facts.conversation?.position ?? 0 }
        return (places[0], left.offset) < (places[1], right.offset)
      }
      return Conversation(name: conversation.name, interactions: order.map(\.element))
    }
  }
}
