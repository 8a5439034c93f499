import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct WebSocketServerTests {
  // MARK: Opening

  @Test func `messages come back, with times that are in order`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    for text in ["hello", "", "κόσμε 🙂", String(repeating: "x", count: 70_000)] {
      let sent = try await client.send(.text(text))
      guard case .message(let message, let read) = try await client.nextEvent(until: nil) else {
        Issue.record("no message")
        return
      }
      #expect(message == .text(text))
      #expect(sent < read)
    }
    let binary = Message.binary((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
    #expect(try await client.exchange(binary) == binary)
    let closure = await client.close(4000, reason: "done")
    #expect(closure.code == 4000)
    #expect(closure.isClean)
    let seen = await echo.service.closures(1)
    #expect(seen.first?.code == 4000)
    #expect(seen.first?.reason == "done")
    #expect(seen.first?.initiator == .remote)
    #expect(seen.first?.isClean == true)
    await echo.server.shutdown()
  }

  @Test func `the service chooses among the offered subprotocols`() async throws {
    let echo = try await EchoServer.start(decide: { request in
      .accept(subprotocol: request.subprotocols.last)
    })
    let client = try await echo.connect { $0.subprotocols = ["chat.v1", "chat.v2"] }
    #expect(client.subprotocol == "chat.v2")
    await client.close()
    let plain = try await echo.connect()
    #expect(plain.subprotocol == nil)
    await plain.close()
    await echo.server.shutdown()
  }

  @Test func `a client that begins with TLS is refused at once`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])
    #expect(await peer.takeHead().hasPrefix("HTTP/1.1 400 "))
    try await peer.close()
    await echo.server.shutdown()
  }

  @Test func `a subprotocol that was not offered is the server's fault`() async throws {
    let echo = try await EchoServer.start(decide: { _ in .accept(subprotocol: "mine") })
    let error = await #expect(throws: TransportError.self) { _ = try await echo.connect() }
    #expect(
      error?.description
        == "the server refused the WebSocket handshake with status 500 (Internal Server Error):"
        + " the subprotocol 'mine' was not offered"
    )
    await echo.server.shutdown()
  }

  @Test func `the service refuses with a status and a sentence`() async throws {
    let echo = try await EchoServer.start(decide: { request in
      request.queryValue("token") == "t"
        ? .accept(subprotocol: nil) : .refuse(status: 401, reason: "the token is missing")
    })
    let error = await #expect(throws: TransportError.self) { _ = try await echo.connect() }
    #expect(
      error?.description
        == "the server refused the WebSocket handshake with status 401 (Unauthorized):"
        + " the token is missing"
    )
    let client = try await echo.connect("/ws?token=t")
    await client.close()
    await echo.server.shutdown()
  }

  @Test func `what the service sends on opening comes right behind the handshake`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect("/ws?greetings=3")
    for number in 0..<3 {
      #expect(try await client.nextMessage() == .text("greeting \(number)"))
    }
    await client.close()
    await echo.server.shutdown()
  }

  @Test func `frames in the same packet as the handshake are read`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    let request = """
      GET /ws HTTP/1.1\r
      Host: x\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r\n
      """
    try await peer.send(Array(request.utf8) + Frame.text("early").masked)
    #expect(await peer.takeHead().hasPrefix("HTTP/1.1 101 "))
    #expect(await peer.takeFrame() == .text("early"))
    try await peer.close()
    await echo.server.shutdown()
  }

  struct Bad: CustomTestStringConvertible {
    let request: String
    let status: Int
    let reason: String
    var testDescription: String { reason }
  }

  static let bad = [
    Bad(request: "nonsense\r\n\r\n", status: 400, reason: "'nonsense' is not an HTTP request line"),
    Bad(
      request: "GET / HTTP/3.0\r\n\r\n",
      status: 505,
      reason: "HTTP version '3.0' is not 1.0 or 1.1"
    ),
    Bad(
      request: "GET / HTTP/1.1\r\nA: \(String(repeating: "a", count: 17_000))",
      status: 431,
      reason: "the header is longer than 16384 bytes"
    ),
    Bad(
      request: "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
      status: 400,
      reason: "the Connection header does not name 'Upgrade'"
    ),
  ]

  @Test(arguments: bad)
  func `a request that cannot be accepted gets a sentence`(bad: Bad) async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.send(bad.request)
    let answer = String(decoding: await peer.waitForEnd(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 \(bad.status) "))
    #expect(answer.hasSuffix("\r\n\r\n\(bad.reason)\n"))
    try await peer.close()
    await echo.server.shutdown()
  }

  @Test func `a client that says nothing is not waited for`() async throws {
    let echo = try await EchoServer.start { $0.handshakeTimeout = .milliseconds(30) }
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.send("GET / HTTP/1.1\r\n")
    let answer = String(decoding: await peer.waitForEnd(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    try await peer.close()
    await echo.server.shutdown()
  }

  @Test func `more connections than allowed are answered with 503`() async throws {
    let echo = try await EchoServer.start { $0.maximumConnections = 2 }
    let first = try await echo.connect()
    let second = try await echo.connect()
    let error = await #expect(throws: TransportError.self) { _ = try await echo.connect() }
    #expect(error?.description.contains("503") == true)
    await first.close()
    await second.close()
    _ = await echo.service.closures(2)
    await echo.server.shutdown()
  }

  @Test func `a port in use says so`() async throws {
    let echo = try await EchoServer.start()
    let error = await #expect(throws: TransportError.self) {
      _ = try await EchoServer.start { $0.port = echo.server.port }
    }
    #expect(
      error?.description
        == "cannot listen on 127.0.0.1:\(echo.server.port):"
        + " the port is in use; port 0 takes a free one"
    )
    await echo.server.shutdown()
  }

  @Test func `IPv6 loopback works where the machine has it`() async throws {
    let server: EchoServer
    do {
      server = try await EchoServer.start { $0.host = "::1" }
    } catch TransportError.cannotListen {
      return
    }
    let url = try WebSocketURL("ws://[::1]:\(server.server.port)/ws")
    let answer = try await withConnection(ConnectRequest(url: url)) { client in
      try await client.exchange(.text("six"))
    }
    #expect(answer == .text("six"))
    await server.server.shutdown()
  }

  // MARK: Talking

  @Test func `a hundred connections talk at once`() async throws {
    let echo = try await EchoServer.start()
    try await withThrowingTaskGroup { group in
      for number in 0..<100 {
        group.addTask {
          try await withConnection(ConnectRequest(url: echo.url())) { client in
            for round in 0..<10 {
              let message = Message.text("\(number) \(round)")
              let answer = try await client.exchange(message)
              #expect(answer == message)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let closures = await echo.service.closures(100)
    #expect(closures.filter(\.isClean).count == 100)
    await echo.server.shutdown()
  }

  @Test func `sends from many tasks all arrive whole`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    try await withThrowingTaskGroup { group in
      for number in 0..<50 {
        group.addTask { _ = try await client.send(.text("message \(number)")) }
      }
      try await group.waitForAll()
    }
    var texts: Set<String> = []
    for _ in 0..<50 { texts.insert(try await client.nextMessage()?.text ?? "") }
    #expect(texts == Set((0..<50).map { "message \($0)" }))
    await client.close()
    await echo.server.shutdown()
  }

  @Test func `fragments with a ping between come back as one message`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    try await client.sendFrame(.text("Hel", isFinal: false))
    try await client.sendFrame(Frame(.ping, payload: [9]))
    try await client.sendFrame(.continuation("lo"))
    guard case .pong([9], _) = try await client.nextEvent(until: nil) else {
      Issue.record("no pong")
      return
    }
    #expect(try await client.nextMessage() == .text("Hello"))
    await client.close()
    await echo.server.shutdown()
  }

  @Test func `a big message goes through, a bigger one is answered with 1009`() async throws {
    let echo = try await EchoServer.start { configuration in
      configuration.maximumFrameBytes = 4 * 1_048_576
      configuration.maximumMessageBytes = 4 * 1_048_576
    }
    let client = try await echo.connect()
    let big = Message.binary([UInt8](repeating: 1, count: 4 * 1_048_576))
    #expect(try await client.exchange(big) == big)
    // The server closes while the message is on its way.
    _ = try? await client.send(.binary(big.payload + [1]))
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.code == .messageTooBig)
    #expect(closure.reason == "frame of 4194305 bytes; the limit is 4194304")
    #expect(closure.initiator == .remote)
    let seen = await echo.service.closures(1)
    #expect(seen.first?.violation == .frameTooLong(4_194_305, limit: 4_194_304))
    await echo.server.shutdown()
  }

  @Test func `fragments that become too long together are answered with 1009`() async throws {
    let echo = try await EchoServer.start { $0.maximumMessageBytes = 1000 }
    let client = try await echo.connect()
    let start = [UInt8](repeating: 1, count: 600)
    try await client.sendFrame(Frame(.binary, payload: start, isFinal: false))
    try await client.sendFrame(Frame(.continuation, payload: [UInt8](repeating: 2, count: 401)))
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.code == .messageTooBig)
    #expect(await echo.service.closures(1).first?.violation == .messageTooLong(1001, limit: 1000))
    await echo.server.shutdown()
  }

  @Test func `answers at once may be more than may wait when the client reads`() async throws {
    let echo = try await EchoServer.start { $0.maximumUnsentBytes = 200_000 }
    let client = try await echo.connect("/ws?numbers=300")
    for number in 0..<300 {
      let byte = UInt8(truncatingIfNeeded: number)
      let expected = [UInt8](repeating: byte, count: EchoService.numberBytes)
      #expect(try await client.nextMessage() == .binary(expected))
    }
    try await client.send(.text("again 300"))
    for _ in 0..<300 { #expect(try await client.nextMessage() != nil) }
    await client.close()
    await echo.server.shutdown()
  }

  @Test func `small messages that wait for a slow reader stay what they were`() async throws {
    let echo = try await EchoServer.start()
    let client = try await RawPeer.connect(to: echo.server.port)
    try await client.stopReading()
    // More than the sockets hold, so that most of it waits in the server.
    let (count, size) = (10_000, EchoService.numberBytes)
    try await client.openWebSocketWithoutAnswer(path: "/ws?numbers=\(count)")
    _ = await echo.service.opened(1)
    try await client.startReading()
    _ = await client.takeHead()
    let expected = (0..<count).flatMap { number in
      let payload = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size)
      return Frame(.binary, payload: payload).plain
    }
    #expect(await client.take(expected.count) == expected)
    try await client.close()
    await echo.server.shutdown()
  }

  @Test func `pings of the server are answered`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    #expect(try await client.exchange(.text("ready")) == .text("ready"))
    await echo.service.open.first?.ping([5, 6])
    #expect(try await client.nextMessage() == .binary([5, 6]))
    await client.close()
    await echo.server.shutdown()
  }

  @Test func `a client that does not read is not read from, and memory stays bounded`() async throws
  {
    let echo = try await EchoServer.start { $0.maximumUnsentBytes = 2 * 1_048_576 }
    let client = try await RawPeer.connect(to: echo.server.port)
    try await client.openWebSocket()
    try await client.stopReading()
    let payload = [UInt8](repeating: 3, count: 50_000)
    let frame = Frame(.binary, payload: payload).masked
    let count = 2_000
    let sending = Task {
      for _ in 0..<count { try await client.send(frame) }
    }
    // A hundred megabytes do not fit into what the sockets and the server hold, so the echo of
    // the last one proves that the sender was stopped and not the connection dropped.
    try await client.startReading()
    let total = count * (payload.count + 4)
    #expect(await client.take(total).count == total)
    try await sending.value
    try await client.close()
    #expect(await echo.service.closures(1).first?.failure == .ended)
    await echo.server.shutdown()
  }

  @Test func `a client that does not read what the server pushes is dropped`() async throws {
    let echo = try await EchoServer.start { $0.maximumUnsentBytes = 100_000 }
    let client = try await RawPeer.connect(to: echo.server.port)
    try await client.stopReading()
    try await client.openWebSocketWithoutAnswer()
    var connection: ServerConnection?
    while connection == nil {
      connection = await echo.service.open.first
      await Task.yield()
    }
    let message = Message.binary([UInt8](repeating: 1, count: 1_048_576))
    while await !echo.service.open.isEmpty { connection?.send(message) }
    let closure = await echo.service.closures(1).first
    guard case .slowReader(let bytes) = closure?.failure else {
      Issue.record("\(String(describing: closure))")
      return
    }
    #expect(bytes > 100_000)
    #expect(bytes < 3 * 1_048_576)
    try await client.close()
    await echo.server.shutdown()
  }

  // MARK: Ending

  @Test(arguments: [UInt16(1000), 1002, 1011, 4401, 4408])
  func `the service closes with any code`(code: UInt16) async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    try await client.send(.text("close \(code)"))
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.code?.rawValue == code)
    #expect(closure.reason == "asked")
    #expect(closure.initiator == .remote)
    #expect(closure.isClean)
    #expect(await echo.service.closures(1).first?.isClean == true)
    await echo.server.shutdown()
  }

  @Test func `a drop by the service has no code`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    try await client.send(.text("drop"))
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.code == nil)
    #expect(closure.initiator == .remote)
    #expect(!closure.isClean)
    let seen = await echo.service.closures(1)
    #expect(seen.first?.failure == .dropped)
    #expect(seen.first?.initiator == .local)
    await echo.server.shutdown()
  }

  @Test func `a drop by the client is seen by the service`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    client.drop()
    let seen = await echo.service.closures(1)
    #expect(seen.first?.code == nil)
    #expect(seen.first?.initiator == .remote)
    #expect(seen.first?.failure == .ended)
    await echo.server.shutdown()
  }

  @Test func `bad text is answered with 1007 and the close frame is not lost`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.openWebSocket()
    let bad = Frame(.text, payload: [0x61, 0xFF]).masked
    // More bytes behind the bad frame must not turn the answer into a reset.
    try await peer.send(bad + [UInt8](repeating: 0, count: 200_000))
    #expect(await peer.takeFrame() == Frame.close(1007, "text is not UTF-8 at byte 1"))
    #expect(await peer.waitForEnd().isEmpty)
    try await peer.close()
    #expect(await echo.service.closures(1).first?.violation == .invalidUTF8(byteOffset: 1))
    await echo.server.shutdown()
  }

  @Test func `a shutdown closes every connection with 1001`() async throws {
    let echo = try await EchoServer.start()
    let first = try await echo.connect()
    let second = try await echo.connect()
    await echo.server.shutdown()
    #expect(try await first.allEvents().closure?.code == .goingAway)
    #expect(try await second.allEvents().closure?.code == .goingAway)
    #expect(await echo.service.closures(2).count == 2)
    // Another test may have got the port meanwhile.
    if let port = ReservedPort(echo.server.port) {
      await #expect(throws: TransportError.connectionRefused(echo.url())) {
        _ = try await echo.connect()
      }
      #expect(port.number == echo.server.port)
    }
    await echo.server.waitUntilClosed()
    await echo.server.shutdown()
  }

  @Test func `a shutdown does not wait for a client that does not answer`() async throws {
    let echo = try await EchoServer.start { $0.closeTimeout = .milliseconds(30) }
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.openWebSocket()
    await echo.server.shutdown()
    #expect(await peer.takeFrame() == Frame.close(1001))
    await peer.waitForEnd()
  }

  @Test func `work is scheduled on the loop and can be cancelled`() async throws {
    let echo = try await EchoServer.start()
    let loop = echo.service.loop
    let done = OneShot<String>()
    let cancelled = loop.schedule(after: .milliseconds(1)) { done.fulfil("cancelled work ran") }
    cancelled.cancel()
    loop.schedule(after: .milliseconds(2)) {
      echo.service.assumeIsolated { _ in _ = done.fulfil("ran on the service's loop") }
    }
    #expect(await done.value(ifCancelled: "") == "ran on the service's loop")
    await echo.server.shutdown()
  }
}
