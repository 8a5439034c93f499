import Contract
import JSON

/// Reads one message: contents, metadata, rules and generators.
struct MessageReader {
  private static let members = ["contents", "metadata", "matchingRules", "generators"]

  private let place: DocumentCursor
  /// Whether members that are none of a message's own are kept with the message.
  var keepsUnknownMembers = true

  init(_ place: DocumentCursor) { self.place = place }

  /// The message, or `nil` when it cannot be used; problems are in the collector.
  func read() -> InteractionMessage? {
    guard place.value.kind == .object else {
      place.error("a message is an object with 'contents', found \(place.value.found)")
      return nil
    }
    let metadata = object("metadata")
    let contents = place["contents"]
    if let generators = place["generators"], generators.value.kind == .object {
      // Read for its problems; what stands in the file is kept.
      _ = GeneratorReader(generators).read()
    }
    return InteractionMessage(
      contents: ContentsReader(contents, metadata: metadata).read(),
      metadata: metadata,
      matchingRules: place["matchingRules"].map { RulesReader($0).read() } ?? MatchingRules(),
      generators: object("generators"),
      unknownContentsMembers: contents?.otherMembers(than: ContentsReader.members) ?? [:],
      unknownMembers: keepsUnknownMembers ? place.otherMembers(than: Self.members) : [:]
    )
  }

  private func object(_ name: String) -> JSONObject {
    guard let member = place[name] else { return [:] }
    guard let object = member.value.objectValue else {
      member.error("'\(name)' must be an object, found \(member.value.found)")
      return [:]
    }
    return object
  }
}

/// Reads the contents of a message.
///
/// Spec: Pact V4 "Body".
struct ContentsReader {
  /// The members that are interpreted.
  static let members = ["content", "contentType", "encoded"]

  private let place: DocumentCursor?
  private let metadata: JSONObject

  init(_ place: DocumentCursor?, metadata: JSONObject) {
    self.place = place
    self.metadata = metadata
  }

  /// The contents; problems are in the collector.
  func read() -> MessageContents {
    guard let place, place.value.kind != .null else {
      return place == nil ? .missing : .json(.null, contentType: "application/json")
    }
    guard place.value.kind == .object else {
      place.error("'contents' must be an object with 'content', found \(place.value.found)")
      return .missing
    }
    guard let content = place["content"] else { return .missing }
    let type = contentType(of: content)
    guard let encoding = encoding() else { return .missing }
    switch encoding {
    case .none: return plain(content, type)
    case .json: return embedded(content, type)
    case .base64:
      guard let bytes = content.base64() else { return .missing }
      return decoded(bytes, content, type)
    }
  }

  private enum Encoding { case none, base64, json }

  private func encoding() -> Encoding? {
    guard let encoded = place?["encoded"] else { return Encoding.none }
    switch encoded.value {
    case .bool(false): return Encoding.none
    case .string(let name) where name.lowercased() == "base64": return .base64
    case .string(let name) where name.lowercased() == "json": return .json
    default:
      encoded.error("'encoded' must be false, \"base64\" or \"JSON\", found \(encoded.value.found)")
      return nil
    }
  }

  private func contentType(of content: DocumentCursor) -> String {
    if let type = place?["contentType"] { return type.string() ?? "text/plain" }
    let named = metadata.members.first {
      ["contenttype", "content-type"].contains($0.name.lowercased())
    }
    if let type = named?.value.stringValue { return type }
    return Self.guessedType(of: content.value)
  }

  /// The type of contents that name none.
  static func guessedType(of content: JSONValue) -> String {
    guard let text = content.stringValue else { return "application/json" }
    return ContentSniffer.isXML(text) ? "application/xml" : "text/plain"
  }

  private func plain(_ content: DocumentCursor, _ type: String) -> MessageContents {
    let isJSON = MediaType(type).isJSON
    switch content.value {
    case .null: return .json(.null, contentType: type)
    case .string(let text) where !isJSON || text.isEmpty: return .text(text, contentType: type)
    case let value:
      return isJSON
        ? .json(value, contentType: type)
        : .text(value.text(), contentType: type)
    }
  }

  private func embedded(_ content: DocumentCursor, _ type: String) -> MessageContents {
    guard let text = content.value.stringValue else {
      return .json(content.value, contentType: type)
    }
    do {
      return .json(try JSONValue.parse(text), contentType: type)
    } catch {
      content.error("the text is no JSON: \(error.reason)")
      return .missing
    }
  }

  private func decoded(
    _ bytes: [UInt8],
    _ content: DocumentCursor,
    _ type: String
  ) -> MessageContents {
    let media = MediaType(type)
    if media.isJSON {
      do {
        return .json(try JSONValue.parse(bytes), contentType: type)
      } catch {
        content.error("the decoded bytes are no JSON: \(error.reason)")
        return .missing
      }
    }
    if media.isText, let text = String(validating: bytes, as: UTF8.self) {
      return .text(text, contentType: type)
    }
    return .binary(bytes, contentType: type)
  }
}
