/// How a value is laid out as text.
package enum JSONLayout: Hashable, Sendable {
  /// No white space; numbers keep their text.
  case compact
  /// Two spaces a level and one item a line, as `JSON.stringify(value, null, 2)` does; numbers keep
  /// their text.
  case pretty
  /// One text for equal values: sorted names, numbers as ECMAScript writes them, no white space.
  ///
  /// Of a duplicated name the last value is written. A number beyond the range of `Double`, for
  /// which there is no rule, is written with all its digits as `1.5e+400`.
  ///
  /// Spec: RFC 8785.
  case canonical
}

extension JSONValue {
  /// The value as text.
  package func text(_ layout: JSONLayout = .compact) -> String {
    String(decoding: bytes(layout), as: UTF8.self)
  }

  /// The value as text in UTF-8.
  package func bytes(_ layout: JSONLayout = .compact) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    writer.write(self)
    return writer.bytes
  }
}

/// Writes values one after the other.
package struct JSONWriter {
  /// What has been written so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []
  private let layout: JSONLayout
  private var level = 0

  /// Starts with nothing written.
  package init(layout: JSONLayout = .compact) { self.layout = layout }

  /// Appends a value.
  package mutating func write(_ value: JSONValue) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let number): write(number)
    case .string(let string): write(string)
    case .array(let items): write(items)
    case .object(let object): write(object)
    }
  }

  private mutating func write(_ number: JSONNumber) {
    var text = layout == .canonical ? CanonicalNumber.text(number) : number.text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func write(_ items: [JSONValue]) {
    bytes.append(UInt8(ascii: "["))
    level += 1
    for (index, item) in items.enumerated() {
      beginItem(isFirst: index == 0)
      write(item)
    }
    level -= 1
    if !items.isEmpty { breakLine() }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ object: JSONObject) {
    bytes.append(UInt8(ascii: "{"))
    level += 1
    let members = layout == .canonical ? object.canonicalMembers : object.members
    for (index, member) in members.enumerated() {
      beginItem(isFirst: index == 0)
      write(member.name)
      bytes.append(UInt8(ascii: ":"))
      if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
      write(member.value)
    }
    level -= 1
    if !members.isEmpty { breakLine() }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func beginItem(isFirst: Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<level { bytes += [0x20, 0x20] }
  }

  /// Appends a string with its quotes and with the escapes that it needs, and no others.
  ///
  /// Spec: RFC 8259 §7; RFC 8785 §3.2.2.2.
  package mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    string.withUTF8 { writeEscaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in text.indices {
      let byte = text[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      writeEscape(byte)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }

  private mutating func writeEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes += byte < 0x10 ? "u000".utf8 : "u00".utf8
      bytes += String(byte, radix: 16).utf8
    }
  }
}
