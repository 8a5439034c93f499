import Testing

@testable import WebSocket

/// permessage-deflate over sockets: our client, our server and the proxy between them.
@Suite(.timeLimit(.minutes(1)))
struct CompressionTests {
  private static let long = Message.text(String(repeating: "a text with a pattern, ", count: 2000))

  private static func settings(
    _ change: (inout CompressionSettings) -> Void = { _ in }
  ) -> CompressionSettings {
    var settings = CompressionSettings()
    change(&settings)
    return settings
  }

  private static let variants = [
    settings(), settings { $0.serverNoContextTakeover = true },
    settings { $0.clientNoContextTakeover = true },
    settings {
      $0.serverMaxWindowBits = 9
      $0.clientMaxWindowBits = 10
    },
  ]

  @Test(arguments: variants)
  func `messages come back compressed, whatever was agreed`(
    settings: CompressionSettings
  ) async throws {
    let echo = try await EchoServer.start { $0.compression = CompressionSettings() }
    let client = try await echo.connect { $0.compression = settings }
    #expect(client.handshake.header("Sec-WebSocket-Extensions") != nil)
    for message in [Self.long, .text(""), .text("x"), .binary([1, 2, 3]), Self.long] {
      #expect(try await client.exchange(message) == message)
    }
    #expect(await client.close().isClean)
    await echo.server.shutdown()
  }

  @Test func `nothing is agreed unless both sides want it`() async throws {
    let plain = try await EchoServer.start()
    let offering = try await plain.connect { $0.compression = CompressionSettings() }
    #expect(offering.handshake.header("Sec-WebSocket-Extensions") == nil)
    #expect(try await offering.exchange(Self.long) == Self.long)
    await offering.close()
    await plain.server.shutdown()
    let willing = try await EchoServer.start { $0.compression = CompressionSettings() }
    let silent = try await willing.connect()
    #expect(silent.handshake.header("Sec-WebSocket-Extensions") == nil)
    #expect(try await silent.exchange(Self.long) == Self.long)
    await silent.close()
    await willing.server.shutdown()
  }

  @Test func `extensions that cannot be read are answered with 400 (RFC 6455 section 9_1)`()
    async throws
  {
    let echo = try await EchoServer.start { $0.compression = CompressionSettings() }
    let peer = try await RawPeer.connect(to: echo.server.port)
    let head = try await peer.openWebSocket(headers: "Sec-WebSocket-Extensions: a; =\r\n")
    #expect(head.hasPrefix("HTTP/1.1 400 "))
    try await peer.close()
    await echo.server.shutdown()
  }

  @Test func `a message that cannot be decompressed fails the connection with 1007`() async throws {
    let echo = try await EchoServer.start { $0.compression = CompressionSettings() }
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.openWebSocket(headers: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
    try await peer.send(Frame(opcode: 1, payload: [0xFF], reservedBits: 4).masked)
    let close = await peer.takeFrame()
    #expect(close == .close(1007, "compressed message cannot be decompressed at byte 0"))
    try await peer.close()
    let closure = await echo.service.closures(1).first
    #expect(
      closure?.description
        == "closed because the peer broke RFC 7692 section 7.2.2:"
        + " compressed message cannot be decompressed at byte 0"
    )
    await echo.server.shutdown()
  }

  @Test func `a bomb ends its connection with 1009`() async throws {
    let echo = try await EchoServer.start {
      $0.compression = CompressionSettings()
      $0.maximumMessageBytes = 10_000
    }
    let deflater = Deflater(windowBits: 15, keepsContext: true, level: 9)
    let bomb = try #require(deflater.deflate([UInt8](repeating: 0, count: 10 << 20)))
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.openWebSocket(headers: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
    try await peer.send(Frame(opcode: 2, payload: bomb, reservedBits: 4).masked)
    let close = await peer.takeFrame()
    #expect(close == .close(1009, "message of at least 10001 bytes; the limit is 10000"))
    try await peer.close()
    await echo.server.shutdown()
  }

  // MARK: Proxy

  @Test(arguments: variants)
  func `the proxy passes what both agree on, and records the messages`(
    settings: CompressionSettings
  ) async throws {
    let log = FrameLog()
    let echo = try await EchoServer.start { $0.compression = CompressionSettings() }
    let proxy = try await RecordingProxy.start(upstream: echo.url("/ws"), recorder: log)
    var request = ConnectRequest(url: proxy.url)
    request.compression = settings
    let client = try await ClientConnection.connect(request)
    #expect(client.handshake.header("Sec-WebSocket-Extensions") != nil)
    let messages = [Self.long, .text("x"), .binary([1, 2, 3]), Self.long]
    for message in messages { #expect(try await client.exchange(message) == message) }
    await client.close()
    await log.waitForClosed()
    for direction in [FrameDirection.toProvider, .toConsumer] {
      let frames = log.frames(direction).filter { $0.opcode != Opcode.close.rawValue }
      #expect(frames.map(\.payload) == messages.map(\.payload))
      #expect(frames.allSatisfy { $0.reservedBits == 0 })
    }
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  @Test func `compressed bytes go through untouched`() async throws {
    let pair = try await ProxiedPair.open(
      headers: "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n",
      answering: "Sec-WebSocket-Extensions: permessage-deflate\r\n"
    )
    let compressed = Frame(opcode: 1, payload: CompressedMessageTests.hello, reservedBits: 4)
    let broken = Frame(opcode: 1, payload: [0xFF, 0xFF], reservedBits: 4)
    let sent = compressed.masked + broken.masked
    try await pair.consumer.send(sent)
    #expect(await pair.provider.take(sent.count) == sent)
    #expect(pair.log.frames(.toProvider) == [.text("Hello"), broken])
    try await pair.end()
  }

  @Test func `other extensions are not offered to the provider`() async throws {
    let pair = try await ProxiedPair.open(
      headers: "Sec-WebSocket-Extensions: x-other; a=1,"
        + " permessage-deflate;  server_max_window_bits=9\r\n"
    )
    #expect(
      pair.forwarded.contains(
        "\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n"
      )
    )
    try await pair.end()
    let other = try await ProxiedPair.open(headers: "Sec-WebSocket-Extensions: x-other\r\n")
    #expect(!other.forwarded.lowercased().contains("extensions"))
    try await other.end()
  }

  @Test func `a frame that becomes longer than can be recorded ends the connection`() async throws {
    let pair = try await ProxiedPair.open(
      headers: "Sec-WebSocket-Extensions: permessage-deflate\r\n",
      answering: "Sec-WebSocket-Extensions: permessage-deflate\r\n"
    ) { $0.maximumFrameBytes = 1000 }
    let deflater = Deflater(windowBits: 15, keepsContext: true, level: 9)
    let bomb = try #require(deflater.deflate([UInt8](repeating: 0, count: 100_000)))
    try await pair.consumer.send(Frame(opcode: 2, payload: bomb, reservedBits: 4).masked)
    let close = Frame.close(1009, "message of at least 1001 bytes; the limit is 1000")
    #expect(await pair.consumer.takeFrame() == close)
    try await pair.end()
    #expect(
      pair.log.entries.last
        == .closed(
          1,
          by: nil,
          problem: "the consumer sent a compressed message of at least 1001 bytes;"
            + " the limit is 1000"
        )
    )
  }
}
