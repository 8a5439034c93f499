import JSONSchema

/// Writes names and addresses of the Internet.
enum Internet {
  /// Spec: RFC 5321 §4.1.2, with a dot-atom before the at sign.
  @Sendable static func email(_ source: inout ChoiceSource) -> String {
    let local = source.string(label)
    let tag = tags[source.index(weights: tailWeights)]
    return local + tag + "@" + hostname(&source)
  }

  private static let label = StringBounds(lengths: 1...20, alphabet: .labelCharacters)
  private static let tags = ["", "+tag", ".x", "_y", "-z"]
  private static let domains = [".example.com", ".example", ".a-b.example.org"]
  private static let schemes = ["https://", "http://", "wss://", "ftp://"]
  private static let schemeWeights = [8, 2, 1, 1]
  private static let ports = ["", ":8080", ":443"]
  private static let portWeights = [8, 1, 1]
  private static let tails = ["", "/a%20b", "?q=1&r=%C3%A9", "#top", "/~x;y=1"]
  private static let tailWeights = [8, 1, 1, 1, 1]

  /// Spec: RFC 1123 §2.1.
  @Sendable static func hostname(_ source: inout ChoiceSource) -> String {
    source.string(label) + domains[source.index(below: domains.count)]
  }

  /// Spec: RFC 2673 §3.2.
  @Sendable static func ipv4(_ source: inout ChoiceSource) -> String {
    (0..<4).map { _ in String(source.integer(in: 0...255)) }.joined(separator: ".")
  }

  /// Spec: RFC 4291 §2.2.
  @Sendable static func ipv6(_ source: inout ChoiceSource) -> String {
    func group(_ source: inout ChoiceSource) -> String {
      String(source.integer(in: 0...0xFFFF), radix: 16)
    }
    switch source.index(below: 4) {
    case 0: return "::" + group(&source)
    case 1: return (0..<8).map { _ in group(&source) }.joined(separator: ":")
    case 2: return group(&source) + "::" + group(&source)
    default: return "::ffff:" + ipv4(&source)
    }
  }

  /// Spec: RFC 3986 §3.
  @Sendable static func uri(_ source: inout ChoiceSource) -> String {
    let scheme = schemes[source.index(weights: schemeWeights)]
    let port = ports[source.index(weights: portWeights)]
    return scheme + hostname(&source) + port + path(&source)
  }

  /// Spec: RFC 3986 §4.1.
  @Sendable static func uriReference(_ source: inout ChoiceSource) -> String {
    switch source.index(below: 4) {
    case 0: path(&source)
    case 1: uri(&source)
    case 2: "#" + source.string(StringBounds(lengths: 0...12, alphabet: .labelCharacters))
    default: "../" + source.string(StringBounds(lengths: 1...12, alphabet: .labelCharacters))
    }
  }

  /// Spec: RFC 6570 §2.
  @Sendable static func uriTemplate(_ source: inout ChoiceSource) -> String {
    let name = source.string(StringBounds(lengths: 1...12, alphabet: .smallLetters))
    return "/" + name + ["", "/{id}", "{?q,page}", "{/path*}"][source.index(below: 4)]
  }

  private static func path(_ source: inout ChoiceSource) -> String {
    let segment = source.string(StringBounds(lengths: 0...16, alphabet: .labelCharacters))
    return "/" + segment + tails[source.index(weights: tailWeights)]
  }
}
