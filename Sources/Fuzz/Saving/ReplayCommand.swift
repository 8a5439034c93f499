import Session

/// The command line that plays a saved finding again.
enum ReplayCommand {
  /// The command for a scenario file and the provider that it was found at.
  static func text(file: String, target: ProviderTarget) -> String {
    (["wspact", "replay", quoted(file)] + provider(target)).joined(separator: " ")
  }

  /// The words that name a provider.
  static func provider(_ target: ProviderTarget) -> [String] {
    switch target {
    case .url(let url):
      return ["--provider-url", quoted("\(url)")]
    case .command(let command):
      let words = ["--provider-cmd", quoted(command.command)]
      guard command.ready != ProviderCommand.defaultReadyPattern else { return words }
      return words + ["--ready", quoted(command.ready)]
    }
  }

  /// A word as a shell takes it.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-:=@,+".utf8.contains(byte)
      }
    }
    if plain, !word.isEmpty { return word }
    let escaped = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + escaped.joined(separator: "'\\''") + "'"
  }
}
