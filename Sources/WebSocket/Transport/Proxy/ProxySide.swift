import NIOCore

/// One of the two channels of a connection through the proxy.
final class ProxySide: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The way that the bytes go which are read here.
  let direction: FrameDirection
  private(set) var context: ChannelHandlerContext?
  private let memory: OutputMemory
  private var output: ChannelOutput?
  /// Whether the peer has ended its direction.
  private(set) var hasEnded = false
  private var hasRead = false
  /// The error that explains the end.
  private(set) var error: (any Error)?
  private var pair: ProxyPair?
  private var hasEndedOutput = false

  init(_ direction: FrameDirection, _ pair: ProxyPair, _ memory: OutputMemory) {
    self.direction = direction
    self.memory = memory
    self.pair = pair
  }

  /// Whether there never was a connection that carries bytes, as TLS failed.
  var isUnreachable: Bool { !hasRead && error is TransportError }

  /// Whether more should be sent to this side now.
  var isWritable: Bool { output?.isWritable ?? true }

  /// Asks for more bytes, if the pair wants them.
  func read() {
    guard !hasEnded, let context, pair?.mayRead(self) == true else { return }
    context.read()
  }

  /// Sends bytes to this side at the next ``flush()``.
  func write(_ buffer: ByteBuffer) {
    guard !hasEndedOutput else { return }
    output?.write(buffer, promise: nil)
  }

  /// Sends what was written.
  func flush() {
    output?.flush()
  }

  /// Ends the direction to this side when everything that was written is out.
  func endOutput(then body: @escaping () -> Void = {}) {
    guard !hasEndedOutput, let context else { return }
    hasEndedOutput = true
    output?.endDirect()
    // A channel whose input has ended is closed at once, with what it still has to write; so
    // wait for that first.
    let promise = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer()), promise: promise)
    promise.futureResult.assumeIsolated().whenComplete { _ in
      self.context?.close(mode: .output, promise: nil)
      body()
    }
  }

  /// Ends both directions at once.
  func close() {
    context?.close(promise: nil)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    output = ChannelOutput(context, memory)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    output = nil
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    read()
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasRead = true
    pair?.received(Self.unwrapInboundIn(data), from: self)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    pair?.flush(from: self)
    read()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { pair?.isWritableAgain(self) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { end() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if !TLSFailure.isUncleanEnd(error) { note(error, context) }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    output?.discard(ChannelError.ioOnClosedChannel)
    end()
    let pair = self.pair
    self.pair = nil
    pair?.isGone(self)
  }

  /// Keeps the first error, one of TLS with what can be said about it only now.
  private func note(_ error: any Error, _ context: ChannelHandlerContext) {
    guard self.error == nil else { return }
    self.error = error
    guard direction == .toConsumer else {
      if !hasRead, let reason = TLSFailure.clientReason(error) {
        pair?.missed("a consumer \(reason)")
      }
      return
    }
    guard let url = pair?.upstream,
      let reason = TLSFailure.reason(error, url, in: context.pipeline)
    else { return }
    self.error = TransportError.tlsFailed(url, reason: reason)
  }

  private func end() {
    guard !hasEnded else { return }
    hasEnded = true
    pair?.ended(self)
  }
}
