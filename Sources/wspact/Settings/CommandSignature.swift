import ArgumentParser
import JSON

/// The name of a command and of its options, as ArgumentParser knows them.
struct CommandSignature {
  /// An option with a long name.
  struct Option {
    /// Whether it takes a value.
    enum Kind {
      case value
      case flag
    }

    var name: String
    var kind: Kind
  }

  var name: String
  var options: [Option]

  /// Every command, read from the description that ArgumentParser gives for documentation tools.
  static func all() -> [CommandSignature] {
    let description = try? JSONValue.parse(Wspact._dumpHelp())
    return description?["command"]?["subcommands"]?.arrayValue?.compactMap(signature) ?? []
  }

  private static func signature(of command: JSONValue) -> CommandSignature? {
    guard let name = command["commandName"]?.stringValue else { return nil }
    let options = command["arguments"]?.arrayValue?.compactMap { argument -> Option? in
      guard let long = argument["names"]?.arrayValue?.first(where: { $0["kind"] == "long" }),
        let optionName = long["name"]?.stringValue, optionName != "help", optionName != "version"
      else { return nil }
      return Option(name: optionName, kind: argument["kind"] == "flag" ? .flag : .value)
    }
    return CommandSignature(name: name, options: options ?? [])
  }
}
