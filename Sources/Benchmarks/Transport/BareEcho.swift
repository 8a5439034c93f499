import NIOCore
import NIOPosix
import NIOWebSocket

/// Echo with nothing but SwiftNIO's own frame handlers on both sides: the yardstick.
///
/// No opening handshake, no UTF-8, no closing, no rules beyond those of the decoder; the masking
/// key is always the same.
struct BareEcho {
  private let server: any Channel
  private let clients: any EventLoop

  /// Starts the server on one loop; connections will be made from the other.
  static func start(server: any EventLoop, clients: any EventLoop) async throws -> BareEcho {
    let channel = try await ServerBootstrap(group: server)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addFrameHandlers()
          try channel.pipeline.syncOperations.addHandler(BareAnswer())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return BareEcho(server: channel, clients: clients)
  }

  /// Lets so many connections play ping-pong for some time.
  ///
  /// - Returns: Round trips a second.
  func rate(connections: Int, payload: [UInt8], for time: Duration) async throws -> Double {
    guard let address = server.localAddress else { return 0 }
    let clients = clients
    let futures = (0..<connections).map { _ in
      ClientBootstrap(group: clients)
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addFrameHandlers()
            try channel.pipeline.syncOperations.addHandler(BareAsker(payload))
          }
        }
        .connect(to: address)
    }
    let channels = try await EventLoopFuture.whenAllSucceed(futures, on: clients).get()
    let rate = try await RateOverTime.measure(time) {
      try await clients.submit {
        try channels.reduce(0) { sum, channel in
          try sum + channel.pipeline.syncOperations.handler(type: BareAsker.self).count
        }
      }.get()
    }
    for channel in channels { try await channel.close() }
    return rate.perSecond
  }

  func stop() async throws {
    try await server.close()
  }
}

extension ChannelPipeline.SynchronousOperations {
  fileprivate func addFrameHandlers() throws {
    try addHandlers(
      WebSocketFrameEncoder(),
      ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 20))
    )
  }
}

/// Sends each frame back.
private final class BareAnswer: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = Self.unwrapInboundIn(data)
    let answer = WebSocketFrame(fin: true, opcode: frame.opcode, data: frame.unmaskedData)
    context.write(Self.wrapOutboundOut(answer), promise: nil)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.flush()
  }
}

/// Sends a frame, and another one for each that comes back.
private final class BareAsker: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let payload: ByteBuffer
  private let key = WebSocketMaskingKey([0x37, 0xFA, 0x21, 0x3D])
  private(set) var count = 0

  init(_ payload: [UInt8]) {
    self.payload = ByteBuffer(bytes: payload)
  }

  func channelActive(context: ChannelHandlerContext) {
    ask(context)
    context.flush()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += 1
    ask(context)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.flush()
  }

  private func ask(_ context: ChannelHandlerContext) {
    let frame = WebSocketFrame(fin: true, opcode: .text, maskKey: key, data: payload)
    context.write(Self.wrapOutboundOut(frame), promise: nil)
  }
}
