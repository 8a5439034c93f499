import Contract
import Session
import WebSocket

/// The way to the provider, measured before it has anything to do.
enum Baseline {
  /// How many pings are sent.
  static let pings = 9
  /// How long a pong is waited for.
  static let pongPatience: Duration = .seconds(2)

  /// Opens a connection, and measures how long a ping frame takes there and back.
  ///
  /// - Returns: The median; zero when the provider answers no pings.
  /// - Throws: ``FuzzError`` when there is no connection, or the provider closes it at once.
  nonisolated(nonsending) static func measure(
    _ provider: WebSocketURL,
    _ session: SessionOptions,
    _ vocabulary: Vocabulary
  ) async throws(FuzzError) -> Duration {
    let live = LiveSession(
      provider: provider,
      recorder: TranscriptRecorder(),
      options: session
    )
    var times: [Duration] = []
    do throws(SessionError) {
      try await live.connect("baseline", facts: vocabulary.sockets.first?.facts)
      for _ in 0..<pings {
        let deadline = MonotonicTime.now().advanced(by: pongPatience)
        guard let time = try await live.ping(on: "baseline", until: deadline) else { break }
        times.append(time)
      }
    } catch {
      guard case .connectionLost(_, let closure) = error else { throw .provider(error) }
      throw .closedAtOnce(TranscriptClosure(closure))
    }
    if times.isEmpty {
      // Perhaps pings are not answered; perhaps the connection is over.
      let now = MonotonicTime.now()
      let event = try? await live.next(on: "baseline", until: now)
      if let closure = event?.closure { throw .closedAtOnce(TranscriptClosure(closure)) }
    }
    await live.closeAll()
    return times.isEmpty ? .zero : times.sorted()[times.count / 2]
  }
}
