/// One header field of a request or response, as it was written.
package struct HeaderField: Hashable, Sendable {
  /// The name; compared without regard to case.
  package var name: String
  /// The value without the white space around it.
  package var value: String

  /// Makes a field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Makes a field.
  package init(name: String, value: String) {
    self.init(name, value)
  }

  /// Whether this is the field of that name, in any case.
  package func isNamed(_ other: String) -> Bool {
    name.equalsIgnoringASCIICase(other)
  }

  /// What keeps the field from being sent; nil when nothing does.
  ///
  /// Spec: RFC 9110 §5.1 (names are tokens), §5.5 (no control characters in values).
  package var problem: String? {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
      return "header name '\(name)' is not a token"
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      return "value of header '\(name)' has control characters"
    }
    return nil
  }
}

extension [HeaderField] {
  /// The value of the first field of that name; nil when there is none.
  package func first(named name: String) -> String? {
    first { $0.isNamed(name) }?.value
  }

  /// The values of every field of that name, in order.
  package func all(named name: String) -> [String] {
    filter { $0.isNamed(name) }.map(\.value)
  }

  /// The comma-separated elements of every field of that name, white space removed.
  ///
  /// Spec: RFC 9110 §5.6.1.
  package func elements(named name: String) -> [String] {
    all(named: name).flatMap { value in
      value.split(separator: ",").map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
    }
  }

  /// Whether a comma-separated field names a token, in any case.
  func hasToken(_ token: String, named name: String) -> Bool {
    elements(named: name).contains { $0.equalsIgnoringASCIICase(token) }
  }
}

extension StringProtocol {
  /// Whether two texts differ at most in the case of ASCII letters.
  func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
  }

  /// The text without spaces and tabs at either end.
  func trimmingBlanks() -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}

extension UInt8 {
  /// The byte with the case of an ASCII capital removed.
  var lowercasedASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  /// Whether the byte may be part of a token.
  ///
  /// Spec: RFC 9110 §5.6.2.
  var isTokenCharacter: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
    default: false
    }
  }
}
