import Contract
import Generation

/// How a finding came again when its case was played again.
struct Confirmation: Sendable {
  /// How often it came again.
  var reproduced = 0
  /// How often it was tried.
  var attempts = 0
  /// Cases that had to be played before.
  var history: [ChoiceLog] = []
  /// The last run that showed it, with the runs before.
  var run: CaseRun?
  /// The runs of the history before ``run``.
  var before: [CaseRun] = []

  /// Whether it came in most of the tries.
  var isConfirmed: Bool { attempts > 0 && reproduced * 2 > attempts }

  /// Whether the outcome of `wanted` tries is settled.
  func isDecided(of wanted: Int) -> Bool {
    reproduced * 2 > wanted || (attempts - reproduced) * 2 > wanted || attempts >= wanted
  }
}
