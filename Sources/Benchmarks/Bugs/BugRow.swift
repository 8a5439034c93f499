import ReferenceProviders

/// What came out for one bug.
struct BugRow {
  let title: String
  let kind: BugClass
  /// The least number of messages that shows the bug, where that is known.
  let optimum: Int?
  /// How many seeds were tried.
  let runs: Int
  /// What was found, at most one finding a seed.
  let found: [FuzzRun.Finding]

  static let titleWidth = 36

  static var heading: String {
    cells("bug", "class", "found", "code", "seconds", "messages", "plays", "steps", "optimum")
  }

  /// The row of the table.
  var text: String {
    let confirmed = found.filter(\.isConfirmed).count
    return Self.cells(
      title,
      kind.rawValue,
      "\(found.count)/\(runs)" + (confirmed < found.count ? "~" : ""),
      found.first?.code ?? "-",
      Median.of(found.map(\.seconds)).map(Self.seconds) ?? "-",
      Median.of(found.map { Double($0.messages) }).map { "\(Int($0))" } ?? "-",
      Median.of(found.map { Double($0.executions) }).map { "\(Int($0))" } ?? "-",
      found.isEmpty ? "-" : found.map { "\($0.steps)" }.joined(separator: " "),
      optimum.map { "\($0)" } ?? ""
    )
  }

  /// A text with blanks up to a width.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Seconds with two digits behind the point.
  static func seconds(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }

  private static func cells(_ cells: String...) -> String {
    zip(cells, [titleWidth, 12, 7, 8, 9, 10, 7, 12, 1])
      .map { padded($0, $1) }
      .joined()
  }
}

/// The middle of some numbers.
enum Median {
  /// The middle number, the lower one of two; `nil` without numbers.
  static func of(_ numbers: [Double]) -> Double? {
    let sorted = numbers.sorted()
    return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }
}
