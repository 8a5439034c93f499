/// Notes in transcripts about what this side did to a connection.
package enum SessionNote {
  /// This side reads nothing more.
  package static let stalled = "reading stopped"
  /// This side sends nothing more and goes on reading.
  package static let halfClosed = "this direction ended"
  /// Those after which times and the way a connection ends say little about the provider.
  package static let disturbances = [stalled, halfClosed]

  /// What the provider's process has in use while no connection is open.
  package static func figures(_ figures: ProcessFigures) -> String {
    "\(figuresBeginning)\(figures.descriptors) descriptors, \(figures.threads) threads, "
      + "\(figures.memoryBytes) bytes of memory"
  }

  /// The figures that a note tells; `nil` when it is about something else.
  package static func figures(in note: String) -> ProcessFigures? {
    guard note.hasPrefix(figuresBeginning) else { return nil }
    let words = note.dropFirst(figuresBeginning.count).split(separator: " ")
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    return ProcessFigures(descriptors: numbers[0], threads: numbers[1], memoryBytes: numbers[2])
  }

  private static let figuresBeginning = "the provider's process has "
}
