import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ClientConnectionTests {
  // MARK: Connecting

  @Test func `a refused connection says so`() async throws {
    let port = try #require(ReservedPort())
    let url = WebSocketURL(host: "127.0.0.1", port: port.number)
    let error = await #expect(throws: TransportError.self) {
      _ = try await ClientConnection.connect(ConnectRequest(url: url))
    }
    #expect(error == .connectionRefused(url))
    #expect(
      error?.description
        == "connection refused by 127.0.0.1:\(port.number); is the provider running?"
    )
  }

  @Test func `a header that cannot be sent is refused before anything is sent`() async throws {
    let request = ConnectRequest(
      url: WebSocketURL(host: "127.0.0.1", port: 9),
      headers: [HeaderField("a b", "c")]
    )
    await #expect(throws: TransportError.invalidRequest("header name 'a b' is not a token")) {
      _ = try await ClientConnection.connect(request)
    }
  }

  @Test func `a refused handshake shows status, headers and the start of the body`() async throws {
    let server = try await RawServer.start()
    async let connecting = Result { try await ClientConnection.connect(.init(url: server.url)) }
    let peer = try await server.accept()
    _ = await peer.takeHead()
    try await peer.send(
      "HTTP/1.1 403 Forbidden\r\nX-Why: token\r\nContent-Length: 9\r\n\r\nno\n entry"
    )
    let result = await connecting
    guard case .failure(let error as TransportError) = result,
      case .handshakeRefused(let response) = error
    else {
      Issue.record("\(result)")
      return
    }
    #expect(response.status == 403)
    #expect(response.header("x-why") == "token")
    #expect(response.bodyStart == Array("no\n entry".utf8))
    #expect(
      error.description
        == "the server refused the WebSocket handshake with status 403 (Forbidden): no entry"
    )
  }

  @Test func `a redirect is named and not followed`() {
    let response = HandshakeResponse(status: 302, headers: [HeaderField("Location", "ws://b/")])
    #expect(
      TransportError.handshakeRefused(response).description
        == "the server refused the WebSocket handshake with status 302,"
        + " a redirect to 'ws://b/' which is not followed; give that URL instead"
    )
  }

  struct Answer: CustomTestStringConvertible {
    let text: String
    let reason: String
    var testDescription: String { reason }
  }

  static let answers = [
    Answer(text: "", reason: "the server ended the connection without answering"),
    Answer(
      text: "HTTP/1.1 101 S",
      reason: "the server ended the connection in the middle of its answer"
    ),
    Answer(text: "SSH-2.0-x\r\n", reason: "'SSH-2.0-x\\u{d}\\u{a}' is not an HTTP status line"),
    Answer(
      text: "HTTP/1.1 101 S\r\nUpgrade: x\r\n\r\n",
      reason: "its Upgrade header does not name 'websocket'"
    ),
  ]

  @Test(arguments: answers)
  func `an answer that cannot be accepted is explained`(answer: Answer) async throws {
    let server = try await RawServer.start()
    async let connecting = Result { try await ClientConnection.connect(.init(url: server.url)) }
    let peer = try await server.accept()
    _ = await peer.takeHead()
    try await peer.send(answer.text)
    try await peer.close()
    let result = await connecting
    guard case .failure(let error as TransportError) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error == .invalidHandshake(reason: answer.reason))
  }

  @Test func `a server that does not answer runs into the time limit`() async throws {
    let server = try await RawServer.start()
    var request = ConnectRequest(url: server.url)
    request.handshakeTimeout = .milliseconds(50)
    let expected = TransportError.timedOut(.handshake, after: .milliseconds(50), url: server.url)
    await #expect(throws: expected) { _ = try await ClientConnection.connect(request) }
    #expect(
      expected.description
        == "the WebSocket handshake with 127.0.0.1:\(server.port) was not there within 50 ms"
    )
  }

  @Test func `a cancelled connect ends at once and leaves no connection`() async throws {
    let server = try await RawServer.start()
    let task = Task { try await ClientConnection.connect(ConnectRequest(url: server.url)) }
    let peer = try await server.accept()
    let head = await peer.takeHead()
    task.cancel()
    await #expect(throws: TransportError.cancelled) { _ = try await task.value }
    try await peer.send(RawPeer.acceptance(of: head))
    await peer.waitForEnd()
  }

  @Test func `interim answers are passed over`() async throws {
    let server = try await RawServer.start()
    async let connecting = ClientConnection.connect(ConnectRequest(url: server.url))
    let peer = try await server.accept()
    let head = await peer.takeHead()
    try await peer.send(
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + RawPeer.acceptance(of: head)
    )
    let client = try await connecting
    #expect(client.handshake.status == 101)
    client.drop()
  }

  // MARK: Messages

  @Test func `frames right behind the handshake and the end behind them all arrive`() async throws {
    let server = try await RawServer.start()
    async let connecting = ClientConnection.connect(ConnectRequest(url: server.url))
    let peer = try await server.accept()
    let head = await peer.takeHead()
    let frames = Frame.text("a").plain + Frame.text("b").plain
    try await peer.send(Array(RawPeer.acceptance(of: head).utf8) + frames)
    try await peer.close()
    let client = try await connecting
    let events = try await client.allEvents()
    #expect(events.messages == [.text("a"), .text("b")])
    let closure = try #require(events.closure)
    #expect(closure.code == nil)
    #expect(closure.initiator == .remote)
    #expect(closure.failure == .ended)
    #expect(!closure.isClean)
  }

  @Test func `a server that is killed resets the connection`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(Frame.text("last").plain)
    try await peer.reset()
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.code == nil)
    #expect(closure.failure == .reset)
    #expect(closure.initiator == .remote)
    await #expect(throws: TransportError.closed(closure)) { try await client.send(.text("x")) }
    #expect(await client.close() == closure)
  }

  @Test func `sent messages are masked single frames`() async throws {
    let (client, peer) = try await connectedPair()
    let before = MonotonicTime.now()
    let time = try await client.send(.text("hello"))
    #expect(before <= time)
    #expect(time <= .now())
    #expect(await peer.takeFrame() == .text("hello"))
    try await client.send(.binary([1, 2]))
    #expect(await peer.takeFrame() == Frame(.binary, payload: [1, 2]))
    try await client.sendFrame(Frame(opcode: 0xB, payload: [7], isFinal: false, reservedBits: 5))
    #expect(
      await peer.takeFrame() == Frame(opcode: 0xB, payload: [7], isFinal: false, reservedBits: 5)
    )
    try await client.sendRaw([0xFF, 0x00, 0x01])
    #expect(await peer.take(3) == [0xFF, 0x00, 0x01])
    client.drop()
    #expect(await peer.waitForEnd().isEmpty)
  }

  @Test func `messages that are sent together come in order, each in its frame`() async throws {
    let (client, peer) = try await connectedPair()
    let messages = (1...50).map { Message.text(String(repeating: "x", count: $0 * $0)) }
    try await client.send(messages)
    try await client.send([])
    try await client.send(.text("end"))
    for message in messages {
      #expect(await peer.takeFrame() == Frame(.text, payload: message.payload))
    }
    #expect(await peer.takeFrame() == .text("end"))
    client.drop()
    let closure = try await client.allEvents().closure
    await #expect(throws: TransportError.closed(try #require(closure))) {
      try await client.send(messages)
    }
  }

  @Test func `a seed makes every sent byte the same`() async throws {
    var sent: [[UInt8]] = []
    for _ in 0..<2 {
      let server = try await RawServer.start()
      var request = ConnectRequest(url: server.url)
      request.maskingKeySeed = 42
      let fixed = request
      async let connecting = ClientConnection.connect(fixed)
      let peer = try await server.accept()
      let head = try await peer.acceptWebSocket()
      let client = try await connecting
      try await client.send(.text("hello"))
      let key = head.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key") } ?? ""
      sent.append(Array(key.utf8) + (await peer.take(11)))
      client.drop()
    }
    #expect(sent[0] == sent[1])
  }

  @Test func `pings are answered at once and shown`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(Frame(.ping, payload: [1, 2, 3]).plain)
    #expect(await peer.takeFrame() == Frame(.pong, payload: [1, 2, 3]))
    guard case .ping([1, 2, 3], _) = try await client.nextEvent(until: nil) else {
      Issue.record("no ping")
      return
    }
    try await client.ping([4])
    #expect(await peer.takeFrame() == Frame(.ping, payload: [4]))
    try await peer.send(Frame(.pong, payload: [4]).plain)
    guard case .pong([4], _) = try await client.nextEvent(until: nil) else {
      Issue.record("no pong")
      return
    }
    client.drop()
  }

  @Test func `pings are left unanswered when that is asked for`() async throws {
    let (client, peer) = try await connectedPair { $0.automaticPong = false }
    try await peer.send(Frame(.ping).plain)
    _ = try await client.nextEvent(until: nil)
    try await client.send(.text("next"))
    #expect(await peer.takeFrame() == .text("next"))
    client.drop()
  }

  @Test func `a silent peer is pinged and then given up`() async throws {
    let rule = KeepAlive(interval: .milliseconds(10), timeout: .milliseconds(35))
    let (client, peer) = try await connectedPair { $0.keepAlive = rule }
    #expect(await peer.takeFrame() == Frame(.ping))
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.failure == .keepAliveTimeout(.milliseconds(35)))
    await peer.waitForEnd()
  }

  // MARK: Time

  @Test func `a message has the time of its first byte, not of its last`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(Frame(opcode: 1, payload: [0x61], isFinal: false).plain)
    try await peer.send(Frame(.ping).plain)
    guard case .ping(_, let between)? = try await client.nextEvent(until: nil) else {
      Issue.record("no ping")
      return
    }
    let later = MonotonicTime.now()
    try await peer.send(Frame(.continuation, payload: [0x62]).plain + Frame.text("c").plain)
    guard case .message(.text("ab"), let first)? = try await client.nextEvent(until: nil),
      case .message(.text("c"), let next)? = try await client.nextEvent(until: nil)
    else {
      Issue.record("no messages")
      return
    }
    #expect(first <= between)
    #expect(next >= later)
    client.drop()
  }

  @Test func `a message is flushed after it was asked for and before its answer is read`()
    async throws
  {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    let long = Message.binary([UInt8](repeating: 7, count: 300_000))
    for message in [Message.text("a"), long] {
      let before = MonotonicTime.now()
      let flushed = try await client.send(message)
      guard case .message(message, let answered)? = try await client.nextEvent(until: nil) else {
        Issue.record("another answer")
        return
      }
      #expect(before <= flushed)
      #expect(flushed <= answered)
    }
    await client.close()
    await echo.server.shutdown()
  }

  // MARK: Waiting

  @Test func `a deadline that passes gives nothing and loses nothing`() async throws {
    let (client, peer) = try await connectedPair()
    #expect(try await client.nextEvent(until: .now()) == nil)
    #expect(try await client.nextEvent(until: .now().advanced(by: .milliseconds(5))) == nil)
    #expect(try await client.nextEvent(until: .now().advanced(by: .milliseconds(1))) == nil)
    try await peer.send(Frame.text("a").plain)
    let event = try await client.nextEvent(until: .now().advanced(by: .seconds(30)))
    #expect([event].compactMap { $0 }.messages == [.text("a")])
    client.drop()
  }

  @Test func `a sooner deadline behind a later one is kept`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(Frame.text("a").plain)
    _ = try await client.nextEvent(until: .now().advanced(by: .seconds(600)))
    #expect(try await client.nextEvent(until: .now().advanced(by: .milliseconds(5))) == nil)
    client.drop()
  }

  @Test func `a cancelled wait throws and loses nothing`() async throws {
    let (client, peer) = try await connectedPair()
    let task = Task { try await client.nextEvent(until: nil) }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    try await peer.send(Frame.text("a").plain)
    let event = try await client.nextEvent(until: nil)
    #expect([event].compactMap { $0 }.messages == [.text("a")])
    client.drop()
  }

  @Test func `the end is given again to who asks again`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.close()
    let first = try await client.nextEvent(until: nil)
    #expect(try await client.nextEvent(until: nil) == first)
    #expect(client.closure != nil)
  }

  @Test func `a receiver that takes nothing stops the sender`() async throws {
    let (client, peer) = try await connectedPair {
      $0.maximumQueuedBytes = 100_000
      $0.maximumQueuedEvents = 50
    }
    let payload = [UInt8](repeating: 7, count: 10_000)
    let frame = Frame(.binary, payload: payload).plain
    let total = 2_000
    let sending = Task {
      for _ in 0..<total { try await peer.send(frame) }
      try await peer.send(Frame.close(1000).plain)
    }
    var count = 0
    var isOver = false
    var largest = 0
    while !isOver {
      largest = max(largest, client.queuedBytes)
      switch try await client.nextEvent(until: nil) {
      case .message(let message, _):
        #expect(message.payload.count == payload.count)
        count += 1
      case .closed(let closure):
        #expect(closure.code == .normalClosure)
        isOver = true
      default: Issue.record("unexpected event")
      }
    }
    try await sending.value
    #expect(count == total)
    // One event more than the bound may come in before reading stops.
    #expect(largest <= 110_000)
    try await peer.close()
  }

  // MARK: Closing

  static let codes: [UInt16] = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 3000, 4401, 4999]

  @Test(arguments: codes)
  func `the peer's close code arrives and is echoed`(code: UInt16) async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(Frame.close(code, "because").plain)
    #expect(await peer.takeFrame() == Frame.close(code))
    try await peer.close()
    let closure = try #require(try await client.allEvents().closure)
    #expect(closure.code?.rawValue == code)
    #expect(closure.reason == "because")
    #expect(closure.initiator == .remote)
    #expect(closure.isClean)
    #expect(closure.failure == nil)
  }

  @Test(arguments: codes)
  func `our close code goes out and the answer arrives`(code: UInt16) async throws {
    let (client, peer) = try await connectedPair()
    async let closing = client.close(CloseCode(rawValue: code), reason: "done")
    #expect(await peer.takeFrame() == Frame.close(code, "done"))
    try await peer.send(Frame.close(code).plain)
    try await peer.close()
    let closure = await closing
    #expect(closure.code?.rawValue == code)
    #expect(closure.initiator == .local)
    #expect(closure.isClean)
    await #expect(throws: TransportError.closed(closure)) { try await client.ping() }
  }

  @Test func `an empty close frame counts as 1005`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(Frame.close(nil).plain)
    #expect(await peer.takeFrame() == Frame.close(nil))
    try await peer.close()
    #expect(try await client.allEvents().closure?.code == .noStatusReceived)
  }

  @Test func `a peer that answers no close frame is dropped in time`() async throws {
    let (client, peer) = try await connectedPair { $0.closeTimeout = .milliseconds(30) }
    let closure = await client.close()
    #expect(closure.code == nil)
    #expect(!closure.isClean)
    #expect(closure.failure == .closeTimeout(.milliseconds(30)))
    #expect(await peer.takeFrame() == Frame.close(1000))
    await peer.waitForEnd()
  }

  @Test func `a full receiver does not keep the closing from ending`() async throws {
    let (client, peer) = try await connectedPair { $0.maximumQueuedEvents = 3 }
    let many = (0..<100).flatMap { Frame.text("\($0)").plain }
    try await peer.send(many)
    async let closing = client.close()
    _ = await peer.takeFrame()
    try await peer.send(Frame.close(1000).plain)
    try await peer.close()
    #expect(await closing.isClean)
  }

  @Test func `a violation is answered with its code and named`() async throws {
    let (client, peer) = try await connectedPair()
    async let events = client.allEvents()
    try await peer.send(Frame.text("masked").masked)
    #expect(await peer.takeFrame() == Frame.close(1002, "server frame with a mask"))
    try await peer.close()
    let closure = try #require(try await events.closure)
    #expect(closure.violation == .maskedFromServer)
    #expect(closure.code == nil)
    #expect(!closure.isClean)
    #expect(
      closure.description
        == "closed because the peer broke RFC 6455 section 5.1: server frame with a mask"
    )
  }

  @Test func `a connection that is let go is dropped`() async throws {
    var (client, peer): (ClientConnection?, RawPeer) = try await connectedPair()
    #expect(client?.closure == nil)
    client = nil
    #expect(await peer.waitForEnd().isEmpty)
  }

  @Test func `messages before a violation can still be answered`() async throws {
    let (client, peer) = try await connectedPair()
    try await peer.send(
      Frame.text("one").plain + Frame.text("two").plain + Frame(opcode: 3, payload: []).plain
    )
    for text in ["one", "two"] {
      #expect(try await client.nextMessage() == .text(text))
      try await client.send(.text("re: \(text)"))
    }
    async let closure = client.allEvents().closure
    #expect(await peer.takeFrame() == .text("re: one"))
    #expect(await peer.takeFrame() == .text("re: two"))
    #expect(await peer.takeFrame() == .close(1002, "reserved opcode 3"))
    try await peer.close()
    #expect(try await closure?.violation == .reservedOpcode(3))
  }

  @Test func `a violation behind messages that nobody takes fails the connection in time`()
    async throws
  {
    let (client, peer) = try await connectedPair { $0.closeTimeout = .milliseconds(30) }
    try await peer.send(Frame.text("one").plain + Frame(opcode: 3, payload: []).plain)
    #expect(await peer.takeFrame() == .close(1002, "reserved opcode 3"))
    try await peer.close()
    let events = try await client.allEvents()
    #expect(events.messages == [.text("one")])
    #expect(events.closure?.violation == .reservedOpcode(3))
  }

  @Test func `withConnection closes after success and after a throw`() async throws {
    struct Failure: Error {}
    let server = try await WebSocketServer.start { EchoService($0) }
    let url = WebSocketURL(host: "127.0.0.1", port: server.port)
    let kept = try await withConnection(ConnectRequest(url: url)) { $0 }
    #expect(kept.closure?.isClean == true)
    await #expect(throws: Failure.self) {
      try await withConnection(ConnectRequest(url: url)) { _ in throw Failure() }
    }
    await server.shutdown()
  }
}

extension Result where Failure == any Error {
  /// What an asynchronous body gives or throws.
  init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}

extension ClientConnection {
  /// Every event until the end.
  func allEvents() async throws -> [ConnectionEvent] {
    var events: [ConnectionEvent] = []
    while let event = try await nextEvent(until: nil) {
      events.append(event)
      if case .closed = event { break }
    }
    return events
  }
}

extension [ConnectionEvent] {
  /// The messages.
  var messages: [Message] {
    compactMap { event in
      if case .message(let message, _) = event { message } else { nil }
    }
  }

  /// How it ended.
  var closure: Closure? {
    if case .closed(let closure)? = last { closure } else { nil }
  }
}
