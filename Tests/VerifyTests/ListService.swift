import JSON
import WebSocket

/// A small provider: a hello on connect, a login that makes up a token, a list that needs it, news for
/// the other connections, and a goodbye.
actor ListService: WebSocketService {
  /// What it does wrong.
  enum Fault: Hashable, Sendable {
    case renamesLabel, sendsNoEnd, answersWithError, endsTwice, keepsNewsToItself
    case closesWithOtherCode, saysNoHello, refusesHandshake
  }

  private let faults: Set<Fault>
  private let loop: ServerLoop
  private var connections: [ServerConnection] = []
  private var token = "no token"
  private var isSetUp = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  init(_ faults: Set<Fault>, loop: ServerLoop) {
    self.faults = faults
    self.loop = loop
  }

  static func start(_ faults: Set<Fault>) async throws -> WebSocketServer {
    try await WebSocketServer.start(ServerConfiguration()) { ListService(faults, loop: $0) }
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    faults.contains(.refusesHandshake)
      ? .refuse(status: 403, reason: "not you") : .accept(subprotocol: nil)
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    connections.append(connection)
    if !faults.contains(.saysNoHello) { say(["op": "hello"], on: connection) }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    guard let value = try? JSONValue.parse(message.payload) else { return }
    let id = value["id"] ?? .null
    switch value["op"] {
    case "log_in" where isSetUp:
      token = "made up by connection \(connection.id)"
      say(["op": "logged_in", "id": id, "token": .string(token)], on: connection)
    case "list": list(value, id, on: connection)
    case "leave":
      connection.close(
        CloseCode(rawValue: faults.contains(.closesWithOtherCode) ? 4_001 : 4_000),
        reason: "bye"
      )
    default: say(["op": "error", "id": id], on: connection)
    }
  }

  private func list(_ value: JSONValue, _ id: JSONValue, on connection: ServerConnection) {
    guard value["token"] == .string(token), !faults.contains(.answersWithError) else {
      say(["op": "error", "id": id], on: connection)
      return
    }
    let label = faults.contains(.renamesLabel) ? "Label" : "label"
    for name in ["first", "second"] {
      let tag: JSONValue = .object([label: "y"])
      say(["op": "item", "id": id, "name": .string(name), "tags": [tag]], on: connection)
    }
    let count = faults.contains(.sendsNoEnd) ? 0 : faults.contains(.endsTwice) ? 2 : 1
    for _ in 0..<count { say(["op": "end", "id": id, "token": .string(token)], on: connection) }
    guard !faults.contains(.keepsNewsToItself) else { return }
    for other in connections where other.id != connection.id { say(["op": "news"], on: other) }
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    guard let body = try? JSONValue.parse(request.body) else { return nil }
    isSetUp = body["action"] == "setup"
    return PlainHTTPResponse(status: 200, headers: [], body: Array("{}".utf8))
  }

  private func say(_ value: JSONValue, on connection: ServerConnection) {
    connection.send(Message(kind: .text, payload: value.bytes()))
  }
}
