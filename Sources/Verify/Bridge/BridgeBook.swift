import Contract
import JSON
import Pact

/// Finds what a verifier asks for by description: an interaction of a contract, or one of its further
/// responses as the portable layout names them.
struct BridgeBook: Sendable {
  /// A message that a verifier may ask for.
  struct Entry: Sendable {
    /// What is played for it: the interactions of its connections up to its own, which is the last.
    var conversation: Conversation
    /// Its own interaction.
    var interaction: Interaction
    /// Its place among the provider's messages of the interaction, from 0.
    var response: Int
  }

  private let entries: [String: [Entry]]

  /// Reads contracts.
  init(_ sources: [Verifier.Source]) {
    var entries: [String: [Entry]] = [:]
    for source in sources {
      for conversation in Conversation.all(of: source.contract.interactions) {
        for (index, interaction) in conversation.interactions.enumerated() {
          var part = conversation
          part.interactions = Array(conversation.interactions[...index])
          for (response, layout) in interaction.portable.enumerated() {
            entries[layout.description, default: []].append(
              Entry(conversation: part, interaction: interaction, response: response)
            )
          }
        }
      }
    }
    self.entries = entries
  }

  /// What has this description; of several, the one with these provider states.
  func entry(_ description: String, _ states: [ProviderState]) -> Entry? {
    let found = entries[description] ?? []
    return found.first { $0.interaction.providerStates == states } ?? found.first
  }

  /// The description that is nearest to one that nothing has.
  func nearest(to description: String) -> String? {
    nearestName(to: description, in: entries.keys.sorted())
  }
}
