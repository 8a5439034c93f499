import NIOCore

/// What one handler sends: gathered while it reads, then handed to the system in one call.
///
/// The bytes go straight to the socket while nothing waits in the channel: its pipeline and its
/// queue of writes take as long as the rest of a small message. What the system does not take goes
/// on through the channel, and so does everything after it until the channel is empty again; order,
/// back-pressure, errors and closing are the channel's there, as they always are with TLS.
final class ChannelOutput {
  private let context: ChannelHandlerContext
  private let channel: any Channel
  private let socket: DirectSocket?
  private let memory: OutputMemory
  /// The bytes that go straight to the socket with the next flush; nil when there are none.
  private var gathered: ByteBuffer?
  /// Whether ``gathered`` goes back to the memory of all.
  private var isLent = false
  /// Who waits for the bytes before `end`, an offset in ``gathered``; in order.
  private var receipts: [(end: Int, promise: EventLoopPromise<Void>)] = []
  /// Whether the channel may hold bytes that have to go out first.
  private(set) var isThroughChannel = true
  private var isFlushOwed = false
  /// Whether the end of the output was asked for, which the channel puts behind its own bytes.
  private var isEnding = false
  private var isClosed = false

  /// How much is gathered before it goes out, in bytes.
  private static let maximumGathered = 65_536

  init(_ context: ChannelHandlerContext, _ memory: OutputMemory) {
    self.context = context
    self.memory = memory
    channel = context.channel
    socket = DirectSocket(channel)
  }

  /// Whether more should be written now.
  var isWritable: Bool { !isThroughChannel || channel.isWritable }

  /// How many bytes wait in the channel for a peer that does not read; nil when it is closed.
  var unsentBytes: Int? {
    guard isThroughChannel else { return 0 }
    return try? channel.syncOptions?.getOption(.bufferedWritableBytes)
  }

  /// Writes a frame; the promise succeeds when its last byte was handed to the system.
  func write(_ header: FrameHeader, _ payload: [UInt8], promise: EventLoopPromise<Void>?) {
    guard isDirect else {
      var buffer = channel.allocator.buffer(capacity: header.byteCount + payload.count)
      buffer.writeFrame(header, payload)
      return writeThroughChannel(buffer, promise)
    }
    if gathered == nil {
      gathered = memory.take()
      isLent = true
    }
    gathered?.writeFrame(header, payload)
    wrote(promise)
  }

  /// Writes bytes as they are; the promise succeeds when the last one was handed to the system.
  func write(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?) {
    guard isDirect else { return writeThroughChannel(bytes, promise) }
    guard bytes.readableBytes > 0 || promise != nil else { return }
    if gathered == nil { gathered = bytes } else { gathered?.writeImmutableBuffer(bytes) }
    wrote(promise)
  }

  /// Sends what was written.
  func flush() {
    if let bytes = gathered.take() { send(bytes) }
    guard isFlushOwed else { return }
    isFlushOwed = false
    context.flush()
  }

  /// Sends everything through the channel from now on, as its end has to come behind it.
  func endDirect() {
    flush()
    isEnding = true
    isThroughChannel = true
  }

  /// Forgets what was not flushed, as the channel is closed.
  func discard(_ error: any Error) {
    isClosed = true
    gathered = nil
    isLent = false
    let failed = receipts
    receipts = []
    for receipt in failed { receipt.promise.fail(error) }
  }

  /// Whether bytes may go past the channel.
  ///
  /// The socket's number means another connection once the channel has closed it. Nobody is called
  /// between that and the end that the handler is told of, as nothing waits in the channel.
  private var isDirect: Bool {
    guard !isClosed else { return false }
    guard isThroughChannel else { return true }
    guard socket != nil, !isEnding, gathered == nil, channel.isActive, unsentBytes == 0 else {
      return false
    }
    isThroughChannel = false
    return true
  }

  private func wrote(_ promise: EventLoopPromise<Void>?) {
    if let promise { receipts.append((gathered?.writerIndex ?? 0, promise)) }
    if gathered?.readableBytes ?? 0 >= Self.maximumGathered { flush() }
  }

  private func writeThroughChannel(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
    isFlushOwed = true
    context.write(NIOAny(bytes), promise: promise)
  }

  private func send(_ bytes: consuming ByteBuffer) {
    let taken = bytes.withUnsafeReadableBytes { isClosed ? 0 : socket?.send($0) ?? 0 }
    guard taken == bytes.readableBytes else { return handOver(bytes, behind: taken) }
    if isLent { memory.give(bytes) }
    isLent = false
    succeedAll()
  }

  private func succeedAll() {
    // Mostly there is one, which can be told without a second array.
    if receipts.count <= 1 {
      receipts.popLast()?.promise.succeed()
      return
    }
    let done = receipts
    receipts = []
    for receipt in done { receipt.promise.succeed() }
  }

  /// Gives the channel what the system did not take.
  private func handOver(_ bytes: consuming ByteBuffer, behind taken: Int) {
    var rest = bytes
    isLent = false
    let waiting = receipts
    receipts = []
    isThroughChannel = true
    rest.moveReaderIndex(forwardBy: taken)
    for receipt in waiting {
      guard receipt.end > rest.readerIndex,
        let part = rest.readSlice(length: receipt.end - rest.readerIndex)
      else {
        receipt.promise.succeed()
        continue
      }
      writeThroughChannel(part, receipt.promise)
    }
    if rest.readableBytes > 0 { writeThroughChannel(rest, nil) }
  }
}

extension ByteBuffer {
  fileprivate mutating func writeFrame(_ header: FrameHeader, _ payload: [UInt8]) {
    let size = header.byteCount + payload.count
    writeWithUnsafeMutableBytes(minimumWritableBytes: size) { target in
      Frame.write(header, payload, to: target)
    }
  }
}
