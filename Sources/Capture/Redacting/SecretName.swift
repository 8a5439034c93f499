/// Tells members that hold secrets by their names.
///
/// Names are taken word by word, however they are joined (`apiKey`, `api_key`, `API-KEY`), so that an
/// `author` or a count of `tokens` is none.
enum SecretName {
  static let words: Set<String> = [
    "authorization", "cookie", "credential", "credentials", "jwt", "passcode", "passphrase",
    "passwd",
    "password", "pwd", "secret", "secrets", "token",
  ]
  static let pairs: Set<String> = [
    "access key", "api key", "auth key", "client secret", "encryption key", "private key",
    "secret key", "session key", "set cookie", "signing key",
  ]
  static let runTogether: Set<String> = [
    "accesskey", "accesstoken", "apikey", "authtoken", "clientsecret", "idtoken", "privatekey",
    "refreshtoken", "secretkey", "sessionkey", "sessiontoken",
  ]

  /// Whether a member of this name holds a secret.
  static func isSecret(_ name: String) -> Bool {
    let parts = parts(of: name)
    if parts.contains(where: { words.contains($0) || runTogether.contains($0) }) { return true }
    return zip(parts, parts.dropFirst()).contains { pairs.contains("\($0) \($1)") }
  }

  /// The words of a name in lower case.
  static func parts(of name: String) -> [String] {
    var parts: [String] = []
    var current = ""
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber else {
        if !current.isEmpty { parts.append(current) }
        current = ""
        continue
      }
      // A capital begins a word after a small letter, or before one (`APIKey`).
      let isCapital = character.isUppercase && index > 0
      let followsSmall = isCapital && characters[index - 1].isLowercase
      let endsCapitals =
        isCapital && characters[index - 1].isUppercase && index + 1 < characters.count
        && characters[index + 1].isLowercase
      if followsSmall || endsCapitals, !current.isEmpty {
        parts.append(current)
        current = ""
      }
      current += character.lowercased()
    }
    return current.isEmpty ? parts : parts + [current]
  }
}
