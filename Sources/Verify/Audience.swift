import Contract
import Pact
import WebSocket

/// Which other connections of a conversation must hear a push, and which must not.
///
/// It says nothing where the contract leaves open who caused the push, or where the connection that
/// carries it is not among those that hear it.
struct Audience: Sendable {
  /// Who must hear it beside the connection that carries it, but for those with such a push of their
  /// own.
  private(set) var members: [String] = []
  /// Who must not hear it.
  private(set) var outsiders: [String] = []

  /// Looks up who hears a push.
  ///
  /// - Parameters:
  ///   - interaction: The push.
  ///   - conversation: Its conversation; all connections of it are open before anything is said.
  init(of interaction: Interaction, in conversation: Conversation) {
    guard case .push = interaction.content, !interaction.isSilence,
      let kind = interaction.facts.audience
    else { return }
    let own = interaction.connectionName
    let names = conversation.connections.map(\.name)
    let others = names.filter { $0 != own }
    switch (interaction.facts.trigger, kind) {
    case (.connect, .sender):
      // A connection that was there before gets its own, which tells it apart from this one.
      outsiders = Self.before(own, in: names).filter {
        conversation.hasPush(like: interaction, on: $0)
      }
    case (.connect, .all):
      members = Self.before(own, in: names)
    case (.interaction(let cause), _):
      guard let sender = conversation.connection(of: cause) else { return }
      switch kind {
      case .all: members = others
      case .others where own != sender:
        members = others.filter { $0 != sender }
        outsiders = [sender]
      case .sender where own == sender: outsiders = others
      case .others, .sender: return
      }
    case (nil, .all): members = others
    case (.connect, .others), (nil, .others), (nil, .sender): return
    }
    members.removeAll { name in
      conversation.hasPush(like: interaction, on: name, after: interaction.facts.trigger)
    }
  }

  private static func before(_ name: String, in names: [String]) -> [String] {
    Array(names.prefix { $0 != name })
  }

  /// What is wrong with a message that nothing claimed on a connection outside.
  static func objection(
    to incoming: IncomingMessage,
    on connection: String,
    as interaction: Interaction
  ) -> Finding? {
    let fits = ExpectedReply.all(of: interaction).first { reply in
      reply.claims(incoming.message, at: interaction.facts.identity)
        && reply.matcher.mismatches(with: incoming.message).isEmpty
    }
    guard let fits, let audience = interaction.facts.audience else { return nil }
    let words =
      switch audience {
      case .sender: "the connection that causes it"
      case .others: "the others"
      case .all: "every connection"
      }
    return Finding(
      rule: Silence.rule,
      message: "\(fits.name) came here too, which is for \(words) alone",
      traffic: TrafficLocation(connection: connection, frame: incoming.frame),
      expected: "nothing of the kind on this connection",
      actual: incoming.message.excerpt
    )
  }
}

extension Conversation {
  /// The connection of the interaction with this description.
  fileprivate func connection(of description: String) -> String? {
    interactions.first { $0.description == description }?.connectionName
  }

  /// Whether a connection has a push of the same kind, made by the same.
  ///
  /// - Parameters:
  ///   - push: The push.
  ///   - connection: The connection.
  ///   - trigger: What makes the provider push.
  /// - Returns: Whether there is one.
  fileprivate func hasPush(
    like push: Interaction,
    on connection: String,
    after trigger: WebSocketFacts.Trigger? = .connect
  ) -> Bool {
    let kinds = ExpectedReply.all(of: push)
    return interactions.contains { other in
      guard case .push(let message) = other.content, !other.isSilence,
        other.connectionName == connection, other.facts.trigger == trigger
      else { return false }
      let example = ReceivedMessage(message.contents)
      return kinds.contains { kind in
        kind.identity == nil
          ? kind.matcher.mismatches(with: example).isEmpty
          : kind.claims(example, at: push.facts.identity)
      }
    }
  }
}
