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

/// A ``ChannelOutput`` on one end of a socket pair; the test reads the other end itself.
final class OutputPair: Sendable {
  /// Keeps the output for the test.
  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private(set) var output: ChannelOutput?

    func handlerAdded(context: ChannelHandlerContext) {
      output = ChannelOutput(context, OutputMemory())
    }

    func channelInactive(context: ChannelHandlerContext) {
      output?.discard(ChannelError.ioOnClosedChannel)
    }

    func handlerRemoved(context: ChannelHandlerContext) { output = nil }
  }

  let channel: any Channel
  private let handler: NIOLoopBound<Handler>
  private let far: CInt

  private init(_ channel: any Channel, _ handler: NIOLoopBound<Handler>, far: CInt) {
    self.channel = channel
    self.handler = handler
    self.far = far
  }

  deinit { close(far) }

  /// Makes a pair whose near end takes about so many bytes that nobody reads.
  static func make(sendBufferBytes: CInt = 4096) async throws -> OutputPair {
    var ends: [CInt] = [0, 0]
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = CInt(SOCK_STREAM.rawValue)
    #endif
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw CancellationError() }
    var size = sendBufferBytes
    setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<CInt>.size))
    // A test that waits for bytes that never come shall fail, not hang.
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(ends[1], SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let handler = try await loop.submit { NIOLoopBound(Handler(), eventLoop: loop) }.get()
    let channel = try await ClientBootstrap(group: loop)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler.value)
        }
      }
      .withConnectedSocket(ends[0]).get()
    return OutputPair(channel, handler, far: ends[1])
  }

  /// Does something with the output, on its loop.
  func withOutput<Outcome: Sendable>(
    _ body: @escaping @Sendable (ChannelOutput) throws -> Outcome
  ) async throws -> Outcome {
    try await channel.eventLoop.submit { [handler] in
      guard let output = handler.value.output else { throw ChannelError.ioOnClosedChannel }
      return try body(output)
    }.get()
  }

  /// A promise on the output's loop.
  func promise() -> EventLoopPromise<Void> { channel.eventLoop.makePromise() }

  /// Whether these bytes are the next ones at the far end.
  func reads(_ expected: [UInt8]) -> Bool { read(expected.count) == expected }

  /// Whether these bytes are the last ones at the far end.
  func readsToEnd(_ expected: [UInt8]) -> Bool { read(expected.count + 1) == expected }

  /// Reads so many bytes at the far end, fewer when the stream ends before.
  func read(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var part = [UInt8](repeating: 0, count: count - bytes.count)
      let partCount = recv(far, &part, part.count, 0)
      guard partCount > 0 else { break }
      bytes += part.prefix(partCount)
    }
    return bytes
  }

  /// Ends both directions of the far end.
  func shutDownFarEnd() { shutdown(far, CInt(SHUT_RDWR)) }
}
