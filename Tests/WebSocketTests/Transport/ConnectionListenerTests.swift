import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ConnectionListenerTests {
  /// Writes down what it hears, and answers texts that begin with a question mark.
  private final class Listener: ConnectionListener {
    let heard = Watched<[String]>([])

    func received(_ message: Message, on connection: ClientConnection, at time: MonotonicTime) {
      let text = message.text ?? "binary"
      heard.update { $0.append(text) }
      if text.hasPrefix("?") { connection.post(.text("re: " + text.dropFirst())) }
    }

    func receivedPing(
      _ payload: [UInt8],
      on connection: ClientConnection,
      at time: MonotonicTime
    ) {
      heard.update { $0.append("ping \(payload)") }
    }

    func receivedPong(
      _ payload: [UInt8],
      on connection: ClientConnection,
      at time: MonotonicTime
    ) {
      heard.update { $0.append("pong \(payload)") }
    }

    func closed(_ connection: ClientConnection, _ closure: Closure) {
      heard.update { $0.append("\(closure)") }
    }
  }

  @Test func `a listener hears everything in order and answers at once`() async throws {
    let listener = Listener()
    let (client, peer) = try await connectedPair { $0.listener = listener }
    try await peer.send(Frame.text("one").plain + Frame.text("?two").plain)
    #expect(await peer.takeFrame() == .text("re: two"))
    try await peer.send(Frame(.ping, payload: [1]).plain + Frame(.pong, payload: [2]).plain)
    #expect(await peer.takeFrame() == Frame(.pong, payload: [1]))
    try await client.send(.text("also from a task"))
    #expect(await peer.takeFrame() == .text("also from a task"))
    try await peer.send(Frame.close(1001, "restart").plain)
    #expect(await peer.takeFrame() == Frame.close(1001))
    try await peer.close()
    await listener.heard.wait { $0.count == 5 }
    #expect(
      listener.heard.value == [
        "one", "?two", "ping [1]", "pong [2]",
        "closed by the peer with 1001 (going away): restart",
      ]
    )
    #expect(client.closure?.code == .goingAway)
  }

  @Test func `frames right behind the handshake are heard`() async throws {
    let listener = Listener()
    let server = try await RawServer.start()
    var request = ConnectRequest(url: server.url)
    request.listener = listener
    async let connecting = ClientConnection.connect(request)
    let peer = try await server.accept()
    try await peer.acceptWebSocket(followedBy: Frame.text("early").plain)
    let client = try await connecting
    await listener.heard.wait { $0 == ["early"] }
    #expect(await client.close(1000).initiator == .local)
    try await server.close()
  }

  @Test func `a connection with a listener lives although nobody holds it`() async throws {
    let echo = try await EchoServer.start()
    let listener = Listener()
    do {
      let client = try await echo.connect { $0.listener = listener }
      try await client.send(.text("?kept"))
    }
    await listener.heard.wait { $0.count == 2 }
    #expect(listener.heard.value == ["?kept", "re: kept"])
    await echo.server.shutdown()
    await listener.heard.wait { $0.count == 3 }
    #expect(listener.heard.value.last == "closed by the peer with 1001 (going away)")
  }

  @Test func `a listener that answers a server which does not read stops reading`() async throws {
    let listener = Listener()
    let (client, peer) = try await connectedPair {
      $0.listener = listener
      $0.maximumUnsentBytes = 1_048_576
    }
    try await peer.stopReading()
    let question = "?" + String(repeating: "x", count: 50_000)
    let frame = Frame.text(question).plain
    let count = 500
    let sending = Task {
      for _ in 0..<count { try await peer.send(frame) }
    }
    // The answers do not fit into the sockets: that all arrive proves that the client waited.
    try await peer.startReading()
    let answer = Frame.text("re: " + question.dropFirst()).masked.count
    #expect(await peer.take(count * answer).count == count * answer)
    try await sending.value
    #expect(client.closure == nil)
    client.drop()
  }
}
