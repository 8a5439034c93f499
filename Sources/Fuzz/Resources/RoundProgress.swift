/// How far the rounds that show growth have come.
struct RoundProgress {
  /// After how many cases they are played.
  static let firstCase = 256
  /// The part of a run that they may take.
  static let share = 10
  /// The longest time that they may take; 3 s.
  static let longest: Duration = .seconds(3)

  /// Whether they were played.
  var isOver = false
  /// How many messages were sent in them.
  var messages = 0

  /// How long they may take in a run of some length; `nil` where the run has no end in time.
  static func time(in run: Duration?) -> Duration {
    min(longest, run.map { $0 / share } ?? longest)
  }
}
