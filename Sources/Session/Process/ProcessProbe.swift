/// Looks at a provider's process whenever the last connection of a session was closed.
package struct ProcessProbe: Sendable {
  /// How often the figures are read once more because a file is open that was not before.
  private static let attempts = 4
  /// How long the provider has for closing what it still has open, before each attempt.
  private static let pause: Duration = .milliseconds(1)

  /// The process.
  package let processID: Int32

  /// Takes a process.
  package init(_ processID: Int32) { self.processID = processID }

  /// The figures when the provider has had a moment to tidy up.
  ///
  /// - Parameter earlier: How many files were open the last time.
  /// - Returns: `nil` when there is nothing to read.
  package func figures(after earlier: Int?) async -> ProcessFigures? {
    var figures = ProcessFigures(of: processID)
    for _ in 0..<Self.attempts {
      guard let present = figures, let earlier, present.descriptors > earlier else { break }
      try? await Task.sleep(for: Self.pause)
      figures = ProcessFigures(of: processID)
    }
    return figures
  }
}
