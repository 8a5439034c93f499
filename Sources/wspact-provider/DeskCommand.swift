import ArgumentParser
import AsyncAPI
import Contract
import JSON
import ReferenceProviders
import Session
import WebSocket

/// `wspact-provider desk`: orders, sessions and who watches, over one socket.
struct DeskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk",
    abstract: "Run the order desk of fixtures/desk/asyncapi.yml.",
    discussion: "Beside the socket at /desk it answers GET /health."
  )

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 8001

  @Option(help: "Plant this fault; see --list-bugs.")
  var bug: String?

  @Option(help: "Be odd in this way, and still correct; see --list-decoys.")
  var decoy: String?

  @Flag(help: "List the faults that can be planted.")
  var listBugs = false

  @Flag(help: "List the ways to be odd.")
  var listDecoys = false

  @Option(help: "The AsyncAPI document (default: fixtures/desk/asyncapi.yml).")
  var spec: String?

  @OptionGroup
  var routes: RouteOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535")
    }
  }

  func run() async throws {
    if listBugs { return printTable(DeskBug.allCases.map { ($0.rawValue, $0.summary) }) }
    if listDecoys { return printTable(DeskDecoy.allCases.map { ($0.rawValue, $0.summary) }) }
    do {
      try await serve()
    } catch {
      try fail(error)
    }
  }

  private func serve() async throws {
    let configuration = DeskProvider.Configuration(
      bug: try bug.map { try named($0, "bug") },
      decoy: try decoy.map { try named($0, "decoy") }
    )
    let path = try spec ?? defaultSpecification("fixtures/desk/asyncapi.yml")
    let api = try AsyncAPIDocument.load(path: path)
    let schemas = Dictionary(
      uniqueKeysWithValues: api.messages(travelling: .toProvider).map { ($0.name, $0.payload) }
    )
    var serving = DeskProvider.server(configuration, host: host, port: port)
    try routes.add(to: &serving)
    let wire = try await FaultyWire.start(configuration.bug, host: host, port: port)
    if wire != nil { serving.port = 0 }
    let termination = Termination()
    let surroundings = plantedSurroundings()
    let server = try await WebSocketServer.start(serving) {
      DeskProvider(configuration, schemas: schemas, loop: $0, surroundings: surroundings)
    }
    try await wire?.lead(to: server.port)
    let shown = wire?.port ?? server.port
    announce("READY \(WebSocketURL(host: host, port: shown, path: "/desk"))")
    await termination.wait()
    await wire?.shutdown()
    await server.shutdown()
  }
}
