import Contract
package import JSON

/// What is kept out of journals and contracts.
///
/// Members of messages that are named like secrets are masked, and those that are asked for. Query parameters with names that secrets have are left out; whoever verifies gives their own
/// with the provider's URL. Headers are never recorded.
package struct Redaction: Sendable, Hashable {
  /// What stands in a journal in the place of a secret.
  package static let placeholder = "REDACTED"
  /// The names, or parts of names, that secrets have.
  package static let defaultNames = [
    "token", "secret", "password", "passwd", "apikey", "api_key", "api-key", "auth", "session",
    "signature", "credential", "jwt",
  ]

  /// The names, or parts of names, in lower case.
  package var names: [String]

  /// Whether members of messages are secrets by their names.
  package var usesNames: Bool
  /// Members that are secrets whatever their names; `*` as a step is any member or item.
  package var secrets: [JSONPointer]
  /// Members that are none whatever their names; `*` as a step is any member or item.
  package var kept: [JSONPointer]

  /// Takes what is a secret and what is none.
  package init(
    names: [String] = Self.defaultNames,
    usesNames: Bool = true,
    secrets: [JSONPointer] = [],
    kept: [JSONPointer] = []
  ) {
    self.names = names
    self.usesNames = usesNames
    self.secrets = secrets
    self.kept = kept
  }

  /// Whether a member was asked to be masked.
  func asksFor(_ pointer: JSONPointer) -> Bool { secrets.contains { Self.fits($0, pointer) } }

  /// Whether a member was asked to be kept.
  func keeps(_ pointer: JSONPointer) -> Bool { kept.contains { Self.fits($0, pointer) } }

  private static func fits(_ pattern: JSONPointer, _ pointer: JSONPointer) -> Bool {
    pattern.tokens.count == pointer.tokens.count
      && zip(pattern.tokens, pointer.tokens).allSatisfy { $0 == "*" || $0 == $1 }
  }

  /// Whether a parameter of this name holds a secret.
  package func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return names.contains { name.contains($0) }
  }

  /// A request target with the values of secrets replaced.
  package func target(_ target: String) -> String {
    guard let mark = target.firstIndex(of: "?") else { return target }
    let items = target[target.index(after: mark)...].split(
      separator: "&",
      omittingEmptySubsequences: false
    )
    let redacted = items.map { item -> Substring in
      let name = item.prefix { $0 != "=" }
      return isSecret(Self.decoded(name)) && name.count < item.count
        ? name + "=" + Self.placeholder : item
    }
    return target[...mark] + redacted.joined(separator: "&")
  }

  /// The opening request as a contract keeps it.
  func facts(of handshake: TranscriptHandshake) -> ConnectionFacts {
    let target = handshake.target
    let path = target.prefix { $0 != "?" }
    let query = target.dropFirst(path.count + 1).split(separator: "&")
    return ConnectionFacts(
      path: path.isEmpty ? "/" : String(path),
      query: query.compactMap { item in
        let name = Self.decoded(item.prefix { $0 != "=" })
        guard !isSecret(name) else { return nil }
        let value = item.drop { $0 != "=" }.dropFirst()
        return NameAndValue(name: name, value: Self.decoded(value))
      },
      subprotocol: handshake.subprotocol
    )
  }

  /// The names of the secrets in a handshake, for a remark.
  func secrets(in handshake: TranscriptHandshake) -> [String] {
    guard let mark = handshake.target.firstIndex(of: "?") else { return [] }
    let items = handshake.target[handshake.target.index(after: mark)...].split(separator: "&")
    return items.map { Self.decoded($0.prefix { $0 != "=" }) }.filter(isSecret)
  }

  /// A part of a query without percent encoding.
  ///
  /// Spec: RFC 3986 §2.1; a plus sign is a space, as in forms.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        bytes.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
