import Contract
import JSON
import YAML

/// Options from `wspact.yml` and from the environment, put in front of those of the command line, so
/// that the command line has the last word.
///
/// The file has a mapping for each command, with the names of its options:
///
/// ```yaml
/// fuzz:
///   spec: fixtures/chat/asyncapi.yml
///   max-steps: 20
/// ```
///
/// The environment has `WSPACT_` and the option's name in capitals (`WSPACT_MAX_STEPS`).
enum Settings {
  /// The file that is read from the working directory when it is there.
  static let fileName = "wspact.yml"

  /// The full list of arguments, the command's name first.
  ///
  /// - Throws: `DiagnosticsError` for a file that cannot be read or has an option that does not exist.
  static func arguments(
    given: [String],
    environment: [String: String],
    file: String = fileName
  ) throws -> [String] {
    let variables = environment.filter { $0.key.hasPrefix("WSPACT_") }
    let hasFile = Surroundings.hasFile(file)
    guard let name = given.first, !name.hasPrefix("-"), hasFile || !variables.isEmpty else {
      return given
    }
    let commands = CommandSignature.all()
    guard let command = commands.first(where: { $0.name == name }) else { return given }
    let own = given.dropFirst()
    let fromFile =
      hasFile ? try FileSettings.arguments(in: file, for: command, among: commands) : []
    let fromEnvironment = EnvironmentSettings.arguments(in: variables, for: command)
    return [name] + fromFile + fromEnvironment + own
  }
}
