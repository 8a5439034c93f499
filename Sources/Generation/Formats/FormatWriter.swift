import JSONSchema

/// Writes texts of the known formats, from choices.
///
/// Spec: JSON Schema 2020-12 Validation §7.3.
enum FormatWriter {
  /// Whether a format is one of those written here.
  static func knows(_ format: String) -> Bool { writers[format] != nil }

  /// What writes texts of a format; `nil` for an unknown one.
  static func writer(of format: String) -> Write? { writers[format] }

  /// Writes a text from choices.
  typealias Write = @Sendable (inout ChoiceSource) -> String

  private static let writers: [String: Write] = [
    "date": DateTimes.date,
    "date-time": DateTimes.dateTime,
    "time": DateTimes.time,
    "duration": DateTimes.duration,
    "email": Internet.email,
    "idn-email": Internet.email,
    "hostname": Internet.hostname,
    "idn-hostname": Internet.hostname,
    "ipv4": Internet.ipv4,
    "ipv6": Internet.ipv6,
    "uri": Internet.uri,
    "iri": Internet.uri,
    "uri-reference": Internet.uriReference,
    "iri-reference": Internet.uriReference,
    "uri-template": Internet.uriTemplate,
    "url": Internet.uri,
    "uuid": uuid,
    "json-pointer": Pointers.jsonPointer,
    "relative-json-pointer": Pointers.relativeJSONPointer,
    "regex": Pointers.pattern,
  ]

  /// Spec: RFC 9562 §4.
  @Sendable private static func uuid(_ source: inout ChoiceSource) -> String {
    let digits = source.string(uuidDigits)
    return String(unsafeUninitializedCapacity: 36) { buffer in
      var place = 0
      for (index, digit) in digits.utf8.enumerated() {
        if index == 8 || index == 12 || index == 16 || index == 20 {
          buffer[place] = UInt8(ascii: "-")
          place += 1
        }
        buffer[place] = digit
        place += 1
      }
      return place
    }
  }

  private static let uuidDigits = StringBounds(lengths: 32...32, alphabet: .hexadecimalDigits)
}

extension ScalarSet {
  /// Digits and the small letters to `f`.
  static let hexadecimalDigits = ScalarSet([0x30...0x39, 0x61...0x66])
  /// Small letters and digits.
  static let labelCharacters = ScalarSet([0x30...0x39, 0x61...0x7A])
  /// Small letters.
  static let smallLetters = ScalarSet([0x61...0x7A])
}
