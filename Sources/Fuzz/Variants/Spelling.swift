import JSON
import JSONSchema

/// A way to write a message down that means the same to every reader of JSON.
///
/// Spec: RFC 8259 §2 (white space), §4 (members have no order), §7 (escapes); JSON Schema 2020-12 Core
/// §4.2.2 and draft-07 §4.3 (1.0 and 1e0 are the number 1).
enum Spelling: Int, Sendable, Hashable, CaseIterable {
  case plain
  case memberOrder
  case whiteSpace
  case escapes
  case otherEscapes
  case numbers

  /// What is special about it, in a few words.
  var words: String {
    switch self {
    case .plain: "nothing"
    case .memberOrder: "members in reverse order"
    case .whiteSpace: "white space between everything"
    case .escapes: "an escape for every character"
    case .otherEscapes: "escaped slashes, and escapes in capitals where they are needed"
    case .numbers: "numbers with a fraction of zero or an exponent"
    }
  }

  /// A message in this spelling.
  ///
  /// - Parameters:
  ///   - value: The message.
  ///   - schema: Its schema, which says where numbers need not be whole; those that need are left as
  ///     they are, as many readers take them for machine integers.
  /// - Returns: A text that every reader of JSON takes for the same value.
  func text(of value: JSONValue, _ schema: CompiledSchema) -> String {
    let text = unlimitedText(of: value, schema)
    return text.utf8.count <= Self.maximumBytes ? text : value.text()
  }

  /// Longer texts may be beyond a limit that the plain one is not; they are spelled plainly.
  static let maximumBytes = 16_384

  private func unlimitedText(of value: JSONValue, _ schema: CompiledSchema) -> String {
    switch self {
    case .plain: return value.text()
    case .memberOrder: return value.withMembersReversed.text()
    case .numbers:
      var writer = SpellingWriter(self)
      writer.mayBeFractional = { pointer, number in
        var changed = value
        return changed.set(.number(JSONNumber(number.double + 0.5)), at: pointer)
          && schema.isValid(changed)
      }
      return writer.text(of: value)
    case .whiteSpace, .escapes, .otherEscapes:
      return SpellingWriter(self).text(of: value)
    }
  }
}

/// Writes values in an unusual way.
private struct SpellingWriter {
  let spelling: Spelling
  /// Whether a number at a place need not be whole.
  var mayBeFractional: (JSONPointer, JSONNumber) -> Bool = { _, _ in false }

  init(_ spelling: Spelling) { self.spelling = spelling }

  func text(of value: JSONValue, at place: JSONPointer = JSONPointer(tokens: [])) -> String {
    let gap = spelling == .whiteSpace ? " \n\t\r" : ""
    func joined(_ open: String, _ parts: [String], _ close: String) -> String {
      "\(gap)\(open)\(gap)" + parts.joined(separator: "\(gap),\(gap)") + "\(gap)\(close)\(gap)"
    }
    switch value {
    case .null, .bool: return value.text()
    case .string(let text): return quoted(text)
    case .number(let number):
      guard spelling == .numbers, mayBeFractional(place, number) else { return value.text() }
      return respelled(number)
    case .array(let items):
      let parts = items.enumerated().map { index, item in
        text(of: item, at: JSONPointer(tokens: place.tokens + ["\(index)"]))
      }
      return joined("[", parts, "]")
    case .object(let object):
      let parts = object.members.map { member in
        let inner = JSONPointer(tokens: place.tokens + [member.name])
        return quoted(member.name) + "\(gap):\(gap)" + text(of: member.value, at: inner)
      }
      return joined("{", parts, "}")
    }
  }

  private func respelled(_ number: JSONNumber) -> String {
    let text = number.text
    guard !text.contains(where: { ".eE".contains($0) }) else { return text }
    return text.count % 2 == 0 ? text + "e0" : text + ".0"
  }

  private func quoted(_ text: String) -> String {
    switch spelling {
    case .escapes:
      return "\"" + text.utf16.map { Self.escape($0, isUpper: false) }.joined() + "\""
    case .otherEscapes:
      let characters = text.unicodeScalars.map { scalar -> String in
        switch scalar {
        case "/": return "\\/"
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case _ where scalar.value < 0x20 || scalar.value > 0x7E:
          return String(scalar).utf16.map { Self.escape($0, isUpper: true) }.joined()
        default: return String(scalar)
        }
      }
      return "\"" + characters.joined() + "\""
    default: return JSONValue.string(text).text()
    }
  }

  private static func escape(_ unit: UInt16, isUpper: Bool) -> String {
    let digits = String(unit, radix: 16, uppercase: isUpper)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension JSONValue {
  /// The value with the members of every object in reverse order.
  fileprivate var withMembersReversed: JSONValue {
    switch self {
    case .null, .bool, .number, .string: self
    case .array(let items): .array(items.map(\.withMembersReversed))
    case .object(let object):
      .object(
        JSONObject(
          object.members.reversed().map {
            .init(name: $0.name, value: $0.value.withMembersReversed)
          }
        )
      )
    }
  }
}
