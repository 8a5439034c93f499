import JSON
import Synchronization
import WebSocket

/// A small provider that says each request back as `said`, and answers provider states with values.
actor MirrorService: WebSocketService {
  /// What was heard, by all services of one test.
  final class Log: Sendable {
    private let values = Mutex<[JSONValue]>([])
    private let calls = Mutex<[String]>([])

    func add(_ value: JSONValue) { values.withLock { $0.append(value) } }
    func call(_ text: String) { calls.withLock { $0.append(text) } }
    var heard: [JSONValue] { values.withLock { $0 } }
    var stateCalls: [String] { calls.withLock { $0 } }
  }

  private let log: Log
  private let stateAnswer: JSONValue
  private let loop: ServerLoop

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  init(_ log: Log, stateAnswer: JSONValue, loop: ServerLoop) {
    self.log = log
    self.stateAnswer = stateAnswer
    self.loop = loop
  }

  static func start(_ log: Log, stateAnswer: JSONValue = [:]) async throws -> WebSocketServer {
    try await WebSocketServer.start(ServerConfiguration()) {
      MirrorService(log, stateAnswer: stateAnswer, loop: $0)
    }
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision { .accept(subprotocol: nil) }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {}

  func received(_ message: Message, on connection: ServerConnection) {
    guard var value = try? JSONValue.parse(message.payload) else { return }
    log.add(value)
    value.set("said", at: JSONPointer(tokens: ["op"]))
    connection.send(Message(kind: .text, payload: value.bytes()))
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    guard let body = try? JSONValue.parse(request.body) else { return nil }
    log.call("\(body["action"]?.stringValue ?? "") \(body["state"]?.stringValue ?? "")")
    return PlainHTTPResponse(status: 200, headers: [], body: stateAnswer.bytes())
  }
}
