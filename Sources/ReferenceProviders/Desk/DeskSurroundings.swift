/// What planted bugs do to the process that they live in.
package struct DeskSurroundings: Sendable {
  /// Ends the process with an exit code that tells of failure.
  package var exit: @Sendable () -> Void
  /// Lets nothing else happen for so long.
  package var block: @Sendable (Duration) -> Void
  /// Keeps so many bytes of memory for ever.
  package var retain: @Sendable (Int) -> Void
  /// Opens a file that is never closed.
  package var openFile: @Sendable () -> Void

  /// Takes what to do; where nothing is given, nothing happens.
  package init(
    exit: @escaping @Sendable () -> Void = {},
    block: @escaping @Sendable (Duration) -> Void = { _ in },
    retain: @escaping @Sendable (Int) -> Void = { _ in },
    openFile: @escaping @Sendable () -> Void = {}
  ) {
    self.exit = exit
    self.block = block
    self.retain = retain
    self.openFile = openFile
  }
}
