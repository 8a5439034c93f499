import ReferenceProviders

/// What came out for all bugs together.
struct BugTotals {
  private let rows: [BugRow]

  init(_ rows: [BugRow]) { self.rows = rows }

  /// The totals, a line each.
  var lines: [String] {
    guard !rows.isEmpty else { return [] }
    let runs = rows.reduce(0) { $0 + $1.runs }
    let found = rows.flatMap(\.found)
    let always = rows.filter { $0.found.count == $0.runs }.count
    let never = rows.filter(\.found.isEmpty)
    var lines = [
      "found: \(share(found.count, of: runs)) of the runs, \(share(always, of: rows.count)) of the "
        + "bugs with every seed",
      "confirmed: \(share(found.filter(\.isConfirmed).count, of: found.count)) of what was found",
    ]
    for kind in BugClass.allCases {
      let own = rows.filter { $0.kind == kind }
      guard !own.isEmpty else { continue }
      let count = own.reduce(0) { $0 + $1.found.count }
      lines.append("  \(kind.rawValue): \(share(count, of: own.reduce(0) { $0 + $1.runs }))")
    }
    if let seconds = Median.of(found.map(\.seconds)),
      let messages = Median.of(found.map { Double($0.messages) }),
      let plays = Median.of(found.map { Double($0.executions) })
    {
      lines.append(
        "median until found: \(BugRow.seconds(seconds)) s, \(Int(messages)) messages; "
          + "\(Int(plays)) plays to try again and make smaller"
      )
    }
    let compared = rows.flatMap { row in
      row.optimum.map { optimum in row.found.map { $0.steps <= optimum } } ?? []
    }
    lines.append(
      "as small as can be: \(share(compared.filter { $0 }.count, of: compared.count)) of what was "
        + "found"
    )
    if !never.isEmpty {
      lines.append("never found: \(never.map(\.title).joined(separator: ", "))")
    }
    return lines
  }

  private func share(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "0 of 0" }
    return "\(count) of \(total) (\((count * 1_000 / total + 5) / 10) %)"
  }
}
