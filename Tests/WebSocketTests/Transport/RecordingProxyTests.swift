import Synchronization
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct RecordingProxyTests {
  // MARK: Handshake

  @Test func `the handshake is passed on with every field but its own place`() async throws {
    let pair = try await ProxiedPair.open(
      headers: """
        Cookie: a=b\r
        X-Odd:   two  spaces\r
        sec-websocket-extensions: permessage-deflate\r
        Sec-WebSocket-Protocol: chat\r\n
        """
    )
    let port = pair.forwarded.split(separator: "\r\n").first { $0.hasPrefix("Host: ") }
    #expect(
      pair.forwarded == """
        GET /ws?x=1 HTTP/1.1\r
        \(port ?? "")\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Cookie: a=b\r
        X-Odd:   two  spaces\r
        sec-websocket-extensions: permessage-deflate\r
        Sec-WebSocket-Protocol: chat\r
        \r\n
        """
    )
    #expect(port?.hasPrefix("Host: 127.0.0.1:") == true)
    #expect(pair.log.requests.first?.header("Host") == "test")
    #expect(
      pair.log.requests.first?.header("Sec-WebSocket-Extensions") == "permessage-deflate"
    )
    #expect(pair.log.entries == [.opened(1, target: "/ws?x=1", status: 101)])
    try await pair.end()
  }

  @Test func `an Origin that names the proxy names the provider behind it`() async throws {
    let pair = try await ProxiedPair.open(headers: "Origin: http://test\r\n")
    let host = pair.forwarded.split(separator: "\r\n").first { $0.hasPrefix("Host: ") } ?? ""
    #expect(pair.forwarded.contains("\r\nOrigin: http://\(host.dropFirst(6))\r\n"))
    try await pair.end()
    let other = try await ProxiedPair.open(headers: "Origin: http://elsewhere\r\n")
    #expect(other.forwarded.contains("\r\nOrigin: http://elsewhere\r\n"))
    try await other.end()
  }

  @Test func `a client and a server of ours talk through the proxy`() async throws {
    let log = FrameLog()
    let echo = try await EchoServer.start(
      { _ in },
      decide: { .accept(subprotocol: $0.subprotocols.first) }
    )
    let proxy = try await RecordingProxy.start(upstream: echo.url("/ws"), recorder: log)
    #expect(proxy.url == WebSocketURL(host: "127.0.0.1", port: proxy.port, path: "/ws"))
    let request = ConnectRequest(url: proxy.url, subprotocols: ["chat"])
    let client = try await ClientConnection.connect(request)
    #expect(client.subprotocol == "chat")
    let message = Message.binary([UInt8](repeating: 9, count: 300_000))
    #expect(try await client.exchange(message) == message)
    let closure = await client.close(4001, reason: "done")
    #expect(closure.code == 4001)
    #expect(closure.isClean)
    await log.waitForClosed()
    let frame = Frame(.binary, payload: message.payload)
    #expect(
      log.entries == [
        .opened(1, target: "/ws", status: 101),
        .frame(1, .toProvider, frame), .frame(1, .toConsumer, frame),
        .frame(1, .toProvider, Frame.close(4001, "done")),
        .frame(1, .toConsumer, Frame.close(4001)),
        .closed(1, by: .toProvider, problem: nil),
      ]
    )
    #expect(log.responses.first?.subprotocol == "chat")
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  /// Starts a recording proxy whose provider is behind an HTTP proxy, which the test plays.
  private static func behindHTTPProxy(
    _ log: FrameLog
  ) async throws -> (proxy: RecordingProxy, tunnels: RawServer) {
    let tunnels = try await RawServer.start()
    let proxy = try await RecordingProxy.start(
      upstream: WebSocketURL(host: "server.example", port: 8000, path: "/ws"),
      httpProxy: HTTPProxy(host: "127.0.0.1", port: tunnels.port),
      recorder: log
    )
    return (proxy, tunnels)
  }

  @Test func `the provider may be behind an HTTP proxy`() async throws {
    let log = FrameLog()
    let (proxy, tunnels) = try await Self.behindHTTPProxy(log)
    async let connecting = ClientConnection.connect(.init(url: proxy.url))
    let provider = try await tunnels.accept()
    #expect(await provider.takeHead().hasPrefix("CONNECT server.example:8000 HTTP/1.1\r\n"))
    try await provider.send("HTTP/1.1 200 Connection established\r\n\r\n")
    let handshake = try await provider.acceptWebSocket(followedBy: Frame.text("hello").plain)
    #expect(handshake.contains("\r\nHost: server.example:8000\r\n"))
    let client = try await connecting
    #expect(try await client.nextMessage() == .text("hello"))
    try await client.send(.text("back"))
    #expect(await provider.takeFrame() == .text("back"))
    client.drop()
    await provider.waitForEnd()
    try await provider.close()
    await proxy.shutdown()
    try await tunnels.close()
  }

  @Test func `an HTTP proxy that opens no tunnel is told to the consumer`() async throws {
    let (proxy, tunnels) = try await Self.behindHTTPProxy(FrameLog())
    async let connecting = Result { try await ClientConnection.connect(.init(url: proxy.url)) }
    let provider = try await tunnels.accept()
    _ = await provider.takeHead()
    try await provider.send("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    guard case .failure(TransportError.handshakeRefused(let response)) = await connecting else {
      Issue.record("the handshake went through")
      return
    }
    #expect(response.status == 502)
    let reason = String(decoding: response.bodyStart, as: UTF8.self)
    #expect(reason.contains("opens no tunnel: it answered with status 407"), "\(reason)")
    await proxy.shutdown()
    try await tunnels.close()
  }

  @Test func `an HTTP proxy that hangs up without an answer is told to the consumer`() async throws
  {
    let (proxy, tunnels) = try await Self.behindHTTPProxy(FrameLog())
    async let connecting = Result { try await ClientConnection.connect(.init(url: proxy.url)) }
    let provider = try await tunnels.accept()
    _ = await provider.takeHead()
    try await provider.endOutput()
    guard case .failure(TransportError.handshakeRefused(let response)) = await connecting else {
      Issue.record("the handshake went through")
      return
    }
    #expect(response.status == 502)
    let reason = String(decoding: response.bodyStart, as: UTF8.self)
    #expect(reason.contains("it ended the connection without an answer"), "\(reason)")
    await proxy.shutdown()
    try await tunnels.close()
  }

  @Test func `a refused handshake is passed back as it is`() async throws {
    let log = FrameLog()
    let server = try await RawServer.start()
    let proxy = try await RecordingProxy.start(upstream: server.url, recorder: log)
    async let connecting = Result { try await ClientConnection.connect(.init(url: proxy.url)) }
    let provider = try await server.accept()
    _ = await provider.takeHead()
    try await provider.send(
      "HTTP/1.1 403 No\r\nX-Why: because\r\nContent-Length: 5\r\n\r\nno es"
    )
    let result = await connecting
    guard case .failure(TransportError.handshakeRefused(let response)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(response.status == 403)
    #expect(response.header("X-Why") == "because")
    #expect(response.bodyStart == Array("no es".utf8))
    // The client has what it needs and ends the connection.
    await provider.waitForEnd()
    try await provider.close()
    await log.waitForClosed()
    #expect(
      log.entries == [
        .opened(1, target: "/ws", status: 403),
        .closed(
          1,
          by: .toProvider,
          problem: "the server refused the WebSocket handshake with status 403 (Forbidden): no es"
        ),
      ]
    )
    await proxy.shutdown()
  }

  @Test func `a provider that is not there makes a 502 that says so`() async throws {
    let log = FrameLog()
    let port = try #require(ReservedPort())
    let proxy = try await RecordingProxy.start(
      upstream: WebSocketURL(host: "127.0.0.1", port: port.number, path: "/ws"),
      recorder: log
    )
    let error = await #expect(throws: TransportError.self) {
      _ = try await ClientConnection.connect(ConnectRequest(url: proxy.url))
    }
    let reason =
      "the provider cannot be reached: connection refused by 127.0.0.1:\(port.number);"
      + " is the provider running?"
    guard case .handshakeRefused(let response) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(response.status == 502)
    #expect(String(decoding: response.bodyStart, as: UTF8.self) == reason + "\n")
    await log.waitForClosed()
    #expect(log.entries.first == .opened(1, target: "/ws", status: 502))
    guard case .closed(1, _, reason) = log.entries.last else {
      Issue.record("\(log.entries)")
      return
    }
    await proxy.shutdown()
  }

  static let brokenAnswers = [
    "": "the provider ended the connection before it answered the handshake",
    "SSH-2.0\r\n\r\n":
      "the provider's answer to the WebSocket handshake is not HTTP:"
      + " 'SSH-2.0' is not an HTTP status line",
  ]

  @Test(arguments: brokenAnswers)
  func `a provider that does not answer in HTTP makes a 502`(
    answer: String,
    reason: String
  ) async throws {
    let log = FrameLog()
    let server = try await RawServer.start()
    let proxy = try await RecordingProxy.start(upstream: server.url, recorder: log)
    let consumer = try await RawPeer.connect(to: proxy.port)
    try await consumer.openWebSocketWithoutAnswer()
    let provider = try await server.accept()
    _ = await provider.takeHead()
    try await provider.send(answer)
    try await provider.close()
    let received = String(decoding: await consumer.waitForEnd(), as: UTF8.self)
    #expect(received.hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
    #expect(received.hasSuffix("\r\n\r\n\(reason)\n"))
    try await consumer.close()
    await proxy.shutdown()
    guard case .closed(1, _, reason) = log.entries.last else {
      Issue.record("\(log.entries)")
      return
    }
  }

  @Test func `a provider that does not answer at all makes a 504`() async throws {
    let server = try await RawServer.start()
    var limits = ProxyLimits()
    limits.handshakeTimeout = .milliseconds(40)
    limits.closeTimeout = .milliseconds(40)
    let proxy = try await RecordingProxy.start(
      upstream: server.url,
      recorder: FrameLog(),
      limits: limits
    )
    let error = await #expect(throws: TransportError.self) {
      _ = try await ClientConnection.connect(ConnectRequest(url: proxy.url))
    }
    #expect(error?.description.contains("status 504") == true)
    await proxy.shutdown()
  }

  // MARK: Frames

  struct Stream: CustomTestStringConvertible {
    let frames: [Frame]
    let why: String
    var testDescription: String { why }
  }

  static let streams = [
    Stream(
      frames: [.text("Hel", isFinal: false), Frame(.ping, payload: [1]), .continuation("lo")],
      why: "fragments with a ping between"
    ),
    Stream(frames: [Frame(.binary, payload: [0, 255, 128])], why: "binary"),
    Stream(frames: [Frame(.text, payload: [0xFF, 0xC0])], why: "text that is not UTF-8"),
    Stream(
      frames: [Frame(opcode: 0xB, payload: [1], isFinal: false, reservedBits: 7)],
      why: "reserved bits and opcode"
    ),
    Stream(frames: [Frame(.pong, payload: [3]), Frame(.ping)], why: "pong and ping"),
    Stream(frames: [.close(1006, "odd")], why: "a close code that may not be sent"),
    Stream(frames: [Frame(.close, payload: [3])], why: "half a close code"),
    Stream(frames: [Frame(.ping, payload: [UInt8](repeating: 1, count: 200))], why: "a long ping"),
    Stream(
      frames: (0..<200).map { Frame(.binary, payload: [UInt8](repeating: 1, count: $0 * 50)) },
      why: "many frames of many lengths"
    ),
  ]

  @Test(arguments: streams)
  func `bytes go through untouched in both directions and are recorded`(
    stream: Stream
  ) async throws {
    let pair = try await ProxiedPair.open()
    let masked = stream.frames.flatMap(\.masked)
    try await pair.consumer.send(masked)
    #expect(await pair.provider.take(masked.count) == masked)
    let plain = stream.frames.flatMap(\.plain)
    try await pair.provider.send(plain)
    #expect(await pair.consumer.take(plain.count) == plain)
    #expect(pair.log.frames(.toProvider) == stream.frames)
    #expect(pair.log.frames(.toConsumer) == stream.frames)
    try await pair.end()
  }

  @Test func `bytes go on before their frame is complete, the last one after it is recorded`()
    async throws
  {
    let pair = try await ProxiedPair.open()
    let bytes = Frame.text("streamed").masked
    try await pair.consumer.send(Array(bytes.dropLast()))
    #expect(await pair.provider.take(bytes.count - 1) == bytes.dropLast())
    #expect(pair.log.frames(.toProvider).isEmpty)
    try await pair.consumer.send(Array(bytes.suffix(1)))
    #expect(await pair.provider.take(1) == bytes.suffix(1))
    #expect(pair.log.frames(.toProvider) == [.text("streamed")])
    try await pair.end()
  }

  @Test func `a frame is recorded before its last byte goes on`() async throws {
    // While the recorder has not returned, nothing of the frame's end may have been written; the
    // recorder looks at what the provider has got so far.
    let provider = Mutex<RawPeer?>(nil)
    let seen = Mutex<[Int]>([])
    let log = FrameLog { _, _ in
      let count = provider.withLock { $0?.receivedCount ?? -1 }
      seen.withLock { $0.append(count) }
    }
    let pair = try await ProxiedPair.open(log: log)
    provider.withLock { $0 = pair.provider }
    var sent = 0
    for number in 0..<50 {
      let bytes = Frame.text("frame \(number)").masked
      try await pair.consumer.send(bytes)
      sent += bytes.count
      let expected = sent
      await pair.provider.wait { $0.count >= expected }
      let before = seen.withLock { $0[number] }
      #expect(before == sent - bytes.count)
    }
    try await pair.end()
  }

  @Test func `a recorder that fails stops the connection before the frame goes on`() async throws {
    struct DiskFull: Error, CustomStringConvertible {
      var description: String { "the disk is full" }
    }
    let log = FrameLog { frame, _ in
      if frame == .text("three") { throw DiskFull() }
    }
    let pair = try await ProxiedPair.open(log: log)
    try await pair.consumer.send(
      Frame.text("one").masked + Frame.text("two").masked + Frame.text("three").masked
    )
    #expect(await pair.provider.takeFrame() == .text("one"))
    #expect(await pair.provider.takeFrame() == .text("two"))
    #expect(await pair.provider.takeFrame() == .close(1011, "the proxy cannot record"))
    #expect(await pair.consumer.takeFrame() == .close(1011, "the proxy cannot record"))
    try await pair.end()
    #expect(
      pair.log.entries.last
        == .closed(1, by: nil, problem: "it cannot be recorded: the disk is full")
    )
  }

  @Test func `a frame over the limit is reported and ends the connection with 1009`() async throws {
    let pair = try await ProxiedPair.open { $0.maximumFrameBytes = 1000 }
    try await pair.provider.send(
      Frame.text("fine").plain + Frame(.binary, payload: [UInt8](repeating: 1, count: 1001)).plain
    )
    #expect(await pair.consumer.takeFrame() == .text("fine"))
    let close = Frame.close(1009, "a frame of 1001 bytes; the limit is 1000")
    #expect(await pair.provider.takeFrame() == close)
    // The consumer's direction has no broken frame in it, as nothing of the long one went on.
    #expect(await pair.consumer.waitForEnd().isEmpty)
    try await pair.end()
    #expect(
      pair.log.entries.last
        == .closed(
          1,
          by: nil,
          problem: "the provider sent a frame of 1001 bytes; the limit is 1000"
        )
    )
  }

  // MARK: Ends

  @Test func `a provider that dies is felt and reported`() async throws {
    let pair = try await ProxiedPair.open()
    try await pair.provider.send(Frame.text("last words").plain)
    try await pair.provider.close()
    #expect(await pair.consumer.takeFrame() == .text("last words"))
    #expect(await pair.consumer.waitForEnd().isEmpty)
    try await pair.consumer.close()
    await pair.log.waitForClosed()
    #expect(
      pair.log.entries.last
        == .closed(
          1,
          by: .toConsumer,
          problem: "the provider ended the connection without a close frame"
        )
    )
    await pair.proxy.shutdown()
  }

  @Test func `a provider that is killed is reported with a reset`() async throws {
    let pair = try await ProxiedPair.open()
    try await pair.provider.reset()
    await pair.consumer.waitForEnd()
    try await pair.consumer.close()
    await pair.log.waitForClosed()
    #expect(
      pair.log.entries.last
        == .closed(
          1,
          by: .toConsumer,
          problem: "the provider's connection broke: reset by the peer"
        )
    )
    await pair.proxy.shutdown()
  }

  @Test func `a provider that dies inside a frame is reported`() async throws {
    let pair = try await ProxiedPair.open()
    let bytes = Frame.text("half").plain.dropLast()
    try await pair.provider.send(Array(bytes))
    try await pair.provider.close()
    #expect(await pair.consumer.waitForEnd() == Array(bytes))
    try await pair.end()
    #expect(
      pair.log.entries.last
        == .closed(1, by: .toConsumer, problem: "the provider ended in the middle of a frame")
    )
  }

  @Test func `a consumer that just goes is no problem`() async throws {
    let pair = try await ProxiedPair.open()
    try await pair.consumer.send(Frame.text("bye").masked)
    try await pair.consumer.close()
    #expect(await pair.provider.takeFrame() == .text("bye"))
    #expect(await pair.provider.waitForEnd().isEmpty)
    try await pair.provider.close()
    await pair.log.waitForClosed()
    #expect(pair.log.entries.last == .closed(1, by: .toProvider, problem: nil))
    await pair.proxy.shutdown()
  }

  @Test func `a side that has ended its direction still gets what the other one sends`()
    async throws
  {
    let pair = try await ProxiedPair.open()
    try await pair.consumer.send(Frame.close(1000).masked)
    try await pair.consumer.endOutput()
    #expect(await pair.provider.takeFrame() == .close(1000))
    #expect(await pair.provider.waitForEnd().isEmpty)
    try await pair.provider.send(Frame.text("late").plain + Frame.close(1000).plain)
    try await pair.provider.close()
    #expect(await pair.consumer.takeFrame() == .text("late"))
    #expect(await pair.consumer.takeFrame() == .close(1000))
    #expect(await pair.consumer.waitForEnd().isEmpty)
    try await pair.consumer.close()
    await pair.log.waitForClosed()
    #expect(pair.log.entries.last == .closed(1, by: .toProvider, problem: nil))
    await pair.proxy.shutdown()
  }

  @Test func `a shutdown ends what is left with 1001 on both sides`() async throws {
    let pair = try await ProxiedPair.open { $0.closeTimeout = .milliseconds(100) }
    await pair.proxy.shutdown(grace: .zero)
    #expect(await pair.consumer.takeFrame() == .close(1001))
    #expect(await pair.provider.takeFrame() == .close(1001))
    #expect(pair.log.entries.last == .closed(1, by: nil, problem: nil))
    await pair.provider.waitForEnd()
    await pair.consumer.waitForEnd()
  }

  @Test func `a shutdown ends the connections of every event loop`() async throws {
    let log = FrameLog()
    let echo = try await EchoServer.start()
    let proxy = try await RecordingProxy.start(
      upstream: echo.url(),
      usesAllCores: true,
      recorder: log
    )
    var clients: [ClientConnection] = []
    for number in 0..<6 {
      let client = try await ClientConnection.connect(ConnectRequest(url: proxy.url))
      #expect(try await client.exchange(.text("\(number)")) == .text("\(number)"))
      clients.append(client)
    }
    await proxy.shutdown(grace: .zero)
    #expect(log.entries.filter(\.isClosed).count == 6)
    for client in clients { #expect(await client.close().code == 1001) }
    await echo.server.shutdown()
  }

  @Test func `a shutdown right after the consumer has gone loses none of its frames`() async throws
  {
    let pair = try await ProxiedPair.open()
    let frames = (0..<500).map { Frame.text("message \($0)") }
    try await pair.consumer.send(frames.flatMap(\.masked))
    try await pair.consumer.close()
    async let ended = pair.provider.waitForEnd()
    async let shutdown: Void = pair.proxy.shutdown(grace: .seconds(20))
    _ = await ended
    try await pair.provider.close()
    await shutdown
    #expect(pair.log.frames(.toProvider) == frames)
    #expect(pair.log.entries.last?.isClosed == true)
  }

  // MARK: Load

  @Test func `a consumer that does not read stops the provider`() async throws {
    let pair = try await ProxiedPair.open()
    try await pair.consumer.stopReading()
    let frame = Frame(.binary, payload: [UInt8](repeating: 5, count: 100_000)).plain
    let count = 1_000
    let sent = Mutex(0)
    let sending = Task {
      for _ in 0..<count {
        try await pair.provider.send(frame)
        sent.withLock { $0 += 1 }
      }
    }
    // What the sockets hold is far less than what is to be sent.
    await pair.log.wait { $0.count > 5 }
    try await pair.consumer.startReading()
    #expect(await pair.consumer.take(count * frame.count).count == count * frame.count)
    try await sending.value
    #expect(pair.log.frames(.toConsumer).count == count)
    try await pair.end()
  }

  @Test(arguments: [false, true])
  func `many connections are kept apart`(usesAllCores: Bool) async throws {
    let log = FrameLog()
    let echo = try await EchoServer.start()
    let proxy = try await RecordingProxy.start(
      upstream: echo.url(),
      usesAllCores: usesAllCores,
      recorder: log
    )
    try await withThrowingTaskGroup { group in
      for number in 0..<60 {
        group.addTask {
          try await withConnection(ConnectRequest(url: proxy.url)) { client in
            for round in 0..<5 {
              let message = Message.text("\(number) \(round)")
              let answer = try await client.exchange(message)
              #expect(answer == message)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    await log.waitForClosed(60)
    for number in 1...60 {
      let texts = log.entries.compactMap { entry -> String? in
        guard case .frame(number, .toConsumer, let frame) = entry, frame.opcode == 1 else {
          return nil
        }
        return String(decoding: frame.payload, as: UTF8.self)
      }
      let speaker = texts.first?.split(separator: " ").first ?? ""
      #expect(texts == (0..<5).map { "\(speaker) \($0)" })
      #expect(log.entries.contains(.closed(number, by: .toProvider, problem: nil)))
    }
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  // MARK: Other HTTP

  @Test func `plain HTTP is passed on and not recorded`() async throws {
    let log = FrameLog()
    let echo = try await EchoServer.start()
    let proxy = try await RecordingProxy.start(upstream: echo.url(), recorder: log)
    let place = "http://127.0.0.1:\(proxy.port)"
    let body = [UInt8](repeating: 1, count: 500_000)
    let request = PlainHTTPRequest(method: "POST", target: "/echo?x", body: body)
    let response = try await PlainHTTPClient.send(request, to: place)
    #expect(response.status == 201)
    #expect(String(decoding: response.body, as: UTF8.self) == "POST /echo?x 500000")
    let consumer = try await RawPeer.connect(to: proxy.port)
    try await consumer.send("GET /headers HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n")
    #expect(await consumer.takeHead().contains("\r\nConnection: close\r\n"))
    #expect(await consumer.waitForEnd().isEmpty)
    try await consumer.close()
    await proxy.shutdown()
    await echo.server.shutdown()
    #expect(log.entries.isEmpty)
  }

  @Test func `a request that is not HTTP gets a sentence`() async throws {
    let proxy = try await RecordingProxy.start(
      upstream: WebSocketURL(host: "127.0.0.1", port: 9),
      recorder: FrameLog()
    )
    let consumer = try await RawPeer.connect(to: proxy.port)
    try await consumer.send("hello\r\n\r\n")
    let answer = String(decoding: await consumer.waitForEnd(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
    #expect(answer.hasSuffix("'hello' is not an HTTP request line\n"))
    try await consumer.close()
    await proxy.shutdown()
  }
}
