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
  /// The bytes that go straight to the socket with the next flush.
  private var gathered = ByteBuffer()
  /// Whether the memory of ``gathered`` is this object's own.
  private var ownsMemory = true
  /// Who waits for the bytes before `end`, an offset in ``gathered``; in order.
  private var receipts: [(end: Int, promise: EventLoopPromise<Void>)] = []
  /// Whether the channel may hold bytes that have to go out first.
  private(set) var isThroughChannel = true
  private var isFlushOwed = false

  /// The most memory that is kept between writes, in bytes.
  private static let maximumKept = 1024
  /// How much is gathered before it goes out, in bytes.
  private static let maximumGathered = 65_536

  init(_ context: ChannelHandlerContext) {
    self.context = context
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
    if isDirect {
      gathered.writeFrame(header, payload)
      wrote(promise)
    } else {
      var buffer = channel.allocator.buffer(capacity: header.byteCount + payload.count)
      buffer.writeFrame(header, payload)
      writeThroughChannel(buffer, promise)
    }
  }

  /// Writes bytes as they are; the promise succeeds when the last one was handed to the system.
  func write(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?) {
    guard isDirect else { return writeThroughChannel(bytes, promise) }
    if gathered.readableBytes == 0 {
      gathered = bytes
      ownsMemory = false
    } else {
      gathered.writeImmutableBuffer(bytes)
    }
    wrote(promise)
  }

  /// Sends what was written.
  func flush() {
    if gathered.readableBytes > 0 { sendGathered() }
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

  /// Forgets what was not flushed, for a channel that is closed.
  func discard(_ error: any Error) {
    forgetMemory()
    let failed = receipts
    receipts = []
    for receipt in failed { receipt.promise.fail(error) }
  }

  private var isEnding = false

  private var isDirect: Bool {
    guard gathered.readableBytes == 0 else { return true }
    guard isThroughChannel else { return channel.isActive }
    guard socket != nil, !isEnding, channel.isActive, unsentBytes == 0 else { return false }
    isThroughChannel = false
    return true
  }

  private func wrote(_ promise: EventLoopPromise<Void>?) {
    if let promise { receipts.append((gathered.writerIndex, promise)) }
    if gathered.readableBytes >= Self.maximumGathered { flush() }
  }

  private func writeThroughChannel(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
    isFlushOwed = true
    context.write(NIOAny(bytes), promise: promise)
  }

  private func sendGathered() {
    // A channel that was closed meanwhile has no socket any more.
    let isOpen = channel.isActive
    let taken = gathered.withUnsafeReadableBytes { isOpen ? socket?.send($0) ?? 0 : 0 }
    guard taken < gathered.readableBytes else {
      reuseMemory()
      return succeedAll()
    }
    handOver(behind: taken)
  }

  private func reuseMemory() {
    if ownsMemory, gathered.capacity <= Self.maximumKept {
      gathered.clear()
    } else {
      forgetMemory()
    }
  }

  private func forgetMemory() {
    gathered = ByteBuffer()
    ownsMemory = true
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
  private func handOver(behind taken: Int) {
    var rest = gathered
    forgetMemory()
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
