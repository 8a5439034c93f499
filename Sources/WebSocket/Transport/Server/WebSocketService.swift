/// What a server says: an actor that runs on the server's event loop.
///
/// Every call comes from that loop, in the order of the wire; for one connection ``opened(_:request:)``
/// is the first call and ``closed(_:_:)`` the last.
package protocol WebSocketService: Actor {
  /// Judges an opening handshake; the default opens every connection without a subprotocol.
  func accept(_ request: HandshakeRequest) -> HandshakeDecision
  /// A connection is open.
  func opened(_ connection: ServerConnection, request: HandshakeRequest)
  /// A whole message came.
  func received(_ message: Message, on connection: ServerConnection)
  /// A ping came and was answered; the default does nothing more.
  func receivedPing(_ payload: [UInt8], on connection: ServerConnection)
  /// A pong came; the default does nothing.
  func receivedPong(_ payload: [UInt8], on connection: ServerConnection)
  /// A connection is over; nothing that is sent to it goes anywhere any more.
  func closed(_ connection: ServerConnection, _ closure: Closure)
  /// Answers plain HTTP on the same port; nil, the default, is a 404.
  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse?
}

extension WebSocketService {
  /// Opens the connection without a subprotocol.
  package func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    .accept(subprotocol: nil)
  }
  /// Does nothing.
  package func opened(_ connection: ServerConnection, request: HandshakeRequest) {}
  /// Does nothing.
  package func receivedPing(_ payload: [UInt8], on connection: ServerConnection) {}
  /// Does nothing.
  package func receivedPong(_ payload: [UInt8], on connection: ServerConnection) {}
  /// Does nothing.
  package func closed(_ connection: ServerConnection, _ closure: Closure) {}
  /// Answers nothing, which makes a 404.
  package func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? { nil }
}
