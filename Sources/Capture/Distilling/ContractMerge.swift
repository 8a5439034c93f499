import Contract
import JSON
import JSONSchema
import Pact

/// Joins what was recorded now with a contract that is there already.
///
/// A committed interaction whose rules accept the new recording, and whose examples the document
/// still allows, keeps its examples; only where it stands in its conversation is brought up to date.
/// Interactions that were not seen stay as well, unless they are to be dropped; those that ask for
/// silence stay in any case, since no recording shows them.
struct ContractMerge {
  private let api: APIDescription
  private let existing: PactFile
  private let dropsUnseen: Bool
  private(set) var changes: [ContractChange] = []

  init(api: APIDescription, existing: PactFile, dropsUnseen: Bool) {
    self.api = api
    self.existing = existing
    self.dropsUnseen = dropsUnseen
  }

  /// The joined contract.
  mutating func merged(
    with recorded: [(interaction: Interaction, kept: Folding.Kept)]
  ) -> PactFile {
    var substitution = Substitution()
    var result = existing
    result.interactions = []
    for (interaction, kept) in recorded {
      let identity = InteractionIdentity(interaction)
      guard let old = existing.interactions.first(where: { InteractionIdentity($0) == identity })
      else {
        result.interactions.append(interaction)
        changes.append(.added(interaction.description))
        continue
      }
      substitution.note(old, interaction)
      let joined = self.joined(old, interaction, kept, substitution)
      result.interactions.append(joined)
      let differences = JSONDifference.between(
        expected: old.jsonValue,
        actual: joined.jsonValue
      )
      if !differences.isEmpty {
        changes.append(.changed(interaction.description, differences))
      }
    }
    let seen = Set(recorded.map { InteractionIdentity($0.interaction) })
    for old in existing.interactions where !seen.contains(InteractionIdentity(old)) {
      guard !old.isSilent else {
        result.interactions.append(old)
        continue
      }
      changes.append(dropsUnseen ? .dropped(old.description) : .unseen(old.description))
      if !dropsUnseen { result.interactions.append(old) }
    }
    return result
  }

  private func joined(
    _ old: Interaction,
    _ new: Interaction,
    _ kept: Folding.Kept,
    _ substitution: Substitution
  ) -> Interaction {
    var result = old
    if !isStillTrue(old, new, kept, substitution) { result.content = new.content }
    result.facts = new.facts
    // What no recording can tell was written by a person.
    result.facts.budgetMilliseconds = old.facts.budgetMilliseconds
    result.facts.repliesInAnyOrder = old.facts.repliesInAnyOrder
    result.facts.silenceMilliseconds = old.facts.silenceMilliseconds
    // How often a push comes is a matter of time; once it came more often, it may.
    if case .push = result.content {
      for (index, facts) in old.facts.responses.enumerated()
      where facts.maximum == nil && result.facts.responses.indices.contains(index) {
        result.facts.responses[index].maximum = nil
      }
    }
    return result
  }

  /// Whether the committed examples can stay.
  private func isStillTrue(
    _ old: Interaction,
    _ new: Interaction,
    _ kept: Folding.Kept,
    _ substitution: Substitution
  ) -> Bool {
    let facts = new.facts
    guard old.facts.request == facts.request,
      old.facts.responses.map(\.message) == facts.responses.map(\.message)
    else { return false }
    switch (old.content, new.content) {
    case (.exchange(let oldRequest, let oldReplies), .exchange(let newRequest, let newReplies)):
      guard oldReplies.count == newReplies.count, isAllowed(oldRequest, facts.request),
        zip(oldReplies, facts.responses).allSatisfy({ isAllowed($0, $1.message) }),
        Matching.mismatches(expected: oldRequest, actual: ReceivedMessage(newRequest.contents))
          .isEmpty, hasSameShape(oldRequest, newRequest)
      else { return false }
      return zip(oldReplies, newReplies).allSatisfy { old, new in
        accepts(new, by: old, substitution)
      }
    case (.push(let old), .push(let new)):
      return isAllowed(old, facts.responses.first?.message) && accepts(new, by: old, substitution)
    default:
      return false
    }
  }

  /// Rules do not mind further members; an example without them would hide that they are sent now.
  private func hasSameShape(_ old: InteractionMessage, _ new: InteractionMessage) -> Bool {
    guard case .json(let old, _) = old.contents, case .json(let new, _) = new.contents else {
      return true
    }
    return Set(old.objectValue?.names ?? []) == Set(new.objectValue?.names ?? [])
  }

  private func accepts(
    _ new: InteractionMessage,
    by old: InteractionMessage,
    _ substitution: Substitution
  ) -> Bool {
    var received = new.contents
    if case .json(let value, let type) = received {
      received = .json(substitution.applied(to: value), contentType: type)
    }
    return hasSameShape(old, new)
      && Matching.mismatches(expected: old, actual: ReceivedMessage(received)).isEmpty
  }

  /// Whether the document still allows an example.
  private func isAllowed(_ message: InteractionMessage, _ name: String?) -> Bool {
    guard let name, case .json(let value, _) = message.contents else { return true }
    return api.message(named: name)?.payload.isValid(value) ?? false
  }
}

extension Interaction {
  /// Whether it says that something is not heard.
  fileprivate var isSilent: Bool {
    if case .push = content { facts.silenceMilliseconds != nil } else { false }
  }
}

/// What the consumer says now in the place of what a committed contract has.
///
/// An id that the consumer makes up anew comes back in replies, where it has to be equal.
private struct Substitution {
  private var texts: [String: String] = [:]

  /// Looks for texts that differ between two requests.
  mutating func note(_ old: Interaction, _ new: Interaction) {
    guard case .exchange(let old, _) = old.content, case .exchange(let new, _) = new.content,
      case .json(let old, _) = old.contents, case .json(let new, _) = new.contents
    else { return }
    note(old, new)
  }

  private mutating func note(_ old: JSONValue, _ new: JSONValue) {
    switch (old, new) {
    case (.string(let old), .string(let new)):
      if old != new { texts[new] = old }
    case (.array(let old), .array(let new)):
      for (old, new) in zip(old, new) { note(old, new) }
    case (.object(let old), .object(let new)):
      for member in old.members { if let value = new[member.name] { note(member.value, value) } }
    default:
      break
    }
  }

  func applied(to value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(texts[text] ?? text)
    case .array(let items): .array(items.map(applied))
    case .object(let object):
      .object(JSONObject(object.members.map { .init(name: $0.name, value: applied(to: $0.value)) }))
    default: value
    }
  }
}
