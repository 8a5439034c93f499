package import JSON
package import WebSocket

/// Writes what the desk says, in the odd forms that a decoy asks for.
///
/// All forms mean the same: RFC 8259 §2 and §7 (white space, escapes), RFC 6455 §5.4 (frames).
package struct DeskWriter {
  /// The payload of each frame where a decoy sends several, in bytes.
  static let fragmentBytes = 7

  private let decoy: DeskDecoy?
  private var written = 0

  /// Writes plainly, or as a decoy does.
  package init(decoy: DeskDecoy?) { self.decoy = decoy }

  /// The text of a message.
  package mutating func text(of message: JSONValue) -> [UInt8] {
    written += 1
    switch decoy {
    case .keyOrder:
      return turned(message).bytes()
    case .whiteSpace, .escapes, .numberForms:
      var text = ""
      write(message, to: &text)
      return Array(text.utf8)
    default:
      return message.bytes()
    }
  }

  /// The frames of a message; one, unless a decoy divides it.
  package mutating func frames(of message: JSONValue) -> [Frame] {
    let payload = text(of: message)
    guard decoy == .fragments, payload.count > Self.fragmentBytes else {
      return [Frame(.text, payload: payload)]
    }
    return stride(from: 0, to: payload.count, by: Self.fragmentBytes).map { start in
      let end = min(start + Self.fragmentBytes, payload.count)
      return Frame(
        start == 0 ? .text : .continuation,
        payload: Array(payload[start..<end]),
        isFinal: end == payload.count
      )
    }
  }

  /// The value with the members of its objects turned round by a number that changes.
  private func turned(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let items): return .array(items.map(turned))
    case .object(let object):
      guard !object.isEmpty else { return value }
      let by = written % object.count
      let members = object.members.map {
        JSONObject.Member(name: $0.name, value: turned($0.value))
      }
      return .object(JSONObject(Array(members[by...] + members[..<by])))
    default: return value
    }
  }

  private func write(_ value: JSONValue, to text: inout String) {
    switch value {
    case .number(let number): text += form(of: number)
    case .string(let string): text += quoted(string)
    case .array(let items):
      list("[", items, "]", to: &text) { write($0, to: &$1) }
    case .object(let object):
      list("{", object.members, "}", to: &text) { member, text in
        text += quoted(member.name) + gap + ":" + gap
        write(member.value, to: &text)
      }
    default: text += value.text()
    }
  }

  private func list<Item>(
    _ open: String,
    _ items: [Item],
    _ close: String,
    to text: inout String,
    _ body: (Item, inout String) -> Void
  ) {
    text += gap + open + gap
    for (place, item) in items.enumerated() {
      if place > 0 { text += gap + "," + gap }
      body(item, &text)
    }
    text += gap + close + gap
  }

  private var gap: String {
    guard decoy == .whiteSpace else { return "" }
    return ["", " ", "\n  ", "\t", "\r\n"][written % 5]
  }

  private func form(of number: JSONNumber) -> String {
    guard decoy == .numberForms, let int = number.int, abs(int) < 1_000_000 else {
      return number.text
    }
    return ["\(int)", "\(int).0", "\(int)e0"][written % 3]
  }

  private func quoted(_ string: String) -> String {
    guard decoy == .escapes else { return JSONValue.string(string).text() }
    let units = string.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"\(units.joined())\""
  }
}
