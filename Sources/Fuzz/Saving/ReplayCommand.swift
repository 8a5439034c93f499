import Session

/// The command line that plays a saved finding again.
enum ReplayCommand {
  /// The command for a scenario file and the provider that it was found at.
  static func text(file: String, target: ProviderTarget) -> String {
    var words = ["wspact", "replay", quoted(file)]
    switch target {
    case .url(let url):
      words += ["--provider-url", quoted("\(url)")]
    case .command(let command):
      words += ["--provider-cmd", quoted(command.command)]
      if command.ready != ProviderCommand.defaultReadyPattern {
        words += ["--ready", quoted(command.ready)]
      }
    }
    return words.joined(separator: " ")
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
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
