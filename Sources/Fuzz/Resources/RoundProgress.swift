/// How far the rounds that show growth have come.
struct RoundProgress {
  /// After how many cases they are played: of what was answered by then, and of what is new later.
  static let caseNumbers = [64, 1_024]
  /// The part of a run that they may take.
  static let share = 10
  /// The longest time that they may take; 3 s.
  static let longest: Duration = .seconds(3)

  /// The operations that were asked for.
  var operations: Set<String> = []
  /// Who is to blame for what, by the codes of rules; it is not told of operations that need them.
  var blamed: [String: Set<String>] = [:]
  /// Whether they were played.
  var isOver = false
  /// How many messages were sent in them.
  var messages = 0

  /// How long they may take in a run of some length; `nil` where the run has no end in time.
  static func time(in run: Duration?) -> Duration {
    min(longest, run.map { $0 / share } ?? longest)
  }
}
