import JSON
import WebSocket

/// A provider for tests: it does what a closure says to each message.
actor ScriptedProvider: WebSocketService {
  typealias Script = @Sendable (JSONValue, ServerConnection, [ServerConnection]) -> Void

  nonisolated let unownedExecutor: UnownedSerialExecutor
  private let script: Script
  private let greeting: String?
  private var connections: [ServerConnection] = []
  private var states: [String] = []

  init(_ loop: ServerLoop, greeting: String? = nil, script: @escaping Script) {
    unownedExecutor = loop.executor
    self.greeting = greeting
    self.script = script
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    guard request.queryValue("token") != "wrong" else {
      return .refuse(status: 401, reason: "the token is wrong")
    }
    return .accept(subprotocol: request.subprotocols.first)
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    connections.append(connection)
    if let greeting { connection.send(.text(greeting)) }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    let value = (try? JSONValue.parse(message.payload)) ?? .null
    script(value, connection, connections.filter { $0.id != connection.id })
  }

  func closed(_ connection: ServerConnection, _ closure: Closure) {
    connections.removeAll { $0.id == connection.id }
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    guard request.target == "/_states", let body = try? JSONValue.parse(request.body) else {
      return nil
    }
    guard body["state"] != "unknown" else { return .text("no such state", status: 400) }
    states.append(body.text())
    return .text(JSONValue.object(["calls": .array(states.map { .string($0) })]).text())
  }
}

/// Runs a test against a provider that does what a closure says.
@discardableResult
func withProvider<Result>(
  greeting: String? = nil,
  script: @escaping ScriptedProvider.Script = { message, connection, _ in
    connection.send(.text(message.text()))
  },
  isolation: isolated (any Actor)? = #isolation,
  _ body: (WebSocketURL) async throws -> Result
) async throws -> Result {
  let server = try await WebSocketServer.start(ServerConfiguration()) {
    ScriptedProvider($0, greeting: greeting, script: script)
  }
  do {
    let url = WebSocketURL(host: "127.0.0.1", port: server.port, path: "/ws")
    let result = try await body(url)
    await server.shutdown()
    return result
  } catch {
    await server.shutdown()
    throw error
  }
}
