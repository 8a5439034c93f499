import Contract
import JSON

/// A text that is no message of the document, or one that readers take differently.
///
/// Made of pieces that are repeated, so that long ones take no room until they are sent.
struct TextForm: Sendable, Hashable {
  /// How deep the deepest texts are nested.
  static let depth = 100_000
  /// How deep texts are nested that are short enough for providers that limit lengths.
  static let usualDepth = 1_000
  /// How long texts are that go on behind the message: beyond 16 bits, and beyond a mebibyte, where
  /// buffers of many programs end.
  static let lengths = [70_000, 1_100_000]
  /// How long a text is that says nearly nothing when it is compressed: 20 MiB.
  static let bombLength = 20 * 1_048_576
  /// How many digits the longest numbers have.
  static let digits = 5_000

  /// A text, and how often it stands there.
  private struct Piece: Sendable, Hashable {
    var text: String
    var count = 1
  }

  /// What is special about it, in a few words.
  let label: String
  private let pieces: [Piece]

  private init(_ label: String, _ pieces: Piece...) {
    self.label = label
    self.pieces = pieces
  }

  private init(_ label: String, _ text: String) { self.init(label, Piece(text: text)) }

  /// The text.
  var text: String { pieces.map { String(repeating: $0.text, count: $0.count) }.joined() }
}

extension TextForm {
  /// The texts made from a valid message, in a fixed order, the most telling first.
  ///
  /// - Parameters:
  ///   - value: A valid payload.
  ///   - message: The message that it is.
  ///   - names: The names of all messages that a client may say, for near misses.
  /// - Returns: The texts.
  static func forms(
    of value: JSONValue,
    _ message: MessageDefinition,
    names: [String]
  ) -> [TextForm] {
    let mark = message.identity?.pointer.tokens.count == 1 ? message.identity : nil
    return inPlaceOfAMessage(value) + broken(value.text()) + marks(value, mark, names)
      + members(value, mark, message.correlation)
  }

  /// A text that takes a thousandth of its length when it is compressed.
  ///
  /// Spec: RFC 7692 §8 (a server limits what it inflates, whatever came over the wire).
  static func bomb(of value: JSONValue) -> TextForm {
    TextForm(
      "the message, 20 MiB of blanks and a brace too many",
      Piece(text: value.text()),
      Piece(text: " ", count: bombLength),
      Piece(text: "}")
    )
  }

  private static func inPlaceOfAMessage(_ value: JSONValue) -> [TextForm] {
    [
      TextForm("null", "null"), TextForm("an empty array", "[]"), TextForm("a number", "0"),
      TextForm("a string", "\"text\""), TextForm("true", "true"), TextForm("an empty object", "{}"),
      TextForm("an empty text", ""), TextForm("the message in an array", "[\(value.text())]"),
      TextForm("the message as a string", JSONValue.string(value.text()).text()),
      TextForm("false", "false"), TextForm("an empty string", "\"\""),
      TextForm("a negative number", "-1"), TextForm("an array of null", "[null]"),
    ]
  }

