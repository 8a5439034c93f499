import Generation
import Session
import WebSocket

/// A case that is ready to be played, by whatever task.
struct CasePlay: Sendable {
  /// Where its decisions come from.
  let source: ChoiceSource
  /// Whom it talks to.
  let provider: WebSocketURL
  let index: APIIndex
  let vocabulary: Vocabulary
  let heartbeats: HeartbeatReplies
  var options: CaseOptions

  /// Plays it.
  ///
  /// - Returns: What was done and seen, or that the task was cancelled.
  nonisolated(nonsending) func outcome() async -> Result<CaseRun, SessionError> {
    var player = CasePlayer(self)
    do throws(SessionError) {
      return .success(try await player.play())
    } catch {
      return .failure(error)
    }
  }
}
