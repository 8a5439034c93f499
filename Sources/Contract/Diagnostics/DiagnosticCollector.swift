package import JSON

/// Gathers the problems of one run through one or more files.
///
/// Readers go on after a problem where that makes sense, so that a user sees all of them at once.
package final class DiagnosticCollector {
  /// How many problems are kept; a hostile file could have millions.
  package let limit: Int
  private var kept: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []
  private var leftOut = 0
  private var foundErrors = false

  /// Starts without problems.
  package init(limit: Int = 1_000) { self.limit = limit }

  /// Whether one of the problems is an error.
  package var hasErrors: Bool { foundErrors }

  /// Notes a problem; the same one twice counts once.
  package func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { foundErrors = true }
    guard !seen.contains(diagnostic) else { return }
    guard kept.count < limit else {
      leftOut += 1
      return
    }
    seen.insert(diagnostic)
    kept.append(diagnostic)
  }

  /// Notes that a file cannot be used.
  package func error(at location: SourceLocation?, _ message: String) {
    add(Diagnostic(.error, at: location, message))
  }

  /// Notes that a file can be used, but not as its author meant.
  package func warn(at location: SourceLocation?, _ message: String) {
    add(Diagnostic(.warning, at: location, message))
  }

  /// Whether an error was noted at a place.
  package func hasError(at location: SourceLocation) -> Bool {
    kept.contains { $0.severity == .error && $0.location == location }
  }

  /// The problems in order of position: those of one file first, then those of others by name.
  package func sorted(first file: String) -> [Diagnostic] {
    func key(_ diagnostic: Diagnostic) -> (Int, SourceLocation) {
      let location = diagnostic.location ?? SourceLocation(file: file, line: 0, column: 0)
      return (location.file == file ? 0 : 1, location)
    }
    var all = kept.enumerated().sorted { left, right in
      let (leftKey, rightKey) = (key(left.element), key(right.element))
      if leftKey.0 != rightKey.0 { return leftKey.0 < rightKey.0 }
      if leftKey.1 != rightKey.1 { return leftKey.1 < rightKey.1 }
      return left.offset < right.offset
    }.map(\.element)
    if leftOut > 0 {
      all.append(Diagnostic(.note, at: nil, "\(leftOut) more problems are not listed"))
    }
    return all
  }
}
