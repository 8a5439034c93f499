import Contract
import JSON

/// A finding on the page: the rule, what was wrong, the talk that shows it, and the command to copy.
enum HTMLFinding {
  static func body(_ finding: Finding) -> String {
    let name = [finding.code, finding.rule].filter { !$0.isEmpty }.joined(separator: " ")
    let severity = finding.severity
    var lines = [
      "<h3><span class=\"tag \(severity.rawValue)\">\(severity.rawValue)</span>\(name.html)</h3>",
      "<p>\(finding.message.html)</p>",
    ]
    let facts = facts(of: finding)
    if !facts.isEmpty {
      let items = facts.map { "<dt>\($0)</dt><dd>\($1)</dd>" }
      lines.append("<dl>\n" + items.joined(separator: "\n") + "\n</dl>")
    }
    lines += details(of: finding)
    if !finding.talk.isEmpty { lines.append(talk(finding.talk)) }
    if let reproduction = finding.reproduction {
      lines.append("<p class=\"quiet\">To see it again (a click selects the whole command):</p>")
      lines.append("<code class=\"command\">\(reproduction.command.html)</code>")
    }
    return lines.joined(separator: "\n")
  }

  private static func facts(of finding: Finding) -> [(String, String)] {
    var facts: [(String, String)] = []
    if let pointer = finding.pointer, !pointer.tokens.isEmpty {
      facts.append(("at", code("\(pointer)")))
    }
    if let expected = finding.expected { facts.append(("expected", code(expected))) }
    if let actual = finding.actual ?? finding.expected.map({ _ in "nothing" }) {
      facts.append(("actual", code(actual)))
    }
    if let traffic = finding.traffic {
      var parts = ["connection \(traffic.connection)"]
      if let frame = traffic.frame { parts.append("frame \(frame)") }
      if let step = traffic.step { parts.append("step \(step)") }
      facts.append(("seen", parts.joined(separator: ", ").html))
    }
    if let definition = finding.definition { facts.append(("document", code("\(definition)"))) }
    if let reproduction = finding.reproduction {
      if reproduction.attempts > 0 {
        facts.append(
          ("repeated", "\(reproduction.reproduced) of \(reproduction.attempts) times")
        )
      }
      if let file = reproduction.scenarioFile { facts.append(("scenario", code(file))) }
    }
    if let effort = finding.effort {
      facts.append(
        ("found after", "\(effort.time.readable), \(effort.messages) messages")
      )
    }
    return facts
  }

  private static func code(_ text: String) -> String { "<code>\(text.html)</code>" }

  /// What the client says on the left, what the provider says on the right.
  private static func talk(_ talk: [TalkLine]) -> String {
    let lines = talk.map { line in
      let name = line.connection.map { "<b>\($0.html)</b>" } ?? ""
      return
        "<p class=\"\(line.speaker.rawValue) mono\">\(name)\((line.whole ?? line.text).html)</p>"
    }
    let ends = "<div class=\"ends\"><span>client</span><span>provider</span></div>"
    return "<div class=\"talk\">\n\(ends)\n\(lines.joined(separator: "\n"))\n</div>"
  }

  /// The details without those that are the talk once more; what is indented keeps its lines.
  private static func details(of finding: Finding) -> [String] {
    let said = Set(finding.talk.map { "  " + $0.plain })
    var lines: [String] = []
    var indented: [String] = []
    func endIndented() {
      if !indented.isEmpty {
        lines.append("<pre>\(indented.joined(separator: "\n").html)</pre>")
      }
      indented = []
    }
    for detail in finding.details {
      if detail.hasPrefix(" ") {
        let isTalk = said.contains(detail) || !said.isEmpty && detail.hasPrefix("  ... ")
        if !isTalk { indented.append(detail) }
      } else {
        endIndented()
        lines.append("<p class=\"quiet\">\(detail.html)</p>")
      }
    }
    endIndented()
    return lines
  }
}
