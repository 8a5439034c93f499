import Contract
import JSON

/// Reads one interaction.
///
/// Spec: Pact V4 "Interactions".
struct InteractionReader {
  /// What an item of the list turned out to be.
  enum Outcome {
    case interaction(Interaction)
    /// An interaction of a type that is only kept.
    case other
  }

  private static let common = [
    "type", "description", "key", "providerStates", "pending", "comments",
  ]
  private static let messageMembers = ["contents", "metadata", "matchingRules", "generators"]

  private let place: DocumentCursor

  init(_ place: DocumentCursor) { self.place = place }

  /// The interaction, or `nil` when it cannot be used; problems are in the collector.
  func read() -> Outcome? {
    guard place.value.kind == .object else {
      place.error("an interaction is an object, found \(place.value.found)")
      return nil
    }
    place.warnOfDuplicates()
    guard let typePlace = place.required("type", of: "an interaction"),
      let typeName = typePlace.string()
    else { return nil }
    guard let type = InteractionType(rawValue: typeName) else {
      let near = nearestName(to: typeName, in: InteractionType.allCases.map(\.rawValue))
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      typePlace.collector.warn(
        at: typePlace.location,
        "the interaction type '\(typeName)' is not known and is left out\(hint)"
      )
      return .other
    }
    guard type != .http else { return .other }
    let description = place.required("description", of: "an interaction")?.string()
    let content = type == .exchange ? exchange() : push()
    let comments = comments()
    let states = (place["providerStates"]?.items() ?? []).compactMap(Self.state)
    guard let description, let content else { return nil }
    let known = Self.common + (type == .exchange ? ["request", "response"] : Self.messageMembers)
    return .interaction(
      Interaction(
        description: description,
        key: place["key"]?.scalarText(),
        providerStates: states,
        isPending: place["pending"]?.bool() ?? false,
        content: content,
        facts: comments.facts,
        comments: comments.others,
        unknownMembers: place.otherMembers(than: known),
        location: place.location
      )
    )
  }

  private func exchange() -> Interaction.Content? {
    let owner = "a 'Synchronous/Messages' interaction"
    let request = place.required("request", of: owner).flatMap { MessageReader($0).read() }
    guard let responses = place.required("response", of: owner)?.items() else { return nil }
    let messages = responses.map { MessageReader($0).read() }
    guard let request, !messages.contains(nil) else { return nil }
    return .exchange(request: request, responses: messages.compactMap { $0 })
  }

  private func push() -> Interaction.Content? {
    // The message's members stand among those of the interaction.
    var reader = MessageReader(place)
    reader.keepsUnknownMembers = false
    return reader.read().map { .push($0) }
  }

  private func comments() -> (facts: WebSocketFacts, others: JSONObject) {
    guard let comments = place["comments"] else { return (WebSocketFacts(), [:]) }
    guard comments.value.kind == .object else {
      comments.error("'comments' must be an object, found \(comments.value.found)")
      return (WebSocketFacts(), [:])
    }
    let facts = comments["wspact"].map { FactsReader($0).read() } ?? WebSocketFacts()
    return (facts, comments.otherMembers(than: ["wspact"]))
  }

  /// A provider state of version 3 and 4.
  static func state(_ place: DocumentCursor) -> ProviderState? {
    guard place.value.kind == .object else {
      place.error("a provider state is an object with a 'name', found \(place.value.found)")
      return nil
    }
    guard let name = place.required("name", of: "a provider state")?.string() else { return nil }
    let parameters = place["params"]
    if let parameters, parameters.value.kind != .object {
      parameters.error("'params' must be an object, found \(parameters.value.found)")
    }
    return ProviderState(name: name, parameters: parameters?.value.objectValue ?? [:])
  }
}
