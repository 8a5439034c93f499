import Contract
import Synchronization
package import WebSocket

/// Keeps secrets in addresses and payloads out of the journal.
///
/// Secrets can only be seen in whole messages, so the frames of a message in several ones are written
/// down when the last one has come; all others before they go on.
package final class RedactingRecorder: FrameRecorder {
  private struct Key: Hashable {
    var connection: Int
    var direction: FrameDirection
  }

  private struct Held {
    var frame: RecordedFrame
    var time: MonotonicTime
  }

  private let recorder: any FrameRecorder
  private let redaction: Redaction
  private let payloads: PayloadRedactor
  private let held = Mutex<[Key: [Held]]>([:])

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

  /// Passes a frame on without its secrets, or holds it back until its message is complete.
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
    let key = Key(connection: connection, direction: direction)
    let message = held.withLock { held -> [Held]? in
      let all = (held.removeValue(forKey: key) ?? []) + [Held(frame: frame, time: time)]
      if frame.isFinal { return all }
      held[key] = all
      return nil
    }
    guard let message else { return }
    let payload = message.count == 1 ? frame.payload : message.flatMap(\.frame.payload)
    let redacted = payloads.redacted(payload, direction == .toProvider ? .toProvider : .toConsumer)
    let isSame = redacted == payload
    for (index, part) in message.enumerated() {
      var frame = part.frame
      if !isSame { frame.payload = index == 0 ? redacted : [] }
      try recorder.frame(frame, direction, connection: connection, at: part.time)
    }
  }

  /// Passes the end on; frames of a message that was never complete come before it, without what they
  /// held.
  package func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws {
    // What was never complete is told without what it held.
    for direction in [FrameDirection.toProvider, .toConsumer] {
      let key = Key(connection: connection, direction: direction)
      for part in held.withLock({ $0.removeValue(forKey: key) }) ?? [] {
        var frame = part.frame
        frame.payload = Array(Redaction.placeholder.utf8)
        try recorder.frame(frame, direction, connection: connection, at: part.time)
      }
    }
    try recorder.closed(connection: connection, by: direction, problem: problem, at: time)
  }
}
