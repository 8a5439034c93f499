import JSON

/// The text of a `$ref` in its parts.
///
/// Spec: JSON Reference §3, RFC 6901 §6 (a pointer as a URI fragment).
struct ReferenceText {
  /// What a reference points to in its file.
  enum Fragment {
    case pointer(JSONPointer)
    /// The name of a schema that names itself.
    case anchor(String)
  }

  /// The file, percent-encoding undone; empty for the file that the reference stands in.
  let file: String
  let fragment: Fragment

  /// Splits a text.
  ///
  /// - Throws: Why the text cannot be followed.
  init(_ text: String) throws(ReferenceProblem) {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    file = try Self.file(parts.first ?? "", of: text)
    let encoded = parts.count > 1 ? String(parts[1]) : ""
    guard let decoded = Self.percentDecoded(encoded) else {
      throw ReferenceProblem("'\(text)' has a '%' that encodes nothing; write '%25' for '%'")
    }
    guard decoded.isEmpty || decoded.hasPrefix("/") else {
      fragment = .anchor(decoded)
      return
    }
    guard let pointer = JSONPointer(decoded) else {
      throw ReferenceProblem("'\(text)' has a '~' that escapes nothing; write '~0' for '~'")
    }
    fragment = .pointer(pointer)
  }

  private static func file(
    _ part: Substring,
    of text: String
  ) throws(ReferenceProblem) -> String {
    var path = String(part)
    if path.hasPrefix("file://") {
      path = String(path.dropFirst("file://".count))
    } else if let scheme = scheme(of: path) {
      throw ReferenceProblem(
        "'\(text)' is \(scheme == "http" || scheme == "https" ? "on the network" : "no file"), and "
          + "nothing is fetched; save it beside the document and refer to it by its path"
      )
    }
    guard let decoded = percentDecoded(path) else {
      throw ReferenceProblem("'\(text)' has a '%' that encodes nothing; write '%25' for '%'")
    }
    return decoded
  }

  /// The scheme of a URI, which is longer than one letter, so that a drive is none.
  private static func scheme(of path: String) -> String? {
    guard let colon = path.firstIndex(of: ":") else { return nil }
    let scheme = path[..<colon]
    guard scheme.utf8.count > 1, let first = scheme.utf8.first, isLetter(first),
      scheme.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) })
    else { return nil }
    return scheme.lowercased()
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Undoes percent-encoding; `nil` for a `%` without two hexadecimal digits.
  private static func percentDecoded(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, digits.utf8.first != UInt8(ascii: "+"),
        let value = UInt8(digits, radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
