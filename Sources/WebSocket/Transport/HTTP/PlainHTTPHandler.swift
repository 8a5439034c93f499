import NIOCore
import NIOHTTP1

/// Answers plain HTTP on a server's port, one request after the other on a connection.
///
/// Spec: RFC 9112 §9.3 (persistence), RFC 9110 §9.3.2 (HEAD), §10.1.1 (Expect).
final class PlainHTTPHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let core: ServerCore
  /// The handlers of the HTTP codec, in the order of the pipeline.
  private let codec: [any RemovableChannelHandler]
  private var head: NIOHTTP1.HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLong = false
  private var sending: Sending?

  /// A file on its way out.
  private struct Sending {
    var file: OpenFile
    var rest: Range<Int>
    var keepsConnection: Bool
  }

  /// How much of a file is read at a time, in bytes.
  private static let partBytes = 65_536

  private init(_ core: ServerCore, codec: [any RemovableChannelHandler]) {
    self.core = core
    self.codec = codec
  }

  /// Puts the HTTP codec and this handler at the end of a pipeline.
  static func install(
    in pipeline: ChannelPipeline.SynchronousOperations,
    _ core: ServerCore
  ) throws {
    let codec: [any RemovableChannelHandler] = [
      HTTPResponseEncoder(),
      ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)),
      HTTPServerPipelineHandler(),
      HTTPServerProtocolErrorHandler(),
      IdleStateHandler(allTimeout: core.configuration.idleTimeout.timeAmount),
    ]
    try pipeline.addHandlers(codec)
    try pipeline.addHandler(PlainHTTPHandler(core, codec: codec))
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
      isTooLong = isTooLong || body.count + part.readableBytes > core.configuration.maximumBodyBytes
      if !isTooLong { body.append(contentsOf: part.readableBytesView) }
    case .end:
      guard let head else { return }
      self.head = nil
      if Self.asksForWebSocket(head) {
        becomeWebSocket(head, context)
      } else {
        respond(to: head, context)
      }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func respond(to head: NIOHTTP1.HTTPRequestHead, _ context: ChannelHandlerContext) {
    let request = PlainHTTPRequest(head, body: body)
    body = []
    write(answer(to: request), to: head, context)
  }

  private static func asksForWebSocket(_ head: NIOHTTP1.HTTPRequestHead) -> Bool {
    head.headers[canonicalForm: "upgrade"].contains { $0.equalsIgnoringASCIICase("websocket") }
  }

  /// Takes the HTTP codec out again for a connection that goes on as a WebSocket.
  private func becomeWebSocket(
    _ head: NIOHTTP1.HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    let pipeline = context.pipeline.syncOperations
    let request = HTTPRequestHead(
      method: head.method.rawValue,
      target: head.uri,
      minorVersion: head.version.minor,
      headers: head.headers.map { HeaderField($0.name, $0.value) }
    )
    do {
      try context.channel.syncOptions?.setOption(.autoRead, value: false)
      let next = ServerHandshakeHandler(core)
      try pipeline.addHandler(next)
      pipeline.removeHandler(context: context, promise: nil)
      // The decoder comes last: it hands on what it has read behind the request.
      for handler in codec.reversed() { _ = pipeline.removeHandler(handler) }
      next.begin(with: request)
    } catch {
      context.close(promise: nil)
    }
  }

  private func answer(to request: PlainHTTPRequest) -> PlainHTTPResponse {
    if isTooLong {
      let limit = core.configuration.maximumBodyBytes
      return .text("the body is longer than \(limit) bytes\n", status: 413)
    }
    let configuration = core.configuration
    if let metrics = configuration.metrics, request.path == configuration.metricsPath,
      request.isReading
    {
      return .text(metrics.text, contentType: MetricsWriter.contentType)
    }
    return core.service.respond(to: request)
      ?? configuration.staticFiles?.response(to: request)
      ?? .nothing(at: request.path)
  }

  private func write(
    _ response: PlainHTTPResponse,
    to head: NIOHTTP1.HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    core.configuration.metrics?.responded(status: response.status)
    let keepsConnection = head.isKeepAlive && !isTooLong && !core.isShuttingDown
    let responseHead = response.head(head.version, keepsConnection: keepsConnection)
    context.write(Self.wrapOutboundOut(.head(responseHead)), promise: nil)
    if head.method != .HEAD, !response.body.isEmpty { write(response.body, context) }
    if head.method != .HEAD, let file = response.file {
      let range = response.fileRange ?? 0..<file.byteCount
      sending = Sending(file: file, rest: range, keepsConnection: keepsConnection)
      context.flush()
      sendOn(context)
    } else {
      end(keepsConnection, context)
    }
  }

  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))
    context.write(Self.wrapOutboundOut(part), promise: nil)
  }

  private func end(_ keepsConnection: Bool, _ context: ChannelHandlerContext) {
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    if !keepsConnection { context.close(mode: .output, promise: nil) }
  }
}

// MARK: - Files

extension PlainHTTPHandler {
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    sendOn(context)
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    sending = nil
    context.fireChannelInactive()
  }

  /// Sends as much of the file as the client takes; the rest follows when it has taken that.
  private func sendOn(_ context: ChannelHandlerContext) {
    while context.channel.isWritable, var current = sending {
      let rest = current.rest
      guard !rest.isEmpty else {
        sending = nil
        end(current.keepsConnection, context)
        return
      }
      guard let part = current.file.read(min(rest.count, Self.partBytes), at: rest.lowerBound),
        !part.isEmpty
      else {
        // The file has become shorter: only the end of TCP can say so now.
        sending = nil
        context.close(promise: nil)
        return
      }
      current.rest = rest.dropFirst(part.count)
      sending = current
      write(part, context)
      context.flush()
    }
  }
}
