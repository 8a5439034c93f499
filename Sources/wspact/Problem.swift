import Contract

/// A reason why a command cannot do its job, in one sentence.
struct Problem: Error, CustomStringConvertible {
  /// Lower case, no full stop.
  var summary: String

  init(_ summary: String) { self.summary = summary }

  var description: String { "error: \(summary)" }

  /// What is printed for any error: located problems stand as they are, others get `error:` in front.
  static func description(of error: any Error) -> String {
    let text = String(describing: error)
    let isComplete = error is Problem || error is DiagnosticsError || text.contains("error: ")
    return isComplete ? text : "error: \(text)"
  }
}
