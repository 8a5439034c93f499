package import Contract
package import WebSocket

/// Writes down every frame that passes through a recording proxy, before it goes on.
///
/// One JSON line a frame, each with one `write(2)`: when the process is killed, every frame that
/// went on is in the file. A journal that cannot be written stops the connection.
package final class JournalRecorder: FrameRecorder {
  private let recorder: TranscriptRecorder

  /// Begins a journal.
  ///
  /// - Parameters:
  ///   - file: The file to write; `nil` keeps the events in memory only.
  ///   - keepsEvents: Whether ``transcript`` has the events; without it memory stays flat.
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  package init(file: String?, keepsEvents: Bool = true) throws(SessionError) {
    recorder = try TranscriptRecorder(file: file, keepsEvents: keepsEvents)
  }

  /// Everything that has passed.
  package var transcript: Transcript { recorder.transcript }

  /// Why the journal is incomplete, or `nil`.
  package var failure: SessionError? { recorder.failure }

  /// Closes the file; frames that come later are refused.
  package func close() { recorder.close() }

  /// The name of a connection in the journal.
  package static func name(ofConnection number: Int) -> String { "connection-\(number)" }

  /// Writes down an opening handshake.
  package func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) throws {
    let name = Self.name(ofConnection: connection)
    guard response.status == 101 else {
      let body = String(decoding: response.bodyStart.prefix(200), as: UTF8.self)
      let reason = "\(request.target): status \(response.status)\(body.isEmpty ? "" : ": \(body)")"
      try recorder.recordDurably(
        .refused(status: response.status, reason: reason),
        connection: name,
        at: time
      )
      return
    }
    let handshake = TranscriptHandshake(
      target: request.target,
      subprotocol: response.subprotocol,
      status: 101
    )
    try recorder.recordDurably(.opened(handshake), connection: name, at: time)
  }

  /// Writes down a frame: sent is what the consumer says, received what the provider says.
  package func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) throws {
    let recorded = TranscriptFrame(frame)
    try recorder.recordDurably(
      direction == .toProvider ? .sent(recorded) : .received(recorded),
      connection: Self.name(ofConnection: connection),
      at: time
    )
  }

  /// Writes down the end of a connection.
  package func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws {
    let initiator: TranscriptClosure.Initiator =
      switch direction {
      case .toProvider: .local
      case .toConsumer: .remote
      case nil: .nobody
      }
    let closure = TranscriptClosure(
      code: nil,
      initiator: initiator,
      isClean: problem == nil,
      problem: problem
    )
    try recorder.recordDurably(
      .closed(closure),
      connection: Self.name(ofConnection: connection),
      at: time
    )
  }
}
