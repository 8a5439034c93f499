import Contract

/// The tables of what came up and what did not.
enum HTMLCoverage {
  static func body(_ coverage: RunCoverage) -> String {
    let counts = CoverageText.counts(of: coverage).joined(separator: ", ")
    return "<p>\(counts.html).</p>\n"
      + [sent(coverage), received(coverage), answers(coverage)].filter { !$0.isEmpty }
      .map { HTMLReport.card($0) }.joined(separator: "\n")
  }

  private static func sent(_ coverage: RunCoverage) -> String {
    let messages = coverage.messages.filter { $0.direction == .toProvider }
    let hasValid = messages.contains { $0.keywords?.valid ?? 0 > 0 }
    let hasInvalid = messages.contains { $0.keywords?.invalid ?? 0 > 0 }
    let head =
      ["message sent", "times"] + (hasValid ? ["keywords at their boundaries"] : [])
      + (hasInvalid ? ["keywords broken"] : [])
    let rows = messages.map { message -> String in
      let keywords = message.keywords
      let untried = keywords?.untried ?? []
      let more =
        untried.isEmpty
        ? ""
        : "<details><summary>untried</summary><ul>"
          + untried.map { "<li><code>\($0.html)</code></li>" }.joined() + "</ul></details>"
      return row(
        name: message.name,
        isNever: message.count == 0,
        cells: ["\(message.count)"]
          + (hasValid ? [meter(keywords?.validSeen, keywords?.valid)] : [])
          + (hasInvalid ? [meter(keywords?.invalidSeen, keywords?.invalid)] : []),
        more: more
      )
    }
    return table(head, rows)
  }

  private static func received(_ coverage: RunCoverage) -> String {
    table(
      ["message received", "times"],
      coverage.messages.filter { $0.direction == .toConsumer }.map {
        row(name: $0.name, isNever: $0.count == 0, cells: ["\($0.count)"])
      }
    )
  }

  private static func answers(_ coverage: RunCoverage) -> String {
    table(
      ["operation and its answer", "times"],
      coverage.answers.map {
        row(name: "\($0.operation) / \($0.reply)", isNever: $0.count == 0, cells: ["\($0.count)"])
      }
    )
  }

  private static func table(_ head: [String], _ rows: [String]) -> String {
    guard !rows.isEmpty else { return "" }
    let cells = head.enumerated().map { place, name in
      "<th\(place == 0 ? "" : " class=\"number\"")>\(name)</th>"
    }
    return "<div class=\"scroll\"><table>\n<tr>\(cells.joined())</tr>\n"
      + rows.joined(separator: "\n") + "\n</table></div>"
  }

  private static func row(
    name: String,
    isNever: Bool,
    cells: [String],
    more: String = ""
  ) -> String {
    let numbers = cells.map { "<td class=\"number\">\($0)</td>" }.joined()
    return "<tr\(isNever ? " class=\"never\"" : "")><td class=\"name\">\(name.html)"
      + "\(isNever ? " (never)" : "")\(more)</td>\(numbers)</tr>"
  }

  private static func meter(_ seen: Int?, _ total: Int?) -> String {
    guard let seen, let total, total > 0 else { return "" }
    return "\(seen) of \(total) <meter min=\"0\" max=\"\(total)\" value=\"\(seen)\"></meter>"
  }
}
