/// Notes in transcripts about what this side did to a connection.
package enum SessionNote {
  /// This side reads nothing more.
  package static let stalled = "reading stopped"
  /// This side sends nothing more and goes on reading.
  package static let halfClosed = "this direction ended"
  /// Those after which times and the way a connection ends say little about the provider.
  package static let disturbances = [stalled, halfClosed]
}
