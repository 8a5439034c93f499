package import Contract
import JSON

/// Reads the file as a whole: who, which version, and its list of interactions.
struct PactReader {
  /// The version of the specification that is read and written.
  static let version = "4.0"
  private static let versions4 = ["4", "4.0", "4.0.0"]
  /// Versions of which message contracts are read, as those of version 4.
  private static let versions3 = ["3", "3.0", "3.0.0"]

  private let root: DocumentCursor

  init(_ root: DocumentCursor) { self.root = root }

  /// The contract, or `nil` when it has no usable frame; problems are in the collector.
  func read() -> PactFile? {
    guard root.value.kind == .object else {
      root.error("a contract is a JSON object, found \(root.value.found)")
      return nil
    }
    root.warnOfDuplicates()
    checkVersion()
    let consumer = participant("consumer")
    let provider = participant("provider")
    let (interactions, others) = interactions()
    guard let consumer, let provider else { return nil }
    var metadata = root["metadata"]?.value.objectValue ?? [:]
    metadata["pactSpecification"] = nil
    return PactFile(
      consumer: consumer,
      provider: provider,
      interactions: interactions,
      otherInteractions: others,
      metadata: metadata,
      unknownMembers: root.otherMembers(
        than: [
          "consumer", "provider", "metadata", isVersion3Messages ? "messages" : "interactions",
        ]
      )
    )
  }

  private func checkVersion() {
    let place = root["metadata"]?["pactSpecification"]?["version"]
    guard let place else {
      (root["metadata"] ?? root).error(
        "the contract names no version; \"metadata\" needs "
          + "\"pactSpecification\": {\"version\": \"\(Self.version)\"}"
      )
      return
    }
    let found = place.value.stringValue ?? place.value.text()
    if Self.versions4.contains(found) || isVersion3Messages { return }
    if Self.versions3.contains(found) {
      place.error(
        "of version '\(found)' only contracts with 'messages' are read; \(Self.version) has all"
      )
    } else {
      place.error("version '\(found)' of the Pact specification is not read; \(Self.version) is")
    }
  }

  /// Whether the file is a message contract of version 3.
  private var isVersion3Messages: Bool {
    let version = root["metadata"]?["pactSpecification"]?["version"]?.value
    let text = version.map { $0.stringValue ?? $0.text() } ?? ""
    return Self.versions3.contains(text) && root["messages"] != nil && root["interactions"] == nil
  }

  private func participant(_ role: String) -> PactFile.Participant? {
    guard let place = root.required(role, of: "a contract") else { return nil }
    guard place.value.kind == .object else {
      place.error("'\(role)' must be an object with a 'name', found \(place.value.found)")
      return nil
    }
    guard let name = place.required("name", of: "'\(role)'")?.string() else { return nil }
    return PactFile.Participant(name: name, unknownMembers: place.otherMembers(than: ["name"]))
  }

  private func interactions() -> (known: [Interaction], others: [JSONValue]) {
    if isVersion3Messages {
      let items = root["messages"]?.items() ?? []
      let read = items.compactMap { item in
        Version3MessageReader(item).read().map { (interaction: $0, place: item) }
      }
      checkUniqueness(items, read)
      return (read.map(\.interaction), [])
    }
    if root["messages"] != nil, root["interactions"] == nil {
      root.error("'messages' is the list of a V3 contract; V4 has 'interactions'")
      return ([], [])
    }
    guard let items = root.required("interactions", of: "a contract")?.items() else {
      return ([], [])
    }
    var known: [(interaction: Interaction, place: DocumentCursor)] = []
    var others: [JSONValue] = []
    for item in items {
      switch InteractionReader(item).read() {
      case .interaction(let interaction): known.append((interaction, item))
      case .other: others.append(item.value)
      case nil: continue
      }
    }
    checkUniqueness(items, known)
    FactsCheck(known).check()
    return (known.map(\.interaction), others)
  }

  /// Keys are unique within a contract, descriptions together with provider states should be.
  private func checkUniqueness(
    _ items: [DocumentCursor],
    _ known: [(interaction: Interaction, place: DocumentCursor)]
  ) {
    var keys: [String: DocumentCursor] = [:]
    for item in items {
      guard let place = item["key"], let key = place.value.stringValue else { continue }
      if let first = keys[key] {
        place.error("the key '\(key)' is taken by the interaction at \(first.location)")
      } else {
        keys[key] = place
      }
    }
    var names: [InteractionIdentity: DocumentCursor] = [:]
    for (interaction, place) in known {
      let identity = InteractionIdentity(interaction)
      if let first = names[identity] {
        place.collector.warn(
          at: place.location,
          "'\(interaction.description)' is also the interaction at \(first.location)"
        )
      } else {
        names[identity] = place
      }
    }
  }
}

/// What tells one interaction of a contract from the others.
package struct InteractionIdentity: Sendable, Hashable {
  /// The description.
  package let description: String
  /// The provider states, in order.
  package let providerStates: [ProviderState]

  /// The identity of an interaction.
  package init(_ interaction: Interaction) {
    description = interaction.description
    providerStates = interaction.providerStates
  }
}

extension DocumentCursor {
  /// The members that are not among these, in order.
  func otherMembers(than known: [String]) -> JSONObject {
    JSONObject((value.objectValue ?? [:]).members.filter { !known.contains($0.name) })
  }

  /// Notes the names that stand twice in the object.
  func warnOfDuplicates() {
    for name in value.objectValue?.duplicateNames ?? [] {
      collector.warn(at: location, "'\(name)' stands twice in this object; the last one counts")
    }
  }
}
