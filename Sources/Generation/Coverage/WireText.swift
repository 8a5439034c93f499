package import JSON

/// Texts that are almost JSON, or JSON in an unusual form: what a schema cannot say.
package struct WireText: Sendable {
  /// The bytes to send.
  package var bytes: [UInt8]
  /// What is special about them.
  package var label: String
  /// Whether the text is JSON; `nil` where that is left to the reader.
  ///
  /// Spec: RFC 8259 §9 (readers may set limits), §8.2 (lone surrogates).
  package var isJSON: Bool?

  /// The texts made from an ordinary value, in a fixed order.
  ///
  /// The largest is a few megabytes.
  package static func variants(of value: JSONValue) -> [WireText] {
    let text = value.text()
    return layouts(of: value, text) + broken(text) + numbers + strings + sizes
  }

  private init(_ text: String, _ label: String, isJSON: Bool?) {
    self.init(Array(text.utf8), label, isJSON: isJSON)
  }

  private init(_ bytes: [UInt8], _ label: String, isJSON: Bool?) {
    self.bytes = bytes
    self.label = label
    self.isJSON = isJSON
  }

  private static func layouts(of value: JSONValue, _ text: String) -> [WireText] {
    var found = [
      WireText(value.text(.pretty), "with line breaks", isJSON: true),
      WireText(" \t\r\n" + text + "\n\n", "with white space around", isJSON: true),
      WireText(spaced(text), "with white space between all tokens", isJSON: true),
      WireText("\u{FEFF}" + text, "with a byte order mark", isJSON: false),
      WireText("null", "null alone", isJSON: true), WireText("0", "a number alone", isJSON: true),
      WireText("\"text\"", "a string alone", isJSON: true),
      WireText("[" + text + "]", "in an array", isJSON: true),
    ]
    if case .object(let object) = value, let first = object.members.first {
      var twice = object
      twice.members.append(first)
      found.append(WireText(JSONValue.object(twice).text(), "a name twice", isJSON: true))
      var null = object
      null.members.append(.init(name: first.name, value: .null))
      found.append(WireText(JSONValue.object(null).text(), "a name again with null", isJSON: true))
      found.append(WireText(escapedNames(object), "names in escapes", isJSON: true))
    }
    return found
  }

  private static func escapedNames(_ object: JSONObject) -> String {
    let members = object.members.map { member in
      let name = member.name.utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }.joined()
      return "\"\(name)\":\(member.value.text())"
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func broken(_ text: String) -> [WireText] {
    var found = [
      WireText("", "nothing", isJSON: false), WireText(" ", "a space alone", isJSON: false),
      WireText(text + " " + text, "two documents", isJSON: false),
      WireText(text + ",", "a comma behind", isJSON: false),
      WireText("{\"a\":1,}", "a comma before the brace", isJSON: false),
      WireText("[1,]", "a comma before the bracket", isJSON: false),
      WireText("{'a':1}", "single quotes", isJSON: false),
      WireText("{a:1}", "a name without quotes", isJSON: false),
      WireText("// x\n" + text, "a comment", isJSON: false),
      WireText("hello", "no JSON at all", isJSON: false),
    ]
    let bytes = Array(text.utf8)
    // The text of a scalar may be cut off and still be one: a number.
    guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else { return found }
    for end in tokenEnds(of: bytes).prefix(maximumCuts) where end < bytes.count {
      found.append(WireText(Array(bytes[..<end]), "cut off after \(end) bytes", isJSON: false))
    }
    if bytes.count > 2, let last = bytes.last {
      let comma = [UInt8(ascii: ","), last]
      found.append(WireText(bytes.dropLast() + comma, "a comma before the end", isJSON: false))
    }
    return found
  }

  /// Most places where a text is cut off.
  private static let maximumCuts = 400

  /// Where the tokens of a text without white space end, strings also half-way.
  private static func tokenEnds(of bytes: [UInt8]) -> [Int] {
    var ends: [Int] = []
    var isInString = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
          ends.append(index + 1)
        }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
        ends += [index, index + 1]
      } else if [0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte) {
        ends += [index, index + 1]
      }
    }
    return Set(ends).subtracting([0]).sorted()
  }

  /// The text with white space of every kind between all tokens.
  private static func spaced(_ text: String) -> String {
    var spaced: [UInt8] = []
    var begin = 0
    let bytes = Array(text.utf8)
    for end in tokenEnds(of: bytes) where !isWithinString(bytes, end, from: begin) {
      spaced += bytes[begin..<end]
      spaced += " \t\r\n".utf8
      begin = end
    }
    return String(decoding: spaced + bytes[begin...], as: UTF8.self)
  }

  /// Whether a place is within a string that begins after another place, which is not.
  private static func isWithinString(_ bytes: [UInt8], _ place: Int, from begin: Int) -> Bool {
    var isInString = false
    var isEscaped = false
    for byte in bytes[begin..<place] {
      if isEscaped {
        isEscaped = false
      } else if isInString, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      }
    }
    return isInString
  }

  private static let numbers: [WireText] = [
    "NaN", "Infinity", "-Infinity", "+1", "01", "1.", ".5", "0x10", "1e", "1_000", "--1",
  ].map { WireText("{\"n\":\($0)}", "the number \($0)", isJSON: false) }

  private static let strings: [WireText] = [
    WireText("\"\\ud800\"", "a lone surrogate in an escape", isJSON: nil),
    WireText("\"\\udc32\"", "a lone low surrogate in an escape", isJSON: nil),
    WireText("\"\\udc32\\ud83d\"", "a surrogate pair the wrong way round", isJSON: nil),
    WireText("\"\\ud83d\\udc32\"", "a surrogate pair in escapes", isJSON: true),
    WireText("\"\\x41\"", "an unknown escape", isJSON: false),
    WireText("\"a\u{1}b\"", "a raw control character", isJSON: false),
    WireText("\"a\nb\"", "a raw line break", isJSON: false),
    WireText([0x22, 0xC3, 0x28, 0x22], "invalid UTF-8", isJSON: false),
    WireText([0x22, 0xED, 0xA0, 0x80, 0x22], "a surrogate in UTF-8", isJSON: false),
    WireText([0x22, 0xC0, 0x80, 0x22], "an overlong form", isJSON: false),
  ]

  private static var sizes: [WireText] {
    let nested = [100, 1_000, 100_000].map { depth in
      WireText(
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth),
        "nested \(depth) deep",
        isJSON: depth > 500 ? nil : true
      )
    }
    let open = WireText(
      String(repeating: "{\"a\":", count: 100_000),
      "100,000 objects never closed",
      isJSON: false
    )
    let long = WireText(
      "\"" + String(repeating: "a", count: 1_000_000) + "\"",
      "a string of 1,000,000 letters",
      isJSON: true
    )
    let names = (0..<100_000).map { "\"k\($0)\":0" }.joined(separator: ",")
    let digits = WireText(
      String(repeating: "9", count: 5_000),
      "a number of 5,000 digits",
      isJSON: true
    )
    return nested + [open, long, WireText("{\(names)}", "100,000 names", isJSON: true), digits]
  }
}
