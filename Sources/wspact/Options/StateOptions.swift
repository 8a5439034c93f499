import ArgumentParser
import JSON
import Session

/// How provider states are set up other than over HTTP, and values that need no state.
struct StateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A command that sets up provider states: WSPACT_STATE, _ACTION and _PARAMS; a JSON line gives values.",
      valueName: "command"
    )
  )
  var stateCmd: String?

  @Option(
    name: .customLong("value"),
    help: ArgumentHelp(
      "A value for ProviderState generators, such as a password; may be repeated.",
      valueName: "name=value"
    )
  )
  var values: [String] = []

  func validate() throws {
    _ = try stateValues()
  }

  /// The values that need no state.
  ///
  /// - Throws: `ValidationError` which names the one that has no name.
  func stateValues() throws -> JSONObject {
    JSONObject(
      try values.map { text in
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
          throw ValidationError("--value '\(text)' has no name; write it as 'name=value'")
        }
        let value = String(text[text.index(after: mark)...])
        return JSONObject.Member(name: String(text[..<mark]), value: .string(value))
      }
    )
  }

  /// What sets states up: the command, else the provider's endpoint; `nil` when there is neither.
  func client(of running: RunningProvider, _ provider: ProviderOptions) -> ProviderStateClient? {
    stateCmd.map { ProviderStateClient(command: $0) } ?? provider.states(of: running)
  }
}
