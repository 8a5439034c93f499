import NIOCore

/// Asks an HTTP proxy for a tunnel, and makes way for what goes through it.
///
/// Spec: RFC 9110 §9.3.6.
final class TunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let proxy: HTTPProxy
  private let url: WebSocketURL
  private let limit: Duration
  private let onFailure: (TransportError) -> Void
  private let proceed: () throws -> Void
  private var parser = HTTPHeadParser()
  private var timer: Scheduled<Void>?
  private var isDone = false

  /// Makes a handler that asks as soon as it is in a pipeline.
  ///
  /// - Parameters:
  ///   - proxy: At the other end of the channel.
  ///   - url: The server that the tunnel leads to.
  ///   - limit: How long the proxy may take to answer.
  ///   - onFailure: Is told once why there is no tunnel; the channel is closed then.
  ///   - proceed: Puts those behind this handler who speak through the tunnel.
  init(
    _ proxy: HTTPProxy,
    to url: WebSocketURL,
    within limit: Duration,
    onFailure: @escaping (TransportError) -> Void,
    then proceed: @escaping () throws -> Void
  ) {
    self.proxy = proxy
    self.url = url
    self.limit = limit
    self.onFailure = onFailure
    self.proceed = proceed
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let limit = limit
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit.timeAmount) {
      self.fail("it did not answer within \(limit.brief)", context)
    }
    let bytes = ByteBuffer(bytes: proxy.request(for: url).bytes)
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = Self.unwrapInboundIn(data)
    var position = 0
    do throws(HTTPHeadError) {
      guard try parser.collect(buffer.readableBytesSpan, at: &position) else {
        return try parser.checkResponseStart()
      }
      let head = try parser.response()
      guard (200..<300).contains(head.status) else {
        let phrase = head.reason.shortened()
        let status = phrase.isEmpty ? "\(head.status)" : "\(head.status) (\(phrase))"
        return fail("it answered with status \(status)", context)
      }
      let rest = buffer.getSlice(
        at: buffer.readerIndex + position,
        length: buffer.readableBytes - position
      )
      open(rest ?? ByteBuffer(), context)
    } catch {
      fail("\(error)", context)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if isDone { context.fireChannelReadComplete() } else { context.read() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      fail("it ended the connection without an answer", context)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail("it ended the connection without an answer", context)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    fail(describe(error), context)
  }

  private func open(_ rest: ByteBuffer, _ context: ChannelHandlerContext) {
    guard !isDone else { return }
    isDone = true
    timer?.cancel()
    do {
      try proceed()
      // What the server says first belongs to the tunnel.
      if rest.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(rest)) }
      context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    } catch {
      onFailure(.connectFailed(url, reason: "\(error)"))
      context.close(promise: nil)
    }
  }

  private func fail(_ reason: String, _ context: ChannelHandlerContext) {
    guard !isDone else { return }
    isDone = true
    timer?.cancel()
    let who = "the HTTP proxy \(proxy.host):\(proxy.port) opens no tunnel"
    onFailure(.connectFailed(url, reason: "\(who): \(reason)"))
    context.close(promise: nil)
  }
}
