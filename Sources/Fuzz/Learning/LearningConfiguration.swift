package import Contract

/// How far a machine is learned, and what it is compared with.
package struct LearningConfiguration: Sendable {
  /// How many letters are tried behind each known step; 1.
  package var depth = 1
  /// How long to learn; 60 s.
  package var time: Duration = .seconds(60)
  /// A machine that was learned of another version.
  package var rival: StateMachine?
  /// Where ``rival`` was read from.
  package var rivalFile = ""

  /// The defaults.
  package init() {}
}
