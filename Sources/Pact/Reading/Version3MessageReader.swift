import Contract
import JSON

/// Reads one message of a V3 contract as a push.
///
/// Spec: Pact V3 "Message Pact". The contents stand as they are, the metadata tells their type, a
/// provider state may be a single text.
struct Version3MessageReader {
  private static let members = [
    "_id", "contents", "description", "generators", "matchingRules", "metaData", "metadata",
    "providerState", "providerStates",
  ]

  private let place: DocumentCursor

  init(_ place: DocumentCursor) { self.place = place }

  /// The interaction, or `nil` when it cannot be used; problems are in the collector.
  func read() -> Interaction? {
    guard place.value.kind == .object else {
      place.error("a message is an object, found \(place.value.found)")
      return nil
    }
    place.warnOfDuplicates()
    guard let description = place.required("description", of: "a message")?.string() else {
      return nil
    }
    let metadata = metadata()
    if let generators = place["generators"] { _ = GeneratorReader(generators).read() }
    let message = InteractionMessage(
      contents: contents(metadata),
      metadata: metadata,
      matchingRules: place["matchingRules"].map { RulesReader($0).readVersion3() }
        ?? MatchingRules(),
      generators: place["generators"]?.value.objectValue ?? [:]
    )
    return Interaction(
      description: description,
      providerStates: states(),
      content: .push(message),
      unknownMembers: place.otherMembers(than: Self.members),
      location: place.location
    )
  }

  private func metadata() -> JSONObject {
    guard let place = place["metadata"] ?? place["metaData"] else { return [:] }
    guard let object = place.value.objectValue else {
      place.error("'\(place.name)' must be an object, found \(place.value.found)")
      return [:]
    }
    return object
  }

  private func contents(_ metadata: JSONObject) -> MessageContents {
    guard let contents = place["contents"] else { return .missing }
    let named = metadata.members.first {
      ["contenttype", "content-type"].contains($0.name.lowercased())
    }?.value.stringValue
    let type = named ?? ContentsReader.guessedType(of: contents.value)
    guard let text = contents.value.stringValue else {
      return .json(contents.value, contentType: type)
    }
    let media = MediaType(type)
    // A text under a JSON type is JSON as text, or else a JSON string.
    if media.isJSON, !text.isEmpty {
      return .json((try? JSONValue.parse(text)) ?? .string(text), contentType: type)
    }
    if media.isText || text.isEmpty { return .text(text, contentType: type) }
    guard let bytes = contents.base64() else { return .missing }
    return .binary(bytes, contentType: type)
  }

  private func states() -> [ProviderState] {
    if let states = place["providerStates"] {
      return (states.items() ?? []).compactMap { InteractionReader.state($0) }
    }
    guard let state = place["providerState"], state.value.kind != .null else { return [] }
    return state.string().map { [ProviderState(name: $0)] } ?? []
  }
}
