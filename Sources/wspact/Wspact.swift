import ArgumentParser

/// `wspact`: contract tests and fuzzing for WebSocket APIs.
struct Wspact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wspact",
    abstract: "Contract tests and fuzzing for WebSocket APIs.",
    discussion: """
      Record what a consumer says and hears (capture), replay that against a provider (verify), and \
      send the provider sequences that nobody thought of (fuzz, replay).

      Exit codes: 0 clean; 1 findings, mismatches or drift; 2 the tool could not do its job; \
      64 wrong usage.

      Every option can also be given in wspact.yml under the name of its command, or as an environment \
      variable such as WSPACT_MAX_STEPS. The command line wins over the environment, the environment \
      over the file.
      """,
    version: "0.1.0",
    subcommands: [
      CaptureCommand.self, VerifyCommand.self, FuzzCommand.self, ReplayCommand.self,
      ExplainCommand.self, ContractCommand.self, BridgeCommand.self, SchemaCommand.self,
      PingCommand.self, ConnectCommand.self, ProxyCommand.self,
    ]
  )
}

/// Starts the program: settings from everywhere in, exit code out.
@main
enum Program {
  static func main() async {
    do {
      let arguments = try Settings.arguments(
        given: Array(CommandLine.arguments.dropFirst()),
        environment: Surroundings.environment
      )
      var command = try Wspact.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  /// Ends the program: help and usage as ArgumentParser says them, everything else as an error with
  /// exit code 2.
  private static func end(with error: any Error) -> Never {
    let code = Wspact.exitCode(for: error)
    // ArgumentParser answers 1 for errors that are not its own; here 1 means findings.
    guard code == .failure, !(error is ExitCode) else { Wspact.exit(withError: error) }
    Terminal.complain(Problem.description(of: error))
    Wspact.exit(withError: ExitStatus.unable)
  }
}

/// The exit codes that are not ArgumentParser's own.
enum ExitStatus {
  /// Findings, mismatches or drift.
  static let findings = ExitCode(1)
  /// The tool could not do its job.
  static let unable = ExitCode(2)
}
