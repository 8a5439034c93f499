import ArgumentParser
import AsyncAPI
import Contract
import JSON
import JSONSchema
import ReferenceProviders
import Session
import WebSocket

/// `wspact-provider chat`: threads, agents and a heartbeat over one socket.
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Run the chat service of fixtures/chat/asyncapi.yml.",
    discussion: """
      Beside the socket at /ws it answers GET /health, and POST /_states which changes provider \
      states: 'no threads exist', 'a thread with messages' (thread_id, count) and 'an agent' \
      (agent_id, status).
      """
  )

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 8000

  @Option(help: "Close with 4401 whoever does not give this as ?token=.")
  var token: String?

  @Option(help: "How often each client is sent a ping, such as 30s or 250ms.")
  var pingInterval = DurationArgument(.seconds(30))

  @Option(help: "Close with 4408 whoever has not sent a pong for so long.")
  var pongTimeout = DurationArgument(.seconds(60))

  @Option(help: "Plant this fault; see --list-bugs.")
  var bug: String?

  @Flag(help: "List the faults that can be planted.")
  var listBugs = false

  @Option(help: "The AsyncAPI document (default: fixtures/chat/asyncapi.yml).")
  var spec: String?

  @OptionGroup
  var routes: RouteOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
  }

  func run() async throws {
    if listBugs { return printTable(ChatBug.allCases.map { ($0.rawValue, $0.summary) }) }
    do {
      try await serve()
    } catch {
      try fail(error)
    }
  }

  private func serve() async throws {
    let configuration = ChatProvider.Configuration(
      token: token,
      pingInterval: pingInterval.duration,
      pongTimeout: pongTimeout.duration,
      bug: try bug.map { try named($0, "bug") }
    )
    let path = try spec ?? defaultSpecification("fixtures/chat/asyncapi.yml")
    let api = try AsyncAPIDocument.load(path: path)
    let schemas = Dictionary(
      uniqueKeysWithValues: api.messages(travelling: .toProvider).map { ($0.name, $0.payload) }
    )
    var serving = ServerConfiguration(host: host, port: port)
    try routes.add(to: &serving)
    let termination = Termination()
    let server = try await WebSocketServer.start(serving) {
      ChatProvider(configuration, schemas: schemas, loop: $0, exit: { endProcess(1) })
    }
    announce("READY \(WebSocketURL(host: host, port: server.port, path: "/ws"))")
    await termination.wait()
    await server.shutdown()
  }
}
