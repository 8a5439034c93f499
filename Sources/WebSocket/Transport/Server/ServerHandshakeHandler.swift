import NIOCore
import NIOHTTP1

/// Reads the head of a connection's first request and makes way for what it asks for: frames,
/// plain HTTP, or a refusal.
///
/// Spec: RFC 6455 §4.2.
final class ServerHandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let core: ServerCore
  private var context: ChannelHandlerContext?
  private var parser: HTTPHeadParser
  private var timer: Scheduled<Void>?
  private var isDone = false
  /// When the connection came, or its last request began.
  private var began = MonotonicTime(nanoseconds: 0)

  init(_ core: ServerCore) {
    self.core = core
    parser = HTTPHeadParser(limits: core.configuration.headLimits)
  }

  /// Begins with a request that came over a kept HTTP connection.
  func begin(with head: HTTPRequestHead) {
    guard let context else { return }
    received(head, rest: ByteBuffer(), context)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    began = .now()
    let limit = core.configuration.handshakeTimeout.timeAmount
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
      self.refuse(
        .init(status: 408, reason: "no complete request came in time"),
        as: .timeout,
        context
      )
    }
    if context.channel.isActive { context.read() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    context.read()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.read()
  }

  func channelInactive(context: ChannelHandlerContext) {
    isDone = true
    timer?.cancel()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDone else { return }
    let buffer = Self.unwrapInboundIn(data)
    let bytes = buffer.readableBytesSpan
    var position = 0
    do throws(HTTPHeadError) {
      guard try parser.collect(bytes, at: &position) else {
        try parser.checkRequestStart()
        return
      }
      let head = try parser.request()
      let rest = buffer.getSlice(
        at: buffer.readerIndex + position,
        length: buffer.readableBytes - position
      )
      received(head, rest: rest ?? ByteBuffer(), context)
    } catch {
      refuse(.init(status: error.status, reason: "\(error)"), as: .invalidRequest, context)
    }
  }

  private func received(
    _ head: HTTPRequestHead,
    rest: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    if core.isOverfull {
      let limit = core.configuration.maximumConnections
      refuse(
        .init(status: 503, reason: "more than \(limit) connections are open"),
        as: .full,
        context
      )
      return
    }
    switch ServerHandshake.judge(head) {
    case .refuse(let refusal): refuse(refusal, as: .invalidHandshake, context)
    case .plainHTTP: becomePlain(rest: rest, context)
    case .handshake(let request, let key): decide(request, key: key, rest: rest, context)
    }
  }

  private func decide(
    _ request: HandshakeRequest,
    key: String,
    rest: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    if core.isShuttingDown {
      refuse(
        .init(status: 503, reason: "the server is shutting down"),
        as: .shuttingDown,
        context
      )
      return
    }
    switch core.service.accept(request) {
    case .refuse(let status, let reason):
      refuse(.init(status: status, reason: reason), as: .service, context)
    case .accept(let subprotocol?) where !request.subprotocols.contains(subprotocol):
      // Spec: RFC 6455 §4.2.2 item 5.5: the value comes from the client's offer.
      refuse(
        .init(status: 500, reason: "the subprotocol '\(subprotocol)' was not offered"),
        as: .service,
        context
      )
    case .accept(let subprotocol):
      open(request, key: key, subprotocol: subprotocol, rest: rest, context)
    }
  }

  private func open(
    _ request: HandshakeRequest,
    key: String,
    subprotocol: String?,
    rest: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    let compression: DeflateProposal?
    do throws(ServerHandshake.Refusal) {
      compression = try ServerHandshake.compression(
        for: request.headers,
        core.configuration.compression
      )
    } catch {
      refuse(error, as: .invalidHandshake, context)
      return
    }
    isDone = true
    let connection = ServerConnection(
      id: core.nextID(),
      loop: core.loop,
      metrics: core.configuration.metrics
    )
    var options = core.configuration.options
    options.compression = compression?.parameters
    let handler = WebSocketHandler(
      role: .server,
      options: options,
      events: ServiceEvents(connection, core),
      memory: core.memory
    )
    do {
      try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
    } catch {
      context.close(promise: nil)
      return
    }
    connection.attach(handler)
    core.connections[connection.id] = connection
    let response = ServerHandshake.response(
      key: key,
      subprotocol: subprotocol,
      compression: compression
    )
    context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: response.bytes)), promise: nil)
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    core.configuration.metrics?.opened(within: began.duration(to: .now()))
    core.service.opened(connection, request: request)
    handler.start(with: rest, at: .now())
  }

  private func becomePlain(rest: ByteBuffer, _ context: ChannelHandlerContext) {
    isDone = true
    var bytes = ByteBuffer(bytes: parser.bytes)
    bytes.writeImmutableBuffer(rest)
    do {
      try PlainHTTPHandler.install(in: context.pipeline.syncOperations, core)
      try context.channel.syncOptions?.setOption(.autoRead, value: true)
    } catch {
      context.close(promise: nil)
      return
    }
    context.fireChannelRead(Self.wrapInboundOut(bytes))
    context.fireChannelReadComplete()
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  /// Answers with a sentence and ends the connection when the answer is out.
  private func refuse(
    _ refusal: ServerHandshake.Refusal,
    as reason: ServerMetrics.Refusal,
    _ context: ChannelHandlerContext
  ) {
    guard !isDone else { return }
    isDone = true
    core.configuration.metrics?.refused(reason, status: refusal.status)
    timer?.cancel()
    let bytes = ByteBuffer(bytes: refusal.bytes)
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
    // As in a closing: what the client still sends must not turn the end into a reset.
    context.close(mode: .output, promise: nil)
    let limit = core.configuration.closeTimeout.timeAmount
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
      context.close(promise: nil)
    }
  }
}

extension ServerHandshakeHandler {
  typealias InboundOut = ByteBuffer
}
