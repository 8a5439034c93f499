/// Who is told what happens on a connection; always called on its event loop.
protocol ConnectionEvents: AnyObject {
  /// Whether nothing more should be read until ``WebSocketHandler/resumeReading()`` is called.
  var isFull: Bool { get }
  /// Calls back on the event loop when everything so far has been dealt with.
  func whenTaken(_ body: @escaping () -> Void)
  /// A whole message came; `time` is that of its first byte.
  func received(_ message: Message, at time: MonotonicTime)
  /// A ping came; it has been answered if that is automatic.
  func receivedPing(_ payload: [UInt8], at time: MonotonicTime)
  /// A pong came.
  func receivedPong(_ payload: [UInt8], at time: MonotonicTime)
  /// Everything that was read at one time has been told.
  func readingEnded()
  /// The connection is over; the last call.
  func closed(_ closure: Closure)
}

extension ConnectionEvents {
  func readingEnded() {}
}

/// How one connection behaves after its handshake.
struct ConnectionOptions: Sendable {
  var limits = MessageLimits()
  /// Whether each ping is answered at once with its pong (RFC 6455 §5.5.2).
  var automaticPong = true
  /// How long to wait for the peer's part of the closing.
  var closeTimeout = Duration.seconds(2)
  /// When to ping a silent peer; nil: never.
  var keepAlive: KeepAlive?
  /// How many bytes may wait for a peer that does not read; more drops the connection.
  var maximumUnsentBytes = Int.max
  /// Whether to stop reading while the peer does not read.
  var readsOnlyWhileWritable = false
  /// What was agreed on compression; nil: there is none.
  var compression: DeflateParameters?
  /// How hard to compress, from 1 to 9.
  var compressionLevel = CompressionSettings().level
  /// Where a client's masking keys come from; nil: the system.
  var maskingKeySeed: UInt64?
}
