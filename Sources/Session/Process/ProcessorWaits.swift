/// How long each thread of a process, and of those that it has started, was ready to run and had no
/// processor.
///
/// Spec: Linux, `Documentation/scheduler/sched-stats.rst`, `/proc/PID/schedstat`.
package struct ProcessorWaits: Hashable, Sendable {
  /// Nanoseconds since each thread began, by its id.
  private var waits: [String: Int64] = [:]

  /// Reads them; nothing is known where the system does not tell.
  ///
  /// - Parameter processID: The process.
  package init(of processID: Int32) {
    for process in ProcessFigures.family(of: processID) {
      for thread in ProcessFigures.entries(of: "/proc/\(process)/task") ?? [] {
        let text = ProcessFigures.text(of: "/proc/\(process)/task/\(thread)/schedstat")
        let words = text?.split(separator: " ") ?? []
        if words.count > 1 { waits[thread] = Int64(words[1]) }
      }
    }
  }

  /// The longest that a thread has waited since an earlier moment.
  ///
  /// Other threads may have waited at the same time, so more than this did not go by.
  package func longest(since earlier: ProcessorWaits) -> Duration {
    let longest = waits.map { $1 - (earlier.waits[$0] ?? 0) }.max() ?? 0
    return .nanoseconds(max(0, longest))
  }
}
