extension DeskProvider {
  /// What can be set about the desk.
  package struct Configuration: Sendable {
    /// The fault that is planted; `nil` is the correct provider.
    package var bug: DeskBug?
    /// The way in which it is odd and still correct; `nil` is none.
    package var decoy: DeskDecoy?

    /// Takes settings, each with its default.
    package init(bug: DeskBug? = nil, decoy: DeskDecoy? = nil) {
      self.bug = bug
      self.decoy = decoy
    }
  }
}
