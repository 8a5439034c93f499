import NIOCore

/// A server's side of a WebSocket connection.
///
/// What is sent goes out in order; nobody is told when. Calls from the server's event loop take
/// effect at once, calls from elsewhere soon. What a slow client leaves unread waits here, up to
/// ``ServerConfiguration/maximumUnsentBytes``; beyond that the connection is dropped.
package final class ServerConnection: Sendable, Identifiable {
  /// The connection's number, counted from 1 over the server's life.
  package let id: Int

  private let loop: any EventLoop
  private let metrics: ServerMetrics?
  private let handler: NIOLoopBoundBox<WebSocketHandler?>

  init(id: Int, loop: any EventLoop, metrics: ServerMetrics? = nil) {
    self.id = id
    self.loop = loop
    self.metrics = metrics
    handler = NIOLoopBoundBox(nil, eventLoop: loop)
  }

  /// Sets who does the work; nil once the connection is over.
  func attach(_ handler: WebSocketHandler?) {
    self.handler.value = handler
  }

  private func withHandler(_ body: @escaping @Sendable (WebSocketHandler) -> Void) {
    if loop.inEventLoop {
      if let handler = handler.value { body(handler) }
    } else {
      loop.execute {
        if let handler = self.handler.value { body(handler) }
      }
    }
  }

  /// Sends a message in one frame.
  package func send(_ message: Message) {
    // A service sends from here, where no closure need be made.
    if loop.inEventLoop {
      guard let handler = handler.value else { return }
      metrics?.sent.count(message)
      handler.send(message, promise: nil)
    } else {
      withHandler { [metrics] handler in
        metrics?.sent.count(message)
        handler.send(message, promise: nil)
      }
    }
  }

  /// Sends a ping.
  ///
  /// - Parameter payload: At most 125 bytes; more are cut off.
  package func ping(_ payload: [UInt8] = []) {
    withHandler { $0.ping(payload, promise: nil) }
  }

  /// Sends one frame with any header bits, such as a fragment.
  package func sendFrame(_ frame: Frame) {
    withHandler { $0.send(frame, promise: nil) }
  }

  /// Sends bytes without any framing, whatever they mean to the peer.
  package func sendRaw(_ bytes: [UInt8]) {
    withHandler { $0.sendRaw(bytes, promise: nil) }
  }

  /// Starts the closing handshake.
  ///
  /// - Parameters:
  ///   - code: Goes out as it is, also one that may not be sent; 1005 sends an empty frame.
  ///   - reason: At most 123 bytes of UTF-8; more are cut off.
  package func close(_ code: CloseCode = .normalClosure, reason: String = "") {
    withHandler { $0.close(code, reason: reason) }
  }

  /// Ends TCP without a close frame, as a server that crashes does.
  package func drop() {
    withHandler { $0.drop() }
  }
}
