import ArgumentParser
import Session
import WebSocket

/// `wspact-provider echo`: says each message back, as the Autobahn Testsuite wants it of a server.
struct EchoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "echo",
    abstract: "Send each message back to who sent it.",
    shouldDisplay: false
  )

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 9001

  @Flag(help: "Agree to permessage-deflate.")
  var compression = false

  @Option(
    help: ArgumentHelp(
      "Speak TLS with the certificate and key in this PEM file.",
      valueName: "file"
    )
  )
  var cert: String?

  @OptionGroup
  var routes: RouteOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
  }

  func run() async throws {
    var configuration = ServerConfiguration(host: host, port: port)
    configuration.maximumFrameBytes = 64 * 1_048_576
    configuration.maximumMessageBytes = 64 * 1_048_576
    configuration.maximumUnsentBytes = 256 * 1_048_576
    configuration.compression = compression ? CompressionSettings() : nil
    configuration.tls = cert.map { ServerTLS(certificate: $0) }
    let termination = Termination()
    do {
      try routes.add(to: &configuration)
      let server = try await WebSocketServer.start(configuration) { EchoService(loop: $0) }
      let scheme: WebSocketURL.Scheme = cert == nil ? .ws : .wss
      announce("READY \(WebSocketURL(scheme: scheme, host: host, port: server.port))")
      await termination.wait()
      await server.shutdown()
    } catch {
      try fail(error)
    }
  }
}

/// Says back what it hears.
private actor EchoService: WebSocketService {
  private let loop: ServerLoop

  init(loop: ServerLoop) { self.loop = loop }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  func received(_ message: Message, on connection: ServerConnection) { connection.send(message) }
}
