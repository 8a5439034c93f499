import ArgumentParser
import Contract
import Pact
import Session
import Verify
import WebSocket

/// `wspact bridge`: lets Pact's own verifiers verify a WebSocket provider.
struct BridgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bridge",
    abstract: "Stand between Pact's own verifier and a WebSocket provider.",
    discussion: """
      wspact bridge contracts/ --provider-url ws://127.0.0.1:8000/ws --port 8080
      wspact bridge contracts/ --provider-cmd 'my-server --port 0' --verifier-cmd ./run-verifier

      Pact's verifiers ask for messages over HTTP. The bridge answers with what the provider says over its \
      WebSocket, after it has played the conversation that leads there; provider states are taken at \
      the same address. Give the verifier the portable layout of the contract (wspact contract portable).

      Prints 'READY http://HOST:PORT' and runs until it is ended. A command of --verifier-cmd finds the \
      address in WSPACT_BRIDGE_URL and the port in WSPACT_BRIDGE_PORT.
      """
  )

  @Argument(help: "Contract files, or folders that hold them.")
  var contracts: [String]

  @Option(
    help: ArgumentHelp(
      "A command that runs the verifier; its exit code becomes the bridge's.",
      valueName: "command"
    )
  )
  var verifierCmd: String?

  @OptionGroup(title: "Provider")
  var provider: ProviderOptions

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port that the verifier asks at; 0 takes a free one.")
  var port = 0

  @Option(help: "How long a message may take to come; verifiers themselves wait 5s.")
  var timeout = DurationArgument(.seconds(2))

  @OptionGroup(title: "Provider states")
  var states: StateOptions

  func validate() throws {
    guard states.stateCmd == nil || provider.stateURL == nil else {
      throw ValidationError("--state-cmd and --state-url exclude each other")
    }
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
  }

  func run() async throws {
    let sources = try ContractSources.read(contracts).map { read in
      for warning in read.diagnostics { Terminal.complain("\(warning)") }
      return Verifier.Source(name: read.file, contract: read.pact)
    }
    let status = try await RunningProvider.run(try provider.target()) { running in
      let configuration = VerifyConfiguration(
        replyTimeout: timeout.duration,
        states: states.client(of: running, provider),
        session: try provider.sessionOptions(),
        values: try states.stateValues()
      )
      let bridge = MessageBridge(configuration, sources, provider: running.url)
      return try await bridge.serve(
        host: host,
        port: port,
        onProblem: { Terminal.complain("bridge: \($0)") }
      ) { [verifierCmd, host] port in
        try await Self.serve(verifierCmd, at: (host, port))
      }
    }
    guard status.isSuccess else { throw ExitCode(status.code ?? 2) }
  }

  /// Runs the verifier, or waits until somebody ends this program.
  private static func serve(
    _ command: String?,
    at place: (host: String, port: Int)
  ) async throws -> Session.ExitStatus {
    let host = place.host.contains(":") ? "[\(place.host)]" : place.host
    let url = "http://\(host):\(place.port)"
    guard let command else {
      Terminal.say("READY \(url)\n")
      while true { try await Task.sleep(for: .seconds(3600)) }
    }
    let process = try await ChildProcess.start(
      .shell(command),
      environment: ["WSPACT_BRIDGE_URL": url, "WSPACT_BRIDGE_PORT": "\(place.port)"],
      onLine: { Terminal.say("\($0)\n") }
    )
    let status = await process.waitForExit()
    await process.stop(grace: .zero)
    guard let status else { throw Problem("the verifier was interrupted") }
    return status
  }
}
