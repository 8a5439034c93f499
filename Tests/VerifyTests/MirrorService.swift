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
  /// How late the first requests are answered, one after the other.
  private let delays: [Duration]
  private let loop: ServerLoop

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  init(_ log: Log, stateAnswer: JSONValue, delays: [Duration], loop: ServerLoop) {
    self.log = log
    self.stateAnswer = stateAnswer
    self.delays = delays
    self.loop = loop
  }

  static func start(
    _ log: Log,
    stateAnswer: JSONValue = [:],
    delays: [Duration] = []
  ) async throws -> WebSocketServer {
    try await WebSocketServer.start(ServerConfiguration()) {
      MirrorService(log, stateAnswer: stateAnswer, delays: delays, loop: $0)
    }
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision { .accept(subprotocol: nil) }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {}

  func received(_ message: Message, on connection: ServerConnection) {
    guard var value = try? JSONValue.parse(message.payload) else { return }
    let number = log.heard.count
    log.add(value)
    value.set("said", at: JSONPointer(tokens: ["op"]))
    let answer = Message(kind: .text, payload: value.bytes())
    guard delays.indices.contains(number) else { return connection.send(answer) }
    // The answer is late by the clock that judges it, however fast the machine is; away from the loop,
    // which the client may share.
    let time = MonotonicTime.now().advanced(by: delays[number])
    Task.detached {
      while MonotonicTime.now() < time { await Task.yield() }
      connection.send(answer)
    }
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    guard let body = try? JSONValue.parse(request.body) else { return nil }
    log.call("\(body["action"]?.stringValue ?? "") \(body["state"]?.stringValue ?? "")")
    return PlainHTTPResponse(status: 200, headers: [], body: stateAnswer.bytes())
  }
}
