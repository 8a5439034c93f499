import Contract
package import WebSocket

/// Open connections by name and one recorder: what scenarios, verification and fuzzing drive.
///
/// Everything that is sent and received is in the transcript when a call returns. Used by one task.
package final class LiveSession {
  /// The provider's URL; connections with facts of their own derive theirs from it.
  package let provider: WebSocketURL
  /// Where everything is written down.
  package let recorder: TranscriptRecorder
  /// How it connects, and what it does of itself.
  package let options: SessionOptions
  var connections: [NamedConnection] = []
  private var seenStalls: Int
  /// How many files the provider's process had open when it was looked at last.
  var seenDescriptors: Int?

  /// Begins a session without any connection.
  package init(
    provider: WebSocketURL,
    recorder: TranscriptRecorder,
    options: SessionOptions = SessionOptions()
  ) {
    self.provider = provider
    self.recorder = recorder
    self.options = options
    seenStalls = options.stallDetector?.count ?? 0
  }

  /// The names of the connections that have not ended, in the order of their opening.
  package var openNames: [String] { connections.filter { $0.closure == nil }.map(\.name) }

  /// Whether a connection of this name is open.
  package func isOpen(_ name: String) -> Bool {
    connections.contains { $0.name == name && $0.closure == nil }
  }

  /// How a connection ended; `nil` while it is open or when there is none of this name.
  package func closure(of name: String) -> Closure? {
    connections.first { $0.name == name }?.closure
  }

  func connection(_ name: String) throws(SessionError) -> NamedConnection {
    guard let found = connections.first(where: { $0.name == name }) else {
      throw .unknownConnection(name: name, open: openNames)
    }
    return found
  }

  /// Writes down the stalls that were noticed since the last time.
  package func recordStalls() {
    guard let detector = options.stallDetector else { return }
    let count = detector.count
    guard count > seenStalls else { return }
    for stall in detector.stalls(after: seenStalls) {
      let nanoseconds = stall.end.nanoseconds - stall.begin.nanoseconds
      recorder.record(.stalled(nanoseconds: Int64(clamping: nanoseconds)), at: stall.end)
    }
    seenStalls = count
  }
}

/// A connection of a session and what is known about it.
final class NamedConnection {
  let name: String
  let connection: ClientConnection
  /// How many frames it has carried, both directions counted.
  var frames = 0
  /// What was taken from the connection while something else was waited for.
  var waiting: [ConnectionEvent] = []
  /// How it ended; `nil` while it is open.
  var closure: Closure?

  init(name: String, connection: ClientConnection) {
    self.name = name
    self.connection = connection
  }

  /// The next thing that waits or comes.
  nonisolated(nonsending) func nextEvent(
    until deadline: MonotonicTime?
  ) async throws(SessionError) -> ConnectionEvent? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    do {
      return try await connection.nextEvent(until: deadline)
    } catch {
      throw .cancelled
    }
  }
}
