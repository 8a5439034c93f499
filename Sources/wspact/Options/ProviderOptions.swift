import ArgumentParser
import Session
import WebSocket

/// Which provider a command talks to.
struct ProviderOptions: ParsableArguments {
  @Option(
    name: [.customLong("provider-url"), .customLong("upstream")],
    help: ArgumentHelp(
      "The URL of a provider that is running (ws:// or wss://host:port/path).",
      valueName: "url"
    )
  )
  var providerURL: String?

  @Option(
    help: ArgumentHelp(
      "A command that starts the provider; it is stopped at the end.",
      valueName: "command"
    )
  )
  var providerCmd: String?

  @Option(
    help: ArgumentHelp(
      "A pattern for the line with which the started provider says where it listens.",
      valueName: "pattern"
    )
  )
  var ready = ProviderCommand.defaultReadyPattern

  @Option(help: "How long the provider may take to start.")
  var readyTimeout = DurationArgument(.seconds(30))

  @Option(
    help: ArgumentHelp(
      "Where provider states are set up (POST); with --provider-cmd the default is /_states there.",
      valueName: "url"
    )
  )
  var stateURL: String?

  @Option(
    name: .customLong("header"),
    help: ArgumentHelp(
      "A header for every opening request; may be repeated.",
      valueName: "name: value"
    )
  )
  var headers: [String] = []

  @OptionGroup
  var transport: TransportOptions

  func validate() throws {
    guard providerURL == nil || providerCmd == nil else {
      throw ValidationError("--provider-url and --provider-cmd exclude each other")
    }
    _ = try headerFields()
  }

  /// The provider to talk to.
  ///
  /// - Throws: `ValidationError` when none is named, ``Problem`` for a URL that is none.
  func target() throws -> ProviderTarget {
    transport.warn()
    if let providerCmd {
      return .command(
        ProviderCommand(
          command: providerCmd,
          ready: ready,
          readyTimeout: readyTimeout.duration
        )
      )
    }
    guard let providerURL else {
      throw ValidationError("name the provider with --provider-url or --provider-cmd")
    }
    return .url(try WebSocketURL(providerURL))
  }

  /// The endpoint for provider states, or `nil` when there is none.
  func states(of provider: RunningProvider) -> ProviderStateClient? {
    if let stateURL { return ProviderStateClient(url: stateURL, tls: transport.tls) }
    guard provider.process != nil else { return nil }
    let scheme = provider.url.scheme == .wss ? "https" : "http"
    return ProviderStateClient(
      url: "\(scheme)://\(provider.url.hostHeader)/_states",
      tls: transport.tls
    )
  }

  /// How a session connects.
  func sessionOptions() throws -> SessionOptions {
    var options = SessionOptions()
    options.headers = try headerFields()
    options.tls = transport.tls
    if let limit = transport.connectTimeout?.duration {
      options.connectTimeout = limit
      options.handshakeTimeout = limit
    }
    options.compression = transport.offer
    options.socketPath = transport.unixSocket
    options.httpProxy = TransportOptions.httpProxy
    return options
  }

  private func headerFields() throws -> [HeaderField] {
    try HeaderArguments.fields(headers) + transport.authorization
  }
}

/// A provider that runs, and its process when this program started it.
struct RunningProvider {
  /// Where it listens.
  var url: WebSocketURL
  /// The process, or `nil` when it ran already.
  var process: ProviderProcess?

  /// Runs `body` with a provider, which is started before and stopped after where that is asked for.
  static func run<Result>(
    _ target: ProviderTarget,
    _ body: (RunningProvider) async throws -> Result
  ) async throws -> Result {
    switch target {
    case .url(let url):
      return try await body(RunningProvider(url: url))
    case .command(let command):
      let process = try await ProviderProcess.start(command)
      do {
        let result = try await body(RunningProvider(url: process.url, process: process))
        await process.stop()
        return result
      } catch {
        await process.stop()
        throw error
      }
    }
  }
}
