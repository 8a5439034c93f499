import WebSocket

/// Sends each message back; keeps what it saw for the test.
actor EchoService: WebSocketService {
  nonisolated let loop: ServerLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }
  private let decision: @Sendable (HandshakeRequest) -> HandshakeDecision
  private(set) var closures: [Closure] = []

  init(
    _ loop: ServerLoop,
    decision: @escaping @Sendable (HandshakeRequest) -> HandshakeDecision = { _ in
      .accept(subprotocol: nil)
    }
  ) {
    self.loop = loop
    self.decision = decision
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision { decision(request) }

  func received(_ message: Message, on connection: ServerConnection) {
    connection.send(message)
  }

  func closed(_ connection: ServerConnection, _ closure: Closure) {
    closures.append(closure)
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    request.path == "/hello" ? .text("hello \(request.body.count)") : nil
  }
}
