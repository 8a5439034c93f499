import WebSocket

/// Says back what it hears.
actor EchoService: WebSocketService {
  private let loop: ServerLoop

  init(loop: ServerLoop) { self.loop = loop }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  func received(_ message: Message, on connection: ServerConnection) { connection.send(message) }
}
