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
    var groups = DisjointGroups(count: interactions.count)
    var firstOnConnection: [String: Int] = [:]
    var named: [String: [Int]] = [:]
    for (index, interaction) in interactions.enumerated() {
      named[interaction.description, default: []].append(index)
      if let first = firstOnConnection[interaction.connectionName] {
        groups.join(first, index)
      } else {
        firstOnConnection[interaction.connectionName] = index
      }
    }
    for (index, interaction) in interactions.enumerated() {
      guard case .interaction(let cause) = interaction.facts.trigger else { continue }
      for other in named[cause] ?? [] { groups.join(other, index) }
    }
    return groups.all.map { group in
      let group = group.map { interactions[$0] }
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
}
