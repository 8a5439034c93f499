import Contract
import Pact

/// Interactions that are played together, in order: those of one connection, and those of other
/// connections that hear what they cause.
struct Conversation: Sendable {
  /// What reports call it.
  var name: String
  /// The interactions, in order; at least one.
  var interactions: [Interaction]

  /// The connections, in the order in which they are opened: before anything is said, so that each
  /// hears what the others cause.
  var connections: [(name: String, facts: ConnectionFacts?)] {
    var names: [String] = []
    for interaction in interactions where !names.contains(interaction.connectionName) {
      names.append(interaction.connectionName)
    }
    return names.map { name in
      let own = interactions.filter { $0.connectionName == name }
      return (name, own.lazy.compactMap(\.facts.connection).first)
    }
  }

  /// The pushes on an interaction's connection that it causes.
  func continuations(of cause: Interaction) -> [Interaction] {
    interactions.filter { interaction in
      guard case .push = interaction.content, !interaction.isSilence else { return false }
      return interaction.connectionName == cause.connectionName
        && interaction.facts.trigger == .interaction(cause.description)
    }
  }

  /// What the provider may say unasked on a connection.
  func pushes(on connection: String) -> [InteractionMessage] {
    interactions.filter { $0.connectionName == connection }.compactMap { interaction in
      if case .push(let message) = interaction.content, !interaction.isSilence {
        message
      } else {
        nil
      }
    }
  }

  /// Whether it can be played beside others: it stands on no provider state, which all connections
  /// share, and nothing in it depends on what others cause or on time.
  var allowsCompany: Bool {
    interactions.allSatisfy { interaction in
      interaction.providerStates.isEmpty && interaction.facts.audience == nil
        && interaction.facts.silenceMilliseconds == nil
        && interaction.facts.budgetMilliseconds == nil
    }
  }

  /// The conversations of a contract, in the order of their first interactions; interactions without
  /// a conversation are each on a connection of their own.
  static func all(of interactions: [Interaction]) -> [Conversation] {
    var groups: [[Interaction]] = []
    for interaction in interactions {
      let linked = groups.indices.filter { index in
        groups[index].contains { interaction.belongs(with: $0) }
      }
      let joined = linked.flatMap { groups[$0] } + [interaction]
      if let first = linked.first {
        groups[first] = joined
        for index in linked.dropFirst().reversed() { groups.remove(at: index) }
      } else {
        groups.append(joined)
      }
    }
    return groups.map { group in
      let order = group.enumerated().sorted { left, right in
        let places = [left, right].map { $0.element.facts.conversation?.position ?? 0 }
        return (places[0], left.offset) < (places[1], right.offset)
      }.map(\.element)
      return Conversation(name: order.first?.connectionName ?? "", interactions: order)
    }
  }
}

extension Interaction {
  /// The name of the connection that carries it.
  var connectionName: String { facts.conversation?.name ?? description }

  /// Whether it says that something is not heard.
  var isSilence: Bool {
    if case .push = content { facts.silenceMilliseconds != nil } else { false }
  }

  /// Whether two interactions share a connection, or one is caused by the other.
  fileprivate func belongs(with other: Interaction) -> Bool {
    connectionName == other.connectionName || facts.trigger == .interaction(other.description)
      || other.facts.trigger == .interaction(description)
  }
}
