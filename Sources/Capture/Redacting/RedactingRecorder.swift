import Contract
import Synchronization
package import WebSocket

/// Keeps secrets in addresses and payloads out of the journal.
///
/// Every frame is written down before it goes on; what that means for a message in several frames,
/// ``FragmentJoin`` says.
package final class RedactingRecorder: FrameRecorder {
  private let recorder: any FrameRecorder
  private let redaction: Redaction
  private let payloads: PayloadRedactor
  private let fragments = Mutex(FragmentJoin<Int>())

  /// Puts itself before a recorder.
  package init(recorder: any FrameRecorder, redaction: Redaction, payloads: PayloadRedactor) {
    self.recorder = recorder
    self.redaction = redaction
    self.payloads = payloads
  }

  /// Passes it on.
  package func missed(problem: String, at time: MonotonicTime) {
    recorder.missed(problem: problem, at: time)
  }

  /// Passes a handshake on without the secrets in its address.
  package func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) throws {
    var request = request
    request.target = redaction.target(request.target)
    try recorder.opened(connection: connection, request: request, response: response, at: time)
  }

  /// Passes a frame on without its secrets.
  package func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) throws {
    // Control frames have no secrets that a name tells.
    guard frame.opcode <= 2 else {
      try recorder.frame(frame, direction, connection: connection, at: time)
      return
    }
    var frame = frame
    let (payload, isFinal) = (frame.payload, frame.isFinal)
    let message = fragments.withLock {
      $0.message(endingWith: payload, isFinal: isFinal, connection, direction.ofMessages)
    }
    frame.payload = message.map { payloads.redacted($0, direction.ofMessages) } ?? []
    try recorder.frame(frame, direction, connection: connection, at: time)
  }

  /// Passes the end on.
  package func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws {
    fragments.withLock { $0.end(connection) }
    try recorder.closed(connection: connection, by: direction, problem: problem, at: time)
  }
}

extension FrameDirection {
  fileprivate var ofMessages: MessageDirection { self == .toProvider ? .toProvider : .toConsumer }
}
