/// Counts the work that goes into values, so that it ends in bounded time whatever the schema is.
///
/// One unit is about a fifth of a microsecond: a part that is made, or a schema asked about a part.
final class WorkMeter {
  /// How many units may still be spent on the value being made.
  private(set) var left = 0
  /// How many units were spent on everything, plans included.
  private(set) var total = 0

  /// What one value may cost, in units: less than half a second.
  static let valueBudget = 2_000_000
  /// What it may cost to try out what can be broken, in units: less than a second.
  static let trialBudget = 1_000_000
  /// What one of the values of that may cost, in units.
  static let trialValueBudget = 100_000
  /// What the cases of a schema may cost, in units: about a second.
  static let listBudget = 5_000_000
  /// What one step of resolving alternatives costs, in units.
  static let stepCost = 200

  /// Whether nothing is left for the value being made.
  var isSpent: Bool { left <= 0 }

  /// Begins a value with a budget.
  func begin(_ budget: Int) { left = budget }

  /// Spends units on the value being made.
  func spend(_ units: Int) {
    left -= units
    total += units
  }

  /// Spends units on a plan, which serves other values too.
  func plan(_ units: Int) { total += units }
}
