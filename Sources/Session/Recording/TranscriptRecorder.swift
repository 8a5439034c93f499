package import Contract
import Synchronization
package import WebSocket

/// Writes down what a session sees, in order, as it happens.
///
/// Each event is in the file before ``record(_:connection:step:at:)`` returns, so that a killed
/// process loses nothing that it has seen.
package final class TranscriptRecorder: Sendable {
  private struct State {
    var events: [TranscriptEvent] = []
    var count = 0
    var failure: SessionError?
  }

  /// When the transcript began; its events count from here.
  package let begin: MonotonicTime
  private let file: AppendOnlyFile?
  private let keepsEvents: Bool
  private let state = Mutex(State())

  /// Begins a transcript.
  ///
  /// - Parameters:
  ///   - path: The file to write, one JSON line an event; `nil` writes none.
  ///   - keepsEvents: Whether ``transcript`` has the events; without it memory stays flat.
  ///   - begin: The time that events count from.
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  package init(
    file path: String?,
    keepsEvents: Bool = true,
    begin: MonotonicTime = .now()
  ) throws(SessionError) {
    var file: AppendOnlyFile?
    if let path { file = try AppendOnlyFile(path: path) }
    self.file = file
    self.keepsEvents = keepsEvents
    self.begin = begin
  }

  /// Begins a transcript that is kept in memory only.
  package init(begin: MonotonicTime = .now()) {
    file = nil
    keepsEvents = true
    self.begin = begin
  }

  /// Adds an event.
  ///
  /// When the file cannot be written, the first ``failure`` is kept and the session goes on.
  ///
  /// - Returns: The event as it was recorded.
  @discardableResult
  package func record(
    _ kind: TranscriptEvent.Kind,
    connection: String? = nil,
    step: Int? = nil,
    at time: MonotonicTime = .now()
  ) -> TranscriptEvent {
    state.withLock { add(kind, connection, step, time, to: &$0) }
  }

  /// Adds an event, or says why it is not in the file.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``, from the first event that could not be
  ///   written on.
  package func recordDurably(
    _ kind: TranscriptEvent.Kind,
    connection: String? = nil,
    step: Int? = nil,
    at time: MonotonicTime = .now()
  ) throws(SessionError) {
    let failure = state.withLock { state in
      _ = add(kind, connection, step, time, to: &state)
      return state.failure
    }
    if let failure { throw failure }
  }

  private func add(
    _ kind: TranscriptEvent.Kind,
    _ connection: String?,
    _ step: Int?,
    _ time: MonotonicTime,
    to state: inout State
  ) -> TranscriptEvent {
    state.count += 1
    let event = TranscriptEvent(
      number: state.count,
      nanoseconds: Int64(clamping: time.nanoseconds - min(time.nanoseconds, begin.nanoseconds)),
      connection: connection,
      step: step,
      kind: kind
    )
    if keepsEvents { state.events.append(event) }
    if let file, state.failure == nil {
      do {
        try file.append(event.jsonLine)
      } catch {
        state.failure = error
      }
    }
    return event
  }

  /// Everything recorded so far; empty when events are not kept.
  package var transcript: Transcript { Transcript(events: state.withLock(\.events)) }

  /// The events after the first `count`; none when events are not kept.
  package func events(after count: Int) -> [TranscriptEvent] {
    state.withLock { Array($0.events.dropFirst(count)) }
  }

  /// How many events were recorded.
  package var count: Int { state.withLock(\.count) }

  /// Why the file is incomplete, or `nil`.
  package var failure: SessionError? { state.withLock(\.failure) }

  /// Closes the file.
  package func close() { file?.close() }
}
