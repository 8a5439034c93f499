import Contract
import JSON

/// What a text is that is none of the client's messages.
///
/// The words are the same for all texts of a kind, as signatures of findings are made of them.
struct TextKind: Hashable, Sendable {
  /// What it is, in a few words.
  var words: String
  /// Whether a reader may accept it all the same.
  ///
  /// Spec: RFC 8259 §4 (names that stand twice), §6 (numbers beyond machine numbers), §8.1 (byte
  /// order marks), §8.2 (lone surrogates), §9 (limits of depth and size; extensions).
  var isOpen: Bool

  private init(_ words: String, isOpen: Bool = false) {
    self.words = words
    self.isOpen = isOpen
  }

  /// Tells what a text is.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - message: What the document makes of it: not valid, and no message with a broken schema.
  ///   - api: The API.
  init(_ bytes: [UInt8], _ message: ReadMessage, _ api: APIDescription) {
    switch message.verdict {
    case .binary:
      // Neither AsyncAPI nor RFC 6455 §5.6 says that JSON cannot come in a binary message; a document
      // that lists 1003 does: the endpoint does not accept a kind of data (§7.4.1).
      self.init("a binary message", isOpen: !api.closeCodes.contains { $0.code == 1003 })
    case .notJSON:
      self = Self.broken(bytes)
    case .wrongDirection(let name):
      self.init("the provider's own \(name)")
    case .valid, .invalid, .unknown:
      guard let document = message.document else {
        self.init("an unknown text")
        return
      }
      self = Self.unknown(document.value, api)
      if document.hasNamesTwice || document.hasOddNumbers { isOpen = true }
    }
  }

  private static func broken(_ bytes: [UInt8]) -> TextKind {
    do {
      _ = try JSONDocument(parsing: bytes)
      return TextKind("no JSON")
    } catch {
      switch error.reason {
      case .emptyText: return TextKind(bytes.isEmpty ? "an empty text" : "white space alone")
      case .nesting, .size: return TextKind("deep nesting", isOpen: true)
      case .byteOrderMark: return TextKind("a byte order mark", isOpen: true)
      case .loneSurrogate: return TextKind("a lone surrogate", isOpen: true)
      case .trailingContent: return TextKind("JSON with something behind it")
      case .trailingComma, .unquotedName, .singleQuotes, .comment, .number, .controlCharacter,
        .escape, .unicodeEscape:
        return TextKind("JSON with an extension", isOpen: true)
      case .unknownLiteral(let word, _) where Self.extendedNumbers.contains(word):
        return TextKind("NaN or Infinity", isOpen: true)
      default:
        return TextKind(error.isCutOff(in: bytes) ? "JSON that is cut off" : "no JSON")
      }
    }
  }

  /// Numbers of JSON5 and of many programming languages.
  private static let extendedNumbers: Set<String> = ["NaN", "Infinity"]

  private static func unknown(_ value: JSONValue, _ api: APIDescription) -> TextKind {
    switch value {
    case .null: return TextKind("null in place of a message")
    case .bool: return TextKind("a Boolean in place of a message")
    case .number: return TextKind("a number in place of a message")
    case .string: return TextKind("a string in place of a message")
    case .array: return TextKind("an array in place of a message")
    case .object: break
    }
    let identities = api.messages.compactMap(\.identity)
    guard let pointer = identities.lazy.map(\.pointer).first(where: { value[$0] != nil }) else {
      let name = identities.first?.pointer.tokens.last
      return TextKind(name.map { "a message without '\($0)'" } ?? "an unknown object")
    }
    let name = pointer.tokens.last ?? ""
    switch value[pointer] {
    case .string(let text):
      let known = identities.compactMap(\.value.stringValue)
      if ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"].contains(text) {
        return TextKind("a '\(name)' that is a built-in name")
      }
      if known.contains(where: { $0.lowercased() == text.lowercased() }) {
        return TextKind("a '\(name)' in another letter case")
      }
      return TextKind("an unknown '\(name)'")
    case .object: return TextKind("a '\(name)' that is an object")
    case .array: return TextKind("a '\(name)' that is an array")
    case .number: return TextKind("a '\(name)' that is a number")
    case .bool: return TextKind("a '\(name)' that is a Boolean")
    case .null, nil: return TextKind("a '\(name)' that is null")
    }
  }
}