  private static func broken(_ text: String) -> [TextForm] {
    let open = Piece(text: "[", count: depth)
    let close = Piece(text: "]", count: depth)
    return [
      TextForm("no JSON", "hello"), TextForm("white space alone", " \t\r\n"),
      TextForm("the message without its end", String(text.dropLast())),
      TextForm("the first half of the message", String(text.prefix(text.count / 2))),
      TextForm("the first character", String(text.prefix(1))),
      TextForm("the message twice", text + text), TextForm("a brace too many", text + "}"),
      TextForm("a comma behind", text + ","), TextForm("U+0000 behind", text + "\u{0}"),
      TextForm("a byte order mark", "\u{FEFF}" + text), TextForm("NaN", "NaN"),
      TextForm("Infinity", "-Infinity"), TextForm("single quotes", "{'type':'x'}"),
      TextForm("a comment", "/* */" + text), TextForm("a lone surrogate", #""\ud800""#),
      TextForm("an escape that is cut off", #""\u12"#),
      TextForm(
        "arrays in each other",
        Piece(text: "[", count: usualDepth),
        Piece(text: "]", count: usualDepth)
      ),
      TextForm("arrays deep in each other", open, close), TextForm("arrays never closed", open),
      TextForm("objects never closed", Piece(text: "{\"a\":", count: depth)),
      TextForm(
        "the message, 70,000 blanks and a brace too many",
        Piece(text: text),
        Piece(text: " ", count: lengths[0]),
        Piece(text: "}")
      ),
      TextForm(
        "the message, 1,100,000 blanks and a brace too many",
        Piece(text: text),
        Piece(text: " ", count: lengths[1]),
        Piece(text: "}")
      ),
      TextForm("5,000 digits", Piece(text: "9", count: digits)), TextForm("1e400", "1e400"),
    ]
  }

  /// Messages whose mark is not what it should be.
  private static func marks(
    _ value: JSONValue,
    _ mark: MessageIdentity?,
    _ names: [String]
  ) -> [TextForm] {
    guard let mark, let name = mark.pointer.tokens.last, case .object(let object) = value else {
      return []
    }
    func form(_ label: String, _ raw: String) -> TextForm {
      TextForm(label, object.text(replacing: name, by: raw))
    }
    var without = object
    without.members.removeAll { $0.name == name }
    var forms = [
      TextForm("no '\(name)'", JSONValue.object(without).text()),
      form("'\(name)' is null", "null"), form("'\(name)' is an object", "{}"),
      form("'\(name)' is an array", "[]"), form("'\(name)' is a number", "0"),
      form("'\(name)' is true", "true"), form("'\(name)' is false", "false"),
      form("'\(name)' is an empty string", "\"\""),
      form("'\(name)' is unknown", "\"wspact\""), form("'\(name)' is __proto__", "\"__proto__\""),
      form("'\(name)' is constructor", "\"constructor\""),
      form("'\(name)' is toString", "\"toString\""),
      form("'\(name)' is a lone surrogate", #""\ud800""#),
      form("'\(name)' has U+0000", #""\u0000""#), form("'\(name)' is 1e400", "1e400"),
      form("'\(name)' in an array", "[\(mark.value.text())]"),
      TextForm(
        "'\(name)' twice",
        object.text(appending: "\(JSONValue.string(name).text()):\"wspact\"")
      ),
    ]
    guard let text = mark.value.stringValue else { return forms }
    let known = Set(names)
    let near = [
      ("in capitals", text.uppercased()),
      ("with a capital", text.prefix(1).uppercased() + text.dropFirst()),
      ("with a letter more", text + "s"), ("with a letter less", String(text.dropLast())),
      ("with a space", text + " "),
    ]
    for (how, text) in near where !known.contains(text) && !text.isEmpty {
      forms.append(form("'\(name)' \(how)", JSONValue.string(text).text()))
    }
    return forms
  }

  /// Messages with a member that readers may take differently.
  private static func members(
    _ value: JSONValue,
    _ mark: MessageIdentity?,
    _ correlation: JSONPointer?
  ) -> [TextForm] {
    guard case .object(let object) = value else { return [] }
    let id = correlation?.tokens.count == 1 ? correlation?.tokens.first : nil
    let nested = Piece(text: "[", count: usualDepth)
    let closed = Piece(text: "]", count: usualDepth)
    var forms = [
      TextForm("a member __proto__", object.text(appending: #""__proto__":{"admin":true}"#)),
      TextForm(
        "a member constructor",
        object.text(appending: #""constructor":{"prototype":{"admin":true}}"#)
      ),
      TextForm("a member with an empty name", object.text(appending: #""":null"#)),
      TextForm(
        "a member nested deep",
        Piece(text: object.text(appending: "\"wspact\":", isOpen: true)),
        nested,
        closed,
        Piece(text: "}")
      ),
    ]
    if let first = object.members.first {
      forms.append(
        TextForm("a member twice", object.text(appending: first.text))
      )
    }
    if let id {
      forms += [
        TextForm("an id beyond 2^53", object.text(replacing: id, by: "9007199254740993")),
        TextForm("an id that is an object", object.text(replacing: id, by: "{}")),
        TextForm("an id of a lone surrogate", object.text(replacing: id, by: #""\udfff""#)),
      ]
    }
    // The member that is most likely worked with.
    let last = object.members.last { $0.name != mark?.pointer.tokens.first && $0.name != id }
    guard let last = last?.name else { return forms }
    return forms + [
      TextForm("a member of NaN", object.text(replacing: last, by: "NaN")),
      TextForm("a member of 1e400", object.text(replacing: last, by: "1e400")),
      TextForm("a member of U+0000", object.text(replacing: last, by: #""\u0000""#)),
      TextForm("a member of a lone surrogate", object.text(replacing: last, by: #""\ud800""#)),
      TextForm(
        "a member of 5,000 digits",
        object.text(replacing: last, by: String(repeating: "7", count: digits))
      ),
    ]
  }
}

extension JSONObject {
  /// The text of the object with other text in place of a member's value.
  fileprivate func text(replacing name: String, by raw: String) -> String {
    let parts = members.map { member in
      member.name == name ? "\(JSONValue.string(name).text()):\(raw)" : member.text
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// The text of the object with one more member.
  fileprivate func text(appending raw: String, isOpen: Bool = false) -> String {
    "{" + (members.map(\.text) + [raw]).joined(separator: ",") + (isOpen ? "" : "}")
  }
}

extension JSONObject.Member {
  fileprivate var text: String { "\(JSONValue.string(name).text()):\(value.text())" }
}
