import Contract
import JSON
import Pact
import Session
import WebSocket

@testable import Verify

/// A small provider: a hello on connect, a login that makes up a token, a list that needs it, news for
/// the other connections, and a goodbye.
actor ListService: WebSocketService {
  /// What it does wrong.
  enum Fault: Hashable, Sendable {
    case renamesLabel, sendsNoEnd, answersWithError, endsTwice, keepsNewsToItself
    case closesWithOtherCode, saysNoHello, refusesHandshake
    case greetsEverybody, forgetsLastListener, tellsSenderToo
    case staysOpen, drops, closesInsteadOfListing, closesOnConnect
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

  /// Verifies interactions against a provider with these faults.
  static func verify(
    _ faults: Set<Fault>,
    _ interactions: [Interaction],
    filter: String = ""
  ) async throws -> RunReport {
    let running = try await start(faults)
    var configuration = VerifyConfiguration(selection: InteractionSelection(text: filter))
    configuration.states = ProviderStateClient(url: "http://127.0.0.1:\(running.port)/states")
    configuration.replyTimeout = .milliseconds(faults.isEmpty ? 5_000 : 200)
    let contract = PactFile(consumer: "c", provider: "lists", interactions: interactions)
    let url = WebSocketURL(host: "127.0.0.1", port: running.port, path: "/")
    do {
      let report = try await Verifier(configuration).verify(
        [Verifier.Source(name: "c.json", contract: contract)],
        provider: url
      )
      await running.shutdown()
      return report
    } catch {
      await running.shutdown()
      throw error
    }
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    faults.contains(.refusesHandshake)
      ? .refuse(status: 403, reason: "not you") : .accept(subprotocol: nil)
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    connections.append(connection)
    guard !faults.contains(.closesOnConnect) else {
      connection.close(CloseCode(rawValue: 4_401), reason: "who are you")
      return
    }
    let greeted = faults.contains(.greetsEverybody) ? connections : [connection]
    guard !faults.contains(.saysNoHello) else { return }
    for connection in greeted { say(["op": "hello"], on: connection) }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    guard let value = try? JSONValue.parse(message.payload) else { return }
    let id = value["id"] ?? .null
    switch value["op"] {
    case "log_in" where isSetUp:
      token = "made up by connection \(connection.id)"
      say(["op": "logged_in", "id": id, "token": .string(token)], on: connection)
    case "list": list(value, id, on: connection)
    case "leave": leave(connection)
    default: say(["op": "error", "id": id], on: connection)
    }
  }

  private func leave(_ connection: ServerConnection) {
    guard !faults.contains(.staysOpen) else { return }
    guard !faults.contains(.drops) else { return connection.drop() }
    let code: UInt16 = faults.contains(.closesWithOtherCode) ? 4_001 : 4_000
    connection.close(CloseCode(rawValue: code), reason: "bye")
  }

  private func list(_ value: JSONValue, _ id: JSONValue, on connection: ServerConnection) {
    guard !faults.contains(.closesInsteadOfListing) else {
      connection.close(CloseCode(rawValue: 4_002), reason: "no")
      return
    }
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
    let isForSender = faults.contains(.tellsSenderToo)
    var listeners = connections.filter { isForSender || $0.id != connection.id }
    if faults.contains(.forgetsLastListener) { listeners.removeLast() }
    for listener in listeners { say(["op": "news"], on: listener) }
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
