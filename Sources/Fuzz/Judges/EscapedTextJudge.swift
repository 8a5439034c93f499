package import Contract
import JSON

/// Texts come back as they were said.
package enum EscapedTextJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP307",
    name: "escapes-left-in",
    summary: "a text that the client has said comes back without escapes that it has not said",
    explanation: """
      The value of a member is a text that the client has said, with JSON's escapes written out in it. \
      Example: the client says '\\u00e9', one character (RFC 8259 section 7), and the reply has \
      '\\\\u00e9', six characters. The text was cut out of a message without being decoded, or was \
      encoded twice. Take values from a JSON parser, and write them with one.
      """
  )

  /// Finds texts with escapes that mean a text which the client has said.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.received.compactMap { message in
      guard message.payload.payload.mayHaveEscapeInText, let document = message.message.document
      else { return nil }
      var place: (pointer: JSONPointer, text: String, meant: String)?
      document.value.visitLeaves { pointer, value in
        guard place == nil, case .string(let text) = value, let meant = text.withoutEscapes,
          evidence.wasSaid(meant), !evidence.wasSaid(text)
        else { return }
        place = (pointer, text, meant)
      }
      guard let place else { return nil }
      let name = message.message.name ?? "a message"
      var finding = rule.finding(
        "\(name) has a text at \(place.pointer) with escapes in it that were never said",
        subject: name,
        place: place.pointer.pattern
      )
      finding.traffic = evidence.place(of: message)
      finding.pointer = place.pointer
      finding.expected = JSONValue.string(place.meant).summary(limit: 200)
      finding.actual = JSONValue.string(place.text).summary(limit: 200)
      return finding
    }
  }
}

extension Evidence {
  /// Whether the client has said a text as the whole of a value.
  fileprivate func wasSaid(_ text: String) -> Bool {
    saidPayloads.contains { payload in
      (try? JSONValue.parse(payload))?.texts.contains(text) ?? false
    }
  }
}

extension [UInt8] {
  /// Whether a backslash that is escaped by another stands before a `u`, as in texts with escapes.
  fileprivate var mayHaveEscapeInText: Bool {
    withUnsafeBufferPointer { bytes in
      var backslashes = 0
      for byte in bytes {
        if byte == UInt8(ascii: "\\") {
          backslashes += 1
        } else {
          if backslashes >= 2, byte == UInt8(ascii: "u") { return true }
          backslashes = 0
        }
      }
      return false
    }
  }
}

extension String {
  /// The text that this one means when its escapes of four digits are resolved; `nil` when it has
  /// none, or is not what a JSON text may have between its quotes.
  fileprivate var withoutEscapes: String? {
    guard hasBytes(of: "\\u"), let value = try? JSONValue.parse("\"\(self)\""),
      let text = value.stringValue, text != self
    else { return nil }
    return text
  }
}
