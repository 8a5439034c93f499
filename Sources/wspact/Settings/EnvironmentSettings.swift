/// Options that stand in environment variables.
enum EnvironmentSettings {
  /// The arguments for one command, in the order of its options.
  ///
  /// Variables that are no option of the command are left alone: they may be another command's, or
  /// meant for a program that this one starts.
  static func arguments(
    in variables: [String: String],
    for command: CommandSignature
  ) -> [String] {
    command.options.flatMap { option -> [String] in
      guard let value = variables[variableName(of: option)] else { return [] }
      switch option.kind {
      case .value: return ["--\(option.name)", value]
      case .flag:
        return ["1", "true", "yes"].contains(value.lowercased()) ? ["--\(option.name)"] : []
      }
    }
  }

  /// `WSPACT_MAX_STEPS` for `max-steps`.
  static func variableName(of option: CommandSignature.Option) -> String {
    "WSPACT_" + option.name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }
}
