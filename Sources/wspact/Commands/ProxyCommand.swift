import ArgumentParser
import Session
import WebSocket

/// `wspact proxy`: writes down what passes, and makes nothing of it.
struct ProxyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proxy",
    abstract: "Write down every frame between consumers and a provider.",
    discussion: """
      wspact proxy --upstream ws://127.0.0.1:8000/ws --journal frames.jsonl

      Prints 'READY ws://HOST:PORT/PATH' when consumers can connect, and runs until it is killed. Every \
      frame is in the journal before it goes on; compressed messages are in it as their text.
      """,
    shouldDisplay: false
  )

  @Option(help: ArgumentHelp("The provider (ws:// or wss://host:port/path).", valueName: "url"))
  var upstream: String

  @OptionGroup(title: "Provider")
  var transport: TransportOptions

  @Option(help: ArgumentHelp("Where frames are written down as they pass.", valueName: "file"))
  var journal: String

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port that consumers connect to; 0 takes a free one.")
  var port = 0

  func validate() throws {
    guard !transport.speaksForClient else {
      throw ValidationError(
        "--bearer, --basic, --compression and --unix-socket are the consumer's to say"
      )
    }
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
  }

  func run() async throws {
    var limits = ProxyLimits()
    limits.maximumFrameBytes = 64 * 1_048_576
    let proxy = try await RecordingProxy.start(
      upstream: try WebSocketURL(upstream),
      tls: transport.tls,
      host: host,
      port: port,
      recorder: try JournalRecorder(file: journal, keepsEvents: false),
      limits: limits
    )
    Terminal.say("READY \(proxy.url)\n")
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}
