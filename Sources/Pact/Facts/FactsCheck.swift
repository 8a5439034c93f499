import Contract
import JSON

/// Looks for facts that do not fit the interaction they stand in, or the rest of the contract.
struct FactsCheck {
  private let interactions: [(interaction: Interaction, place: DocumentCursor)]
  private let descriptions: [String]

  init(_ interactions: [(interaction: Interaction, place: DocumentCursor)]) {
    self.interactions = interactions
    descriptions = interactions.map(\.interaction.description)
  }

  /// Notes every problem in the collector.
  func check() {
    for (interaction, place) in interactions {
      guard let facts = place["comments"]?["wspact"] else { continue }
      checkCounts(interaction, facts)
      checkCorrelation(interaction, facts)
      if case .interaction(let name) = interaction.facts.trigger {
        checkName(name, facts["trigger"]?["interaction"] ?? facts)
      }
      for (index, reuse) in interaction.facts.reuses.enumerated() {
        let place = facts["reuses"]?.items()?[index]
        checkName(reuse.interaction, place?["interaction"] ?? facts)
      }
    }
  }

  /// There are as many facts about provider messages as there are messages, or none.
  private func checkCounts(_ interaction: Interaction, _ facts: DocumentCursor) {
    let count = interaction.facts.responses.count
    let messages = interaction.providerMessages.count
    guard count > 0, count != messages, let place = facts["responses"] else { return }
    place.error(
      "'responses' has \(count) entries, but the interaction has \(messages) provider "
        + (messages == 1 ? "message" : "messages")
    )
  }

  private func checkCorrelation(_ interaction: Interaction, _ facts: DocumentCursor) {
    guard let correlation = interaction.facts.correlation, let place = facts["correlation"] else {
      return
    }
    guard case .exchange(let request, _) = interaction.content else {
      place.error("a push answers nothing, so no id ties it to a request")
      return
    }
    guard case .json(let value, _) = request.contents, value[correlation.request] == nil else {
      return
    }
    (place["request"] ?? place).error("the request has no '\(correlation.request)'")
  }

  private func checkName(_ name: String, _ place: DocumentCursor) {
    guard !descriptions.contains(name) else { return }
    let near = nearestName(to: name, in: descriptions).map { "; did you mean '\($0)'?" } ?? ""
    place.collector.warn(at: place.location, "no interaction is described as '\(name)'\(near)")
  }
}
