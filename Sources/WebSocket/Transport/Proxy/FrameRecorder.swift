/// The way that a frame goes through a proxy.
package enum FrameDirection: Hashable, Sendable {
  /// From the consumer.
  case toProvider
  /// From the provider.
  case toConsumer

  /// The other way.
  package var opposite: FrameDirection { self == .toProvider ? .toConsumer : .toProvider }

  /// Who sends in this direction.
  var sender: String { self == .toProvider ? "consumer" : "provider" }
}

/// A frame as it passed: every header bit, and the payload unmasked.
///
/// Of a compressed message it has the decompressed part, and RSV1 no longer; a frame that cannot be
/// decompressed is as it was on the wire.
package typealias RecordedFrame = Frame

/// Who writes down what passes through a ``RecordingProxy``.
///
/// Calls come from several event loops at the same time, those of one connection from one, in the
/// order of the wire; always before the bytes go on: what a peer has seen has been recorded, even if
/// the process is killed at that moment. So what one message makes a provider say on another
/// connection is recorded after it. The proxy waits for each call, so it must be quick. For one
/// connection `opened` is the first call and `closed` the last.
package protocol FrameRecorder: Sendable {
  /// A consumer came and went without a connection that could be recorded, as TLS failed.
  ///
  /// - Parameters:
  ///   - problem: Why, as a sentence.
  ///   - time: When.
  func missed(problem: String, at time: MonotonicTime)
  /// The provider answered an opening handshake, or could not be asked.
  ///
  /// - Parameters:
  ///   - connection: The connection's number, counted from 1.
  ///   - request: The handshake as the consumer sent it.
  ///   - response: The answer; a status other than 101 means that no frames will follow.
  ///   - time: When it was read.
  /// - Throws: Anything; the connection is ended and the error becomes its problem.
  func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) throws
  /// A whole frame came.
  ///
  /// - Parameters:
  ///   - frame: The frame as it was.
  ///   - direction: Where it goes.
  ///   - connection: The connection's number.
  ///   - time: When its last byte was read.
  /// - Throws: Anything; the frame is not passed on, the connection is ended and the error becomes
  ///   its problem.
  func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) throws
  /// The connection is over.
  ///
  /// - Parameters:
  ///   - connection: The connection's number.
  ///   - direction: The side that ended it first, as the way that its bytes went; nil: the proxy.
  ///   - problem: What went wrong, as a sentence; nil when it was closed by both sides, or when the
  ///     consumer just went away between two frames.
  ///   - time: When.
  /// - Throws: Anything; nothing comes of it.
  func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws
}

extension FrameRecorder {
  /// Nothing is written down.
  package func missed(problem: String, at time: MonotonicTime) {}
}
