import ArgumentParser
import Fuzz
import JSON

/// `wspact explain`: what a rule for providers means.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a finding's code means, what breaks the rule, and where to look.",
    discussion: """
      wspact explain WSP201
      wspact explain late-reply

      Without a code it lists every rule that 'wspact fuzz' watches.

      Exits with 0, and with 2 when there is no such rule.
      """
  )

  @Argument(help: "The code or the name of a rule.")
  var rule: String?

  func run() throws {
    let rules = Judges.rules.sorted { $0.code < $1.code }
    guard let rule else {
      Terminal.say(rules.map { "\($0.code) \($0.name): \($0.summary)\n" }.joined())
      return
    }
    guard let found = Judges.rule(rule) else {
      let names = rules.flatMap { [$0.code, $0.name] }
      let hint = nearestName(to: rule, in: names).map { "did you mean '\($0)'?" }
      throw Problem(
        "there is no rule '\(rule)'; " + (hint ?? "'wspact explain' lists those there are")
      )
    }
    Terminal.say("\(found.code) \(found.name)\n\n")
    for text in [found.summary + ".", found.explanation] {
      Terminal.say(text.wrapped(at: 80).map { $0 + "\n" }.joined())
    }
  }
}

extension String {
  /// The text in lines of at most so many characters, unless a word is longer.
  fileprivate func wrapped(at width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
