import Contract

/// The report as one page that needs nothing else: no script, no font, no picture from elsewhere.
///
/// The page forbids scripts and requests to itself, so that what came over the wire can do no harm even
/// where it would not be escaped.
enum HTMLReport {
  static func render(_ report: RunReport) -> String {
    let body = [
      verdict(report), findings(report), checks(report), coverage(report), machine(report),
      measures(report), notes(report),
    ]
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title(report).html): wspact \(report.command.html)</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      \(body.filter { !$0.isEmpty }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  // MARK: The verdict

  private static func title(_ report: RunReport) -> String {
    let failed = report.checks.count { $0.status == .failed }
    var parts: [String] = []
    if !report.checks.isEmpty {
      parts.append(
        failed == 0
          ? "\(report.checks.count) check\(report.checks.count == 1 ? "" : "s"), none failed"
          : "\(failed) of \(report.checks.count) checks failed"
      )
    }
    if report.checks.isEmpty || !report.findings.isEmpty {
      let count = report.findings.count
      parts.append(count == 0 ? "No finding" : count == 1 ? "1 finding" : "\(count) findings")
    }
    return parts.joined(separator: "; ")
  }

  private static func verdict(_ report: RunReport) -> String {
    var facts = ["wspact \(report.command)"]
    if let seed = report.seed { facts.append("seed \(seed)") }
    facts.append(report.duration.readable)
    let links = [
      (!report.findings.isEmpty, "findings", "Findings"),
      (!report.checks.isEmpty, "checks", "Checks"),
      (report.coverage != nil, "coverage", "Coverage"),
      (report.machine != nil, "machine", "State machine"),
      (!report.statistics.isEmpty, "measures", "Measures"),
      (!report.notes.isEmpty, "notes", "Notes"),
    ].filter(\.0).map { "<a href=\"#\($0.1)\">\($0.2)</a>" }
    return """
      <header class="verdict \(report.isClean ? "good" : "bad")">
      <h1>\(title(report).html)</h1>
      <p>\(report.subject.html)</p>
      <p class="quiet">\(facts.joined(separator: " · ").html)</p>
      </header>
      <nav>\(links.joined(separator: " "))</nav>
      """
  }

  // MARK: Findings and checks

  private static func findings(_ report: RunReport) -> String {
    guard !report.findings.isEmpty else { return "" }
    let items = report.findings.map { card(HTMLFinding.body($0)) }
    return "<h2 id=\"findings\">Findings</h2>\n" + items.joined(separator: "\n")
  }

  private static func checks(_ report: RunReport) -> String {
    guard !report.checks.isEmpty else { return "" }
    var groups: [(name: String, checks: [CheckResult])] = []
    for check in report.checks {
      if groups.last?.name == check.group {
        groups[groups.count - 1].checks.append(check)
      } else {
        groups.append((check.group, [check]))
      }
    }
    let cards = groups.map { group in
      card("<h3>\(group.name.html)</h3>\n" + group.checks.map(row).joined(separator: "\n"))
    }
    return "<h2 id=\"checks\">Checks</h2>\n" + cards.joined(separator: "\n")
  }

  private static func row(_ check: CheckResult) -> String {
    let note = check.note.map { " <span class=\"quiet\">\($0.html)</span>" } ?? ""
    let time =
      check.duration > .zero ? " <span class=\"quiet\">(\(check.duration.readable))</span>" : ""
    let status = "<span class=\"tag \(check.status.rawValue)\">\(check.status.rawValue)</span>"
    let line = "<p>\(status)\(check.name.html)\(note)\(time)</p>"
    return ([line] + check.findings.map { card(HTMLFinding.body($0)) }).joined(separator: "\n")
  }

  static func card(_ body: String, isWide: Bool = false) -> String {
    "<section class=\"card\(isWide ? " wide" : "")\">\n\(body)\n</section>"
  }

  // MARK: The rest

  private static func coverage(_ report: RunReport) -> String {
    report.coverage.map { "<h2 id=\"coverage\">Coverage</h2>\n" + HTMLCoverage.body($0) } ?? ""
  }

  private static func machine(_ report: RunReport) -> String {
    guard let machine = report.machine else { return "" }
    let hidden =
      machine.hiddenStates > 0
      ? "<p class=\"quiet\">\(machine.hiddenStates) more states are left out.</p>\n" : ""
    return """
      <h2 id="machine">State machine</h2>
      <p class="quiet">What one connection was seen to do: each box is a state with the answers that \
      leave it as it is; each arrow is a request and its answer. The first state has the thick border.</p>
      \(card("""
        <div class="scroll">
        \(MachineDrawing(machine).svg)
        </div>
        \(hidden)<details><summary>as Mermaid text</summary>
        <pre>\(machine.mermaid.html)</pre></details>
        """, isWide: machine.states > 4))
      """
  }

  private static func measures(_ report: RunReport) -> String {
    guard !report.statistics.isEmpty else { return "" }
    let rows = report.statistics.map { statistic in
      let unit = statistic.unit.isEmpty ? "" : " \(statistic.unit)"
      return "<tr><td>\(statistic.name.html)</td>"
        + "<td class=\"number\">\((statistic.value.short + unit).html)</td></tr>"
    }
    return "<h2 id=\"measures\">Measures</h2>\n"
      + card("<table>\n" + rows.joined(separator: "\n") + "\n</table>")
  }

  private static func notes(_ report: RunReport) -> String {
    guard !report.notes.isEmpty else { return "" }
    let items = report.notes.map { "<li>\($0.html)</li>" }
    return "<h2 id=\"notes\">Notes</h2>\n"
      + card("<ul>\n" + items.joined(separator: "\n") + "\n</ul>")
  }
}
