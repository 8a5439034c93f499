import NIOCore
import NIOPosix

@testable import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One end of a TCP connection that sends and expects bytes, for peers that keep no rules.
final class RawPeer: Sendable {
  private struct State: Sendable {
    var received: [UInt8] = []
    var hasEnded = false

    mutating func take(_ count: Int) -> [UInt8] {
      let taken = Array(received.prefix(count))
      received.removeFirst(taken.count)
      return taken
    }
  }

  let channel: any Channel
  private let state = Watched(State())

  init(_ channel: any Channel) {
    self.channel = channel
  }

  static func connect(to port: Int, host: String = "127.0.0.1") async throws -> RawPeer {
    let peer = OneShot<RawPeer>()
    _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let new = RawPeer(channel)
          try channel.pipeline.syncOperations.addHandler(Handler(new))
          peer.fulfil(new)
        }
      }
      .connect(host: host, port: port).get()
    guard let connected = peer.valueIfDone else { throw CancellationError() }
    return connected
  }

  // MARK: Sending

  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  func send(_ text: String) async throws {
    try await send(Array(text.utf8))
  }

  /// Sends an opening handshake and waits for its answer; gives the head.
  @discardableResult
  func openWebSocket(path: String = "/", headers: String = "") async throws -> String {
    try await openWebSocketWithoutAnswer(path: path, headers: headers)
    return await takeHead()
  }

  /// Sends an opening handshake.
  func openWebSocketWithoutAnswer(path: String = "/", headers: String = "") async throws {
    try await send(
      """
      GET \(path) HTTP/1.1\r
      Host: test\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \(headers)\r\n
      """
    )
  }

  /// Waits for an opening handshake and accepts it; gives the request's head.
  @discardableResult
  func acceptWebSocket(
    headers: String = "",
    followedBy bytes: [UInt8] = []
  ) async throws -> String {
    let head = await takeHead()
    try await send(Array(Self.acceptance(of: head, headers: headers).utf8) + bytes)
    return head
  }

  /// The answer that accepts a handshake.
  static func acceptance(of head: String, headers: String = "") -> String {
    let key = head.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") } ?? ""
    return """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: \(HandshakeKey.accept(for: String(key.dropFirst(19))))\r
      \(headers)\r\n
      """
  }

  /// Ends the direction to the other side only.
  func endOutput() async throws {
    try await channel.close(mode: .output)
  }

  /// Ends the connection, unless it is over already.
  func close() async throws {
    do {
      try await channel.close()
    } catch ChannelError.alreadyClosed {}
  }

  /// Ends the connection with a reset.
  func reset() async throws {
    let provider = channel as? any SocketOptionProvider
    try await provider?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    try await channel.close()
  }

  func stopReading() async throws {
    try await channel.setOption(.autoRead, value: false).get()
  }

  func startReading() async throws {
    try await channel.setOption(.autoRead, value: true).get()
  }

  // MARK: Receiving

  /// How many bytes have come and were not taken.
  var receivedCount: Int { state.value.received.count }

  /// Waits until something is true of the bytes; also ends when the connection does.
  func wait(until isSatisfied: @escaping @Sendable ([UInt8]) -> Bool) async {
    await state.wait { $0.hasEnded || isSatisfied($0.received) }
  }

  /// Waits until the other side ends its direction; gives every byte that was not taken.
  @discardableResult
  func waitForEnd() async -> [UInt8] {
    await state.wait { $0.hasEnded }
    return state.value.received
  }

  /// Waits for an HTTP head and takes it out of the bytes.
  func takeHead() async -> String {
    let end = Array("\r\n\r\n".utf8)
    await wait { $0.position(of: end) != nil }
    let head = state.update { $0.take(($0.received.position(of: end) ?? 0) + 4) }
    return String(decoding: head, as: UTF8.self)
  }

  /// Waits for so many bytes and takes them.
  func take(_ count: Int) async -> [UInt8] {
    await wait { $0.count >= count }
    return state.update { $0.take(count) }
  }

  /// Waits for a whole frame and takes it, unmasked.
  func takeFrame() async -> Frame? {
    await wait { Frame.first(in: $0) != nil }
    return state.update { state in
      guard let (frame, count) = Frame.first(in: state.received) else { return nil }
      _ = state.take(count)
      return frame
    }
  }

  fileprivate func add(_ bytes: [UInt8], hasEnded: Bool) {
    state.update { state in
      state.received += bytes
      state.hasEnded = state.hasEnded || hasEnded
    }
  }

  final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let peer: RawPeer

    init(_ peer: RawPeer) {
      self.peer = peer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      peer.add(Array(Self.unwrapInboundIn(data).readableBytesView), hasEnded: false)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case ChannelEvent.inputClosed = event { peer.add([], hasEnded: true) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
      peer.add([], hasEnded: true)
    }
  }
}

extension [UInt8] {
  /// Where some bytes first stand.
  func position(of other: [UInt8]) -> Int? {
    guard count >= other.count else { return nil }
    return (0...count - other.count).first { self[$0..<$0 + other.count].elementsEqual(other) }
  }
}

extension Frame {
  /// The first whole frame in some bytes, and how many it takes.
  static func first(in bytes: [UInt8]) -> (frame: Frame, byteCount: Int)? {
    var tap = FrameTap(maximumFrameBytes: .max)
    var position = 0
    guard case .frame(let frame) = tap.next(in: bytes.span.bytes, at: &position) else { return nil }
    return (frame, position)
  }
}
