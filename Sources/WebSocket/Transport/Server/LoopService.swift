/// A service as the server calls it: on its loop, without a change of thread.
struct LoopService {
  private let actor: any WebSocketService

  init(_ actor: any WebSocketService) {
    self.actor = actor
  }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    assume(actor) { $0.accept(request) }
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    assume(actor) { $0.opened(connection, request: request) }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    assume(actor) { $0.received(message, on: connection) }
  }

  func receivedPing(_ payload: [UInt8], on connection: ServerConnection) {
    assume(actor) { $0.receivedPing(payload, on: connection) }
  }

  func receivedPong(_ payload: [UInt8], on connection: ServerConnection) {
    assume(actor) { $0.receivedPong(payload, on: connection) }
  }

  func closed(_ connection: ServerConnection, _ closure: Closure) {
    assume(actor) { $0.closed(connection, closure) }
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    assume(actor) { $0.respond(to: request) }
  }

  /// Traps when the service does not run on the server's loop, which its author has to mend.
  private func assume<Service: WebSocketService, Outcome: Sendable>(
    _ service: Service,
    _ body: (isolated Service) -> Outcome
  ) -> Outcome {
    service.assumeIsolated(body)
  }
}
