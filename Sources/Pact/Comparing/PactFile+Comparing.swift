import Contract
import JSON

extension PactFile {
  /// How this contract would become another one: what is beside the interactions first, then the
  /// interactions in the order of the new one, then those that go.
  ///
  /// Interactions are told by description and provider states.
  package func changes(to other: PactFile) -> [ContractChange] {
    var changes: [ContractChange] = []
    let header = JSONDifference.between(expected: headerValue, actual: other.headerValue)
    if !header.isEmpty { changes.append(.header(header)) }
    for interaction in other.interactions {
      let identity = InteractionIdentity(interaction)
      guard let old = interactions.first(where: { InteractionIdentity($0) == identity }) else {
        changes.append(.added(interaction.description))
        continue
      }
      let differences = JSONDifference.between(
        expected: old.jsonValue,
        actual: interaction.jsonValue
      )
      if !differences.isEmpty { changes.append(.changed(interaction.description, differences)) }
    }
    let kept = Set(other.interactions.map(InteractionIdentity.init))
    for old in interactions where !kept.contains(InteractionIdentity(old)) {
      changes.append(.dropped(old.description))
    }
    return changes
  }

  /// Everything but the message interactions.
  private var headerValue: JSONValue {
    var copy = self
    copy.interactions = []
    return copy.jsonValue
  }
}
