import NIOCore
import NIOHTTP1
import NIOPosix

/// A plain HTTP server whose answers may take their time.
///
/// Requests of one connection are answered one after the other, those of several at once.
///
/// Spec: RFC 9112.
package final class PlainHTTPServer: Sendable {
  /// Makes the answer to a request; cancelled when its connection ends before.
  package typealias Answer = @Sendable (PlainHTTPRequest) async -> PlainHTTPResponse

  /// The port that the server listens on.
  package let port: Int

  private let channel: any Channel
  private let connections: NIOLoopBound<OpenChannels>

  private init(channel: any Channel, port: Int, connections: NIOLoopBound<OpenChannels>) {
    self.channel = channel
    self.port = port
    self.connections = connections
  }

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - host: The address to listen on.
  ///   - port: The port; 0 takes a free one.
  ///   - maximumBodyBytes: The longest body of a request; longer ones are answered with 413.
  ///   - idleTimeout: How long a connection may be silent in both directions.
  ///   - answer: Makes the answers.
  /// - Returns: The server, listening.
  /// - Throws: ``TransportError/cannotListen(host:port:reason:)``.
  package static func start(
    host: String = "127.0.0.1",
    port: Int = 0,
    maximumBodyBytes: Int = 8 * 1_048_576,
    idleTimeout: Duration = .seconds(600),
    answer: @escaping Answer
  ) async throws(TransportError) -> PlainHTTPServer {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    do {
      return try await loop.flatSubmit {
        let bound = NIOLoopBound(OpenChannels(), eventLoop: loop)
        return ServerBootstrap(group: loop)
          .serverChannelOption(.backlog, value: 1024)
          .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
          .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
          .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              bound.value.track(channel)
              let pipeline = channel.pipeline.syncOperations
              try pipeline.configureHTTPServerPipeline()
              try pipeline.addHandler(IdleStateHandler(allTimeout: idleTimeout.timeAmount))
              try pipeline.addHandler(AnsweringHandler(maximumBodyBytes, answer))
            }
          }
          .bind(host: host, port: port)
          .map { channel in
            let port = channel.localAddress?.port ?? port
            return PlainHTTPServer(channel: channel, port: port, connections: bound)
          }
      }.get()
    } catch {
      throw .listening(host: host, port: port, error)
    }
  }

  /// Stops listening and drops every connection.
  package func shutdown() async {
    channel.close(promise: nil)
    channel.eventLoop.execute { self.connections.value.closeAll() }
    await withCheckedContinuation { continuation in
      channel.closeFuture.whenComplete { _ in continuation.resume() }
    }
  }
}

/// The connections of a server that are open; used on its event loop alone.
private final class OpenChannels {
  private var channels: [ObjectIdentifier: any Channel] = [:]
  private var isClosed = false

  func track(_ channel: any Channel) {
    guard !isClosed else {
      channel.close(promise: nil)
      return
    }
    let id = ObjectIdentifier(channel)
    channels[id] = channel
    channel.closeFuture.assumeIsolated().whenComplete { _ in self.channels[id] = nil }
  }

  func closeAll() {
    isClosed = true
    for channel in channels.values { channel.close(promise: nil) }
  }
}

/// Collects a request, has it answered, and writes the answer.
private final class AnsweringHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let maximumBodyBytes: Int
  private let answer: PlainHTTPServer.Answer
  private var head: NIOHTTP1.HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLong = false
  private var work: Task<Void, Never>?

  init(_ maximumBodyBytes: Int, _ answer: @escaping PlainHTTPServer.Answer) {
    self.maximumBodyBytes = maximumBodyBytes
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
      isTooLong = false
      if head.headers[canonicalForm: "expect"].contains("100-continue") {
        let part = HTTPServerResponsePart.head(.init(version: head.version, status: .continue))
        context.writeAndFlush(Self.wrapOutboundOut(part), promise: nil)
      }
    case .body(let part):
      isTooLong = isTooLong || body.count + part.readableBytes > maximumBodyBytes
      if !isTooLong { body.append(contentsOf: part.readableBytesView) }
    case .end:
      if let head { respond(to: head, context) }
      head = nil
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    work?.cancel()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func respond(to head: NIOHTTP1.HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard !isTooLong else {
      let text = "the body is longer than \(maximumBodyBytes) bytes\n"
      write(.text(text, status: 413), head, context)
      return
    }
    let request = PlainHTTPRequest(head, body: body)
    body = []
    let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    // Bridges the callback of the pipeline; ends with the answer, or with the connection.
    work = Task { [answer] in
      let response = await answer(request)
      loop.execute { bound.value.handler.write(response, head, bound.value.context) }
    }
  }

  private func write(
    _ response: PlainHTTPResponse,
    _ head: NIOHTTP1.HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    let keepsOpen = head.isKeepAlive && !isTooLong
    let responseHead = response.head(head.version, keepsConnection: keepsOpen)
    context.write(Self.wrapOutboundOut(.head(responseHead)), promise: nil)
    if head.method != .HEAD, !response.body.isEmpty {
      let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: response.body)))
      context.write(Self.wrapOutboundOut(part), promise: nil)
    }
    let done = context.writeAndFlush(Self.wrapOutboundOut(.end(nil)))
    guard !keepsOpen else { return }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    done.whenComplete { _ in bound.value.close(promise: nil) }
  }
}
