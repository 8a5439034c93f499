import ArgumentParser
import Capture
import Session
import WebSocket

/// `wspact proxy`: writes down what passes, and makes nothing of it.
struct ProxyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proxy",
    abstract: "Write down every frame between consumers and a provider.",
    discussion: """
      wspact proxy --upstream ws://127.0.0.1:8000/ws --journal frames.jsonl

      Prints 'READY ws://HOST:PORT/PATH' when consumers can connect, and runs until it is ended. Every \
      frame is in the journal before it goes on, without its secrets; compressed messages are in it as \
      their text. While it grows, and after a kill, a journal ends with empty lines; to watch it, name \
      a pipe or /dev/stderr.
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

  @Flag(
    help: "Use one thread: lines of different connections are then in the order of the wire."
  )
  var oneThread = false

  @OptionGroup(title: "Consumers")
  var listening: ListeningOptions

  @OptionGroup(title: "Secrets")
  var secrets: RedactionOptions

  func validate() throws {
    guard !transport.speaksForClient else {
      throw ValidationError(
        "--bearer, --basic, --compression and --unix-socket are the consumer's to say"
      )
    }
  }

  func run() async throws {
    transport.warn()
    var limits = ProxyLimits()
    limits.maximumFrameBytes = 64 * 1_048_576
    let journal = try JournalRecorder(
      file: journal,
      onFailure: { Terminal.complain("error: \($0)") }
    )
    let redaction = try secrets.redaction
    let termination = Termination()
    let provider = try WebSocketURL(upstream)
    let proxy = try await RecordingProxy.start(
      upstream: provider,
      tls: transport.tls,
      httpProxy: TransportOptions.httpProxy(for: provider),
      host: host,
      port: listening.port,
      listeningTLS: listening.tls,
      usesAllCores: !oneThread,
      recorder: RedactingRecorder(
        recorder: journal,
        redaction: redaction,
        payloads: PayloadRedactor(redaction)
      ),
      limits: limits
    )
    Terminal.say("READY \(proxy.url)\n")
    await termination.wait()
    await proxy.shutdown(grace: .zero)
    journal.close()
    if journal.failure != nil { throw ExitStatus.unable }
  }
}
