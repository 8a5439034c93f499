import Contract
import Synchronization
package import WebSocket

/// Keeps secrets in addresses and payloads out of the journal.
///
/// Every frame is written down before it goes on. Secrets can only be seen in whole messages, so of a
/// message in several frames the last one gets what all of them held, and the others nothing.
package final class RedactingRecorder: FrameRecorder {
  private struct Key: Hashable {
    var connection: Int
    var direction: FrameDirection
  }

  private let recorder: any FrameRecorder
  private let redaction: Redaction
  private let payloads: PayloadRedactor
  /// What the frames of messages that are not complete held.
  private let unfinished = Mutex<[Key: [UInt8]]>([:])

  /// Puts itself before a recorder.
  package init(recorder: any FrameRecorder, redaction: Redaction, payloads: PayloadRedactor) {
    self.recorder = recorder
    self.redaction = redaction
    self.payloads = payloads
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
    var frame = frame
    // Control frames have no secrets that a name tells.
    if frame.opcode <= 2 {
      let message = message(endingWith: frame, Key(connection: connection, direction: direction))
      frame.payload = message.map { payloads.redacted($0, direction.ofMessages) } ?? []
    }
    try recorder.frame(frame, direction, connection: connection, at: time)
  }

  /// What all frames of a message held together; `nil` while it is not complete.
  private func message(endingWith frame: RecordedFrame, _ key: Key) -> [UInt8]? {
    unfinished.withLock { unfinished in
      if frame.isFinal { return (unfinished.removeValue(forKey: key) ?? []) + frame.payload }
      unfinished[key, default: []] += frame.payload
      return nil
    }
  }

  /// Passes the end on.
  package func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws {
    unfinished.withLock { unfinished in
      for direction in [FrameDirection.toProvider, .toConsumer] {
        unfinished[Key(connection: connection, direction: direction)] = nil
      }
    }
    try recorder.closed(connection: connection, by: direction, problem: problem, at: time)
  }
}

extension FrameDirection {
  fileprivate var ofMessages: MessageDirection { self == .toProvider ? .toProvider : .toConsumer }
}
