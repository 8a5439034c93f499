import Contract
import Pact

/// What the provider may say unasked in a conversation, its rules read once.
struct ExpectedPushes: Sendable {
  private var matchers: [String: [MessageMatcher]] = [:]
  private var caused: [Cause: [Interaction]] = [:]
  private var streams: [String: [Interaction]] = [:]

  private struct Cause: Hashable {
    var connection: String
    var description: String
  }

  /// Gathers the pushes of a conversation.
  init(_ interactions: [Interaction]) {
    for interaction in interactions {
      guard case .push(let message) = interaction.content, !interaction.isSilence else { continue }
      let connection = interaction.connectionName
      matchers[connection, default: []].append(MessageMatcher(message))
      if case .interaction(let description) = interaction.facts.trigger {
        let cause = Cause(connection: connection, description: description)
        caused[cause, default: []].append(interaction)
      }
      let facts = interaction.facts.responses.first
      if let facts, facts.maximum == nil {
        streams[connection, default: []].append(interaction)
      }
    }
  }

  /// The pushes on a connection.
  func on(_ connection: String) -> [MessageMatcher] { matchers[connection] ?? [] }

  /// The pushes on an interaction's connection that it causes.
  func caused(by interaction: Interaction) -> [Interaction] {
    let cause = Cause(
      connection: interaction.connectionName,
      description: interaction.description
    )
    return caused[cause] ?? []
  }

  /// Whether a message is one of which a push on the connection allows any number.
  func allow(_ message: ReceivedMessage, on connection: String) -> Bool {
    (streams[connection] ?? []).contains { interaction in
      ExpectedReply.all(of: interaction).contains { reply in
        reply.claims(message, at: interaction.facts.identity)
          && reply.matcher.mismatches(with: message).isEmpty
      }
    }
  }
}
