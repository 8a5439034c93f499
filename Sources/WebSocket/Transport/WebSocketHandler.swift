import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Drives the rules of one connection: bytes from the channel in, frames to the channel out.
///
/// Everything happens on the channel's event loop. Reading is by request, so a receiver that is
/// full stops the peer through TCP's own flow control.
final class WebSocketHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var rules: ConnectionRules
  private let options: ConnectionOptions
  private var events: (any ConnectionEvents)?
  private var context: ChannelHandlerContext?
  private let memory: OutputMemory
  private var output: ChannelOutput?
  /// Bytes that were read while the receiver was full, each with the time of its read.
  private var held = CircularBuffer<(bytes: ByteBuffer, time: MonotonicTime)>(initialCapacity: 0)
  private var lastHeard = MonotonicTime(nanoseconds: 0)
  /// When the first byte came of a message whose last one has not come yet.
  private var messageBegan: MonotonicTime?
  /// When the first ping was sent that nothing has been heard after.
  private var firstPing: MonotonicTime?
  /// Whether what is sent is gathered, as more may follow: bytes are being read, or several messages
  /// are sent together.
  private var isReading = false
  /// Whether the owner wants nothing to be read, whatever room there is.
  private var isStalled = false
  /// What the peer did wrong, until the receiver has dealt with what came before it.
  private var violation: ProtocolViolation?
  private var timer: Scheduled<Void>?
  private var failTimer: Scheduled<Void>?
  private var keepAliveTimer: Scheduled<Void>?
  /// The error that the channel reported, which explains the end that follows.
  private var channelError: (any Error)?

  init(
    role: Role,
    options: ConnectionOptions,
    events: any ConnectionEvents,
    memory: OutputMemory
  ) {
    // A server masks nothing, so it need not ask for random numbers.
    let seed = role == .server ? 0 : options.maskingKeySeed
    let keys = seed.map(MaskingKeyGenerator.init(seed:)) ?? MaskingKeyGenerator()
    rules = ConnectionRules(
      role: role,
      limits: options.limits,
      keys: keys,
      compression: options.compression,
      compressionLevel: options.compressionLevel
    )
    self.options = options
    self.memory = memory
    self.events = events
  }

  /// Begins with what was read behind the handshake.
  func start(with leftover: ByteBuffer, at time: MonotonicTime) {
    guard let context else { return }
    lastHeard = time
    scheduleKeepAlive()
    if leftover.readableBytes > 0 { process(leftover, at: time) }
    output?.flush()
    if mayRead { context.read() }
  }

  // MARK: Channel events

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    output = ChannelOutput(context, memory)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    finish(failure: .ended, endedBy: .none)
    output?.discard(ChannelError.ioOnClosedChannel)
    output = nil
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let time = MonotonicTime.now()
    lastHeard = time
    isReading = true
    let bytes = Self.unwrapInboundIn(data)
    // A read that was asked for before a stall may still bring something.
    if held.isEmpty, !isStalled { process(bytes, at: time) } else { held.append((bytes, time)) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    output?.flush()
    if mayRead { context.read() }
    events?.readingEnded()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if options.readsOnlyWhileWritable, context.channel.isWritable { resumeReading() }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Many peers end TCP without ending TLS first; that is an end like another.
    if !TLSFailure.isUncleanEnd(error) { channelError = error }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    output?.discard(ChannelError.ioOnClosedChannel)
    // What was held back came before the end, so it is told before the end.
    while let (bytes, time) = held.popFirst() { process(bytes, at: time, evenIfFull: true) }
    finish(failure: endFailure, endedBy: .remote)
    context.fireChannelInactive()
  }

  private var endFailure: Closure.Failure {
    switch channelError {
    case nil: .ended
    case let error as IOError where error.isReset: .reset
    case let error?: .inputOutput("\(error)")
    }
  }

  // MARK: Receiving

  private var mayRead: Bool {
    guard held.isEmpty, !isStalled, context != nil else { return false }
    if !rules.closing.maySend { return true }
    if options.readsOnlyWhileWritable, output?.isWritable == false { return false }
    return events.map { !$0.isFull } ?? true
  }

  /// Goes on after the receiver was full.
  func resumeReading() {
    guard let context else { return }
    let wasReading = isReading
    isReading = true
    while !isStalled, let (bytes, time) = held.popFirst() {
      process(bytes, at: time)
      if isHeldBack { break }
    }
    isReading = wasReading
    if !isReading { output?.flush() }
    if mayRead { context.read() }
  }

  private func process(_ buffer: ByteBuffer, at time: MonotonicTime, evenIfFull: Bool = false) {
    let bytes = buffer.readableBytesSpan
    var position = 0
    while let event = rules.next(in: bytes, at: &position) {
      // While this side closes, what does not fit is let go: the peer's close frame counts more.
      let isLost = !evenIfFull && !rules.closing.maySend && events?.isFull == true
      if !isLost || event.isEnd { handle(event, at: time) }
      if messageBegan != nil, !rules.isWithinMessage { messageBegan = nil }
      if !evenIfFull, isHeldBack { break }
    }
    if messageBegan == nil, position == buffer.readableBytes, rules.isMidway { messageBegan = time }
    guard position < buffer.readableBytes,
      let rest = buffer.getSlice(
        at: buffer.readerIndex + position,
        length: buffer.readableBytes - position
      )
    else { return }
    held.prepend((rest, time))
  }

  /// Whether the bytes at hand have to wait; a connection that is closing reads to its end.
  private var isHeldBack: Bool {
    guard rules.closing.maySend, let events else { return false }
    if options.readsOnlyWhileWritable, output?.isWritable == false { return true }
    return events.isFull
  }

  private func handle(_ event: ConnectionRules.Event, at time: MonotonicTime) {
    switch event {
    case .message(let message):
      events?.received(message, at: messageBegan ?? time)
    case .ping(let payload):
      if options.automaticPong, rules.closing.maySend { write(.pong, payload, promise: nil) }
      events?.receivedPing(payload, at: time)
    case .pong(let payload):
      events?.receivedPong(payload, at: time)
    case .closing(let action):
      perform(action)
    case .violation(let violation):
      self.violation = violation
      startFailTimer()
      // Messages before the violation were good, so they may still be answered.
      events?.whenTaken { self.fail() }
    }
  }

  // MARK: Sending

  /// Sends a message; the promise succeeds when its last byte was handed to the system.
  func send(_ message: Message, promise: EventLoopPromise<Void>?) {
    // What is not sent must not change what later messages may refer to.
    guard openOutput(promise) != nil else { return }
    let (header, payload) = rules.frame(for: message)
    write(header, payload, promise: promise)
  }

  /// Sends messages in one write; the promise succeeds when the last byte was handed to the system.
  func send(_ messages: [Message], promise: EventLoopPromise<Void>?) {
    guard let last = messages.last else {
      promise?.succeed()
      return
    }
    let wasReading = isReading
    isReading = true
    for message in messages.dropLast() { send(message, promise: nil) }
    send(last, promise: promise)
    isReading = wasReading
    if !isReading { output?.flush() }
  }

  /// Sends a ping.
  func ping(_ payload: [UInt8], promise: EventLoopPromise<Void>?) {
    write(.ping, Array(payload.prefix(125)), promise: promise)
  }

  /// Sends a frame with whatever header bits it has; a client's is masked.
  func send(_ frame: Frame, promise: EventLoopPromise<Void>?) {
    var header = rules.header(.continuation, payloadByteCount: frame.payload.count)
    header.opcode = frame.opcode
    header.isFinal = frame.isFinal
    header.reservedBits = frame.reservedBits
    write(header, frame.payload, promise: promise)
  }

  /// Sends bytes as they are.
  func sendRaw(_ bytes: [UInt8], promise: EventLoopPromise<Void>?) {
    guard let output = openOutput(promise) else { return }
    output.write(ByteBuffer(bytes: bytes), promise: promise)
    wrote(output)
  }

  private func write(_ opcode: Opcode, _ payload: [UInt8], promise: EventLoopPromise<Void>?) {
    write(rules.header(opcode, payloadByteCount: payload.count), payload, promise: promise)
  }

  private func write(
    _ header: FrameHeader,
    _ payload: [UInt8],
    promise: EventLoopPromise<Void>?
  ) {
    guard let output = openOutput(promise) else { return }
    output.write(header, payload, promise: promise)
    wrote(output)
  }

  /// The output while messages may be sent; otherwise fails the promise.
  private func openOutput(_ promise: EventLoopPromise<Void>?) -> ChannelOutput? {
    guard let output, rules.closing.maySend, events != nil else {
      promise?.fail(TransportError.closing)
      return nil
    }
    return output
  }

  private func wrote(_ output: ChannelOutput) {
    if !isReading { output.flush() }
    guard options.maximumUnsentBytes != .max, !output.isWritable else { return }
    if let unsent = output.unsentBytes, unsent > options.maximumUnsentBytes {
      // What the system has not been asked to take yet says nothing about the peer.
      output.flush()
    }
    guard let unsent = output.unsentBytes, unsent > options.maximumUnsentBytes else { return }
    finish(failure: .slowReader(unsentBytes: unsent), endedBy: .local)
    context?.close(promise: nil)
  }

  // MARK: Closing

  /// Starts the closing handshake; nothing when it has begun.
  func close(_ code: CloseCode?, reason: String) {
    perform(rules.close(ClosePayload(code: code, reason: reason)))
    // A receiver that is full must not keep the peer's close frame from being seen.
    resumeReading()
  }

  /// Ends TCP without a close frame.
  func drop() {
    finish(failure: .dropped, endedBy: .local)
    context?.close(promise: nil)
  }

  // MARK: Misbehaving on purpose

  /// Ends the direction to the peer and reads on, without a close frame.
  func endOutput(promise: EventLoopPromise<Void>?) {
    guard let output = openOutput(promise) else { return }
    output.endDirect()
    context?.close(mode: .output, promise: promise)
  }

  /// Ends TCP with a reset, which throws away what the peer has not read.
  func reset() {
    finish(failure: .dropped, endedBy: .local)
    guard let channel = context?.channel else { return }
    let lingers = (channel as? any SocketOptionProvider)?.setSoLinger(
      linger(l_onoff: 1, l_linger: 0)
    )
    guard let lingers else { return channel.close(promise: nil) }
    lingers.whenComplete { _ in channel.close(promise: nil) }
  }

  /// Reads nothing more, as a process that hangs, or goes on reading.
  func setStalled(_ isStalled: Bool) {
    self.isStalled = isStalled
    if !isStalled { resumeReading() }
  }

  private func perform(_ action: ClosingHandshake.Action) {
    switch action {
    case .nothing: break
    case .send(let payload):
      writeClose(payload)
      startCloseTimer()
    case .sendThenEnd(let payload):
      writeClose(payload)
      end()
    case .end:
      end()
    }
  }

  /// Fails the connection for the violation that was found.
  private func fail() {
    guard let violation else { return }
    self.violation = nil
    failTimer?.cancel()
    perform(rules.fail(violation))
  }

  /// A receiver that does not come for its messages must not keep the connection from failing.
  private func startFailTimer() {
    failTimer = context?.eventLoop.assumeIsolated().scheduleTask(
      in: options.closeTimeout.timeAmount
    ) { self.fail() }
  }

  private func writeClose(_ payload: ClosePayload) {
    let bytes = payload.bytes
    output?.write(rules.header(.close, payloadByteCount: bytes.count), bytes, promise: nil)
    output?.flush()
  }

  /// Ends TCP when every frame is out, as the role asks.
  ///
  /// A server ends its direction at once and reads on until the client has ended the other, so
  /// that no unread byte turns the end into a reset which could overtake the close frame. A
  /// client waits for the server to do so.
  ///
  /// Spec: RFC 6455 §7.1.1.
  private func end() {
    output?.flush()
    startCloseTimer()
    guard rules.role == .server else { return }
    finish(failure: nil, endedBy: .local)
    output?.endDirect()
    context?.close(mode: .output, promise: nil)
  }

  private func startCloseTimer() {
    guard timer == nil, let context else { return }
    let limit = options.closeTimeout
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit.timeAmount) {
      self.finish(failure: .closeTimeout(limit), endedBy: .local)
      self.context?.close(promise: nil)
    }
  }

  private func scheduleKeepAlive() {
    guard let keepAlive = options.keepAlive else { return }
    keepAliveTick(at: .now().advanced(by: keepAlive.interval), keepAlive)
  }

  private func keepAliveTick(at time: MonotonicTime, _ keepAlive: KeepAlive) {
    guard let context, events != nil else { return }
    keepAliveTimer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time.deadline) {
      guard self.events != nil else { return }
      let now = MonotonicTime.now()
      if let first = self.firstPing, first < self.lastHeard { self.firstPing = nil }
      switch keepAlive.action(at: now, lastHeard: self.lastHeard, firstPing: self.firstPing) {
      case .ping(let next):
        self.firstPing = self.firstPing ?? now
        if self.rules.closing.maySend { self.ping([], promise: nil) }
        self.keepAliveTick(at: next, keepAlive)
      case .expired:
        self.finish(failure: .keepAliveTimeout(keepAlive.timeout), endedBy: .local)
        self.context?.close(promise: nil)
      }
    }
  }

  /// Tells the receiver that it is over, once.
  private func finish(failure: Closure.Failure?, endedBy: Closure.Initiator) {
    keepAliveTimer?.cancel()
    keepAliveTimer = nil
    if context?.channel.isActive != true {
      timer?.cancel()
      timer = nil
    }
    failTimer?.cancel()
    guard let events else { return }
    self.events = nil
    if let violation { _ = rules.fail(violation) }
    events.closed(rules.closing.closure(failure: failure, endedBy: endedBy, at: .now()))
  }
}

extension IOError {
  /// Whether the peer reset the connection.
  var isReset: Bool {
    errnoCode == ConnectionErrno.reset || errnoCode == ConnectionErrno.brokenPipe
  }
}
