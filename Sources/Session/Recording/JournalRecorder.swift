package import Contract
import Synchronization
package import WebSocket

/// Writes down every frame that passes through a recording proxy, before it goes on.
///
/// One JSON line a frame. Lines are numbered in the order in which they stand in the file, whatever
/// thread they come from. The proxy's threads make no system call for that: a line is stored into
/// memory that the file shares, which is enough for it to survive when the process is killed, and
/// another thread sees to the file. Memory stays flat: ``readEvents(_:)`` reads the file. A journal
/// that cannot be written stops the connection.
package final class JournalRecorder: FrameRecorder {
  private struct State: ~Copyable {
    var file: JournalFile
    var line = JournalLine()
    var number = 0
    var failure: SessionError?

    init(file: consuming JournalFile) { self.file = file }
  }

  /// The file, as named.
  private let path: String
  /// When the journal began; its events count from here.
  private let begin = MonotonicTime.now()
  private let maximumBytes: Int?
  private let onFailure: @Sendable (SessionError) -> Void
  private let state: Mutex<State>

  /// Begins a journal.
  ///
  /// - Parameters:
  ///   - path: The file to write. What is not a plain file, such as a pipe, gets each line with a
  ///     system call, and cannot be read again.
  ///   - maximumBytes: How long the file may become; `nil`: as long as there is room.
  ///   - onFailure: Is told once, from any thread, when the file cannot be written any more.
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  package init(
    file path: String,
    maximumBytes: Int? = nil,
    onFailure: @escaping @Sendable (SessionError) -> Void = { _ in }
  ) throws(SessionError) {
    self.path = path
    self.maximumBytes = maximumBytes
    self.onFailure = onFailure
    state = Mutex(State(file: try JournalFile(path: path)))
  }

  /// Why the journal is incomplete, or `nil`.
  package var failure: SessionError? { state.withLock { $0.failure } }

  /// Ends the file after its last line; frames that come later are refused.
  package func close() { state.withLock { $0.file.finish() } }

  /// Adds a line.
  private func add(
    at time: MonotonicTime,
    _ write: (inout JournalLine, _ number: Int, _ nanoseconds: Int64) -> Void
  ) throws(SessionError) {
    let elapsed = time.nanoseconds - min(time.nanoseconds, begin.nanoseconds)
    let nanoseconds = Int64(clamping: elapsed)
    var isNew = false
    let failure = state.withLock { state -> SessionError? in
      if let failure = state.failure { return failure }
      write(&state.line, state.number + 1, nanoseconds)
      do throws(SessionError) {
        try checkLimit(state.file.byteCount + state.line.bytes.count)
        try state.file.append(state.line.bytes)
        state.number += 1
      } catch {
        state.failure = error
        isNew = true
      }
      return state.failure
    }
    guard let failure else { return }
    if isNew { onFailure(failure) }
    throw failure
  }

  private func checkLimit(_ byteCount: Int) throws(SessionError) {
    guard let maximumBytes, byteCount > maximumBytes else { return }
    throw .cannotWrite(
      file: path,
      reason: "it would become longer than \(maximumBytes) bytes, which is its limit"
    )
  }

  private func add(
    _ kind: TranscriptEvent.Kind,
    connection: Int?,
    at time: MonotonicTime
  ) throws(SessionError) {
    try add(at: time) { line, number, nanoseconds in
      line.write(
        TranscriptEvent(
          number: number,
          nanoseconds: nanoseconds,
          connection: connection.map(Self.name),
          kind: kind
        )
      )
    }
  }

  /// The name of a connection in the journal.
  package static func name(ofConnection number: Int) -> String { "connection-\(number)" }

  /// Writes down that a consumer could not connect.
  package func missed(problem: String, at time: MonotonicTime) {
    try? add(.note(problem), connection: nil, at: time)
  }

  /// Writes down an opening handshake.
  package func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) throws {
    guard response.status == 101 else {
      let body = String(decoding: response.bodyStart.prefix(200), as: UTF8.self)
      let reason = "\(request.target): status \(response.status)\(body.isEmpty ? "" : ": \(body)")"
      try add(.refused(status: response.status, reason: reason), connection: connection, at: time)
      return
    }
    let handshake = TranscriptHandshake(
      target: request.target,
      subprotocol: response.subprotocol,
      status: 101
    )
    try add(.opened(handshake), connection: connection, at: time)
  }

  /// Writes down a frame: sent is what the consumer says, received what the provider says.
  package func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) throws {
    let recorded = TranscriptFrame(frame)
    try add(at: time) { line, number, nanoseconds in
      line.write(
        recorded,
        direction == .toProvider ? "sent" : "received",
        connection: connection,
        number: number,
        nanoseconds: nanoseconds
      )
    }
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
    try add(.closed(closure), connection: connection, at: time)
  }
}

extension JournalRecorder {
  /// How many bytes are read at once; more only for a longer line.
  private static let chunkBytes = 1_048_576

  /// Reads what has been written so far, event by event.
  ///
  /// - Throws: ``SessionError/cannotRead(file:reason:)``, also when somebody else has changed it.
  package func readEvents(_ body: (TranscriptEvent) -> Void) throws(SessionError) {
    var unread: [UInt8] = []
    var offset = 0
    while true {
      let chunk = try state.withLock { (state) throws(SessionError) in
        try state.file.read(at: offset, limit: Self.chunkBytes)
      }
      guard !chunk.isEmpty else { break }
      offset += chunk.count
      unread += chunk
      guard let end = unread.lastIndex(of: UInt8(ascii: "\n")) else { continue }
      do {
        let lines = Array(unread[...end])
        for event in try Transcript.read(lines, file: path).transcript.events { body(event) }
      } catch {
        throw .cannotRead(file: path, reason: "it was changed meanwhile: \(error)")
      }
      unread.removeFirst(end + 1)
    }
  }
}
