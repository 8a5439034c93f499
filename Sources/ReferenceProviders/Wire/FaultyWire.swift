import NIOCore
import NIOPosix
import WebSocket

/// A port in front of a correct server that passes frames on, with a planted bug.
package final class FaultyWire: Sendable {
  /// The port that clients connect to.
  package let port: Int

  private let channel: any Channel
  private let upstream: NIOLoopBoundBox<Int>

  private init(port: Int, channel: any Channel, upstream: NIOLoopBoundBox<Int>) {
    self.port = port
    self.channel = channel
    self.upstream = upstream
  }

  /// Listens, when the bug is one on the wire.
  ///
  /// - Parameters:
  ///   - bug: The planted bug.
  ///   - host: The address to listen on, which is the server's too.
  ///   - port: The port; 0 takes a free one.
  /// - Returns: `nil` when the bug sits elsewhere, or there is none.
  /// - Throws: What the system says when the port cannot be listened on.
  package static func start(
    _ bug: DeskBug?,
    host: String,
    port: Int
  ) async throws -> FaultyWire? {
    guard let bug, bug.isOnWire else { return nil }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let upstream = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: loop)
    let bootstrap = ServerBootstrap(group: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { client in
        client.eventLoop.makeCompletedFuture {
          let pair = WirePair(bug)
          try client.pipeline.syncOperations.addHandler(WireEnd(pair, isClient: true))
          pair.connect(to: host, upstream.value, beside: client)
        }
      }
    let channel = try await bootstrap.bind(host: host, port: port).get()
    let bound = channel.localAddress?.port ?? port
    return FaultyWire(port: bound, channel: channel, upstream: upstream)
  }

  /// Says where the server is; before that no client gets through.
  ///
  /// - Throws: When the process is about to end.
  package func lead(to port: Int) async throws {
    // A client may come in the moment after; the loop has to know the port by then.
    try await channel.eventLoop.submit { self.upstream.value = port }.get()
  }

  /// Stops listening.
  package func shutdown() async { try? await channel.close() }
}

/// The two connections of one client: to it, and on to the server.
private final class WirePair {
  private var fault: WireFault
  private var client: (any Channel)?
  private var server: (any Channel)?
  private var fromClient = FrameStream()
  private var fromServer = FrameStream()

  init(_ bug: DeskBug) { fault = WireFault(bug) }

  func connect(to host: String, _ port: Int, beside client: any Channel) {
    self.client = client
    let bound = NIOLoopBound(self, eventLoop: client.eventLoop)
    ClientBootstrap(group: client.eventLoop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { server in
        server.eventLoop.makeCompletedFuture {
          bound.value.server = server
          let end = WireEnd(bound.value, isClient: false)
          try server.pipeline.syncOperations.addHandler(end)
        }
      }
      .connect(host: host, port: port)
      .whenComplete { result in
        guard case .success = result else { return bound.value.end() }
        bound.value.client?.setOption(.autoRead, value: true).whenComplete { _ in }
      }
  }

  func received(_ bytes: [UInt8], isClient: Bool) {
    let parts = isClient ? fromClient.parts(with: bytes) : fromServer.parts(with: bytes)
    for part in parts {
      switch part {
      case .bytes(let bytes):
        write(bytes, toServer: isClient)
      case .frame(let frame, let isMasked, let bytes):
        let action =
          isClient ? fault.fromClient(frame, isMasked: isMasked) : fault.fromServer(frame)
        perform(action, bytes, isClient: isClient)
      }
    }
  }

  private func perform(_ action: WireFault.Action, _ bytes: [UInt8], isClient: Bool) {
    switch action {
    case .pass: write(bytes, toServer: isClient)
    case .replace(let frame):
      let key = isClient ? MaskingKey(1, 2, 3, 4) : nil
      write(frame.serialized(maskedWith: key), toServer: isClient)
    case .swallow: break
    case .close(let code):
      let payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
      write(Frame(.close, payload: payload).serialized(maskedWith: nil), toServer: false)
      server?.close(promise: nil)
    case .drop: end()
    }
  }

  private func write(_ bytes: [UInt8], toServer: Bool) {
    let channel = toServer ? server : client
    channel?.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
  }

  /// One of the connections is over, and so the other.
  func end() {
    let channels = [client, server]
    client = nil
    server = nil
    for channel in channels { channel?.close(promise: nil) }
  }
}

/// One of the two connections.
private final class WireEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let pair: WirePair
  private let isClient: Bool

  init(_ pair: WirePair, isClient: Bool) {
    self.pair = pair
    self.isClient = isClient
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    pair.received(Array(Self.unwrapInboundIn(data).readableBytesView), isClient: isClient)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { pair.end() }
}
