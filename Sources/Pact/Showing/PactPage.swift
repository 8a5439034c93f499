import Contract
import JSON

/// A contract as a page that a person can read.
package struct PactPage {
  /// Examples are cut after so many lines: 30.
  private static let maximumLines = 30

  private let pact: PactFile

  /// Takes a contract.
  package init(_ pact: PactFile) { self.pact = pact }

  /// The page: a heading, then each interaction in the order in which it is played.
  package var text: String {
    let count = pact.interactions.count + pact.otherInteractions.count
    var lines = [
      "\(pact.consumer.name) relies on \(pact.provider.name): \(count) interaction"
        + (count == 1 ? "" : "s")
    ]
    for (index, interaction) in ordered.enumerated() {
      lines.append("")
      lines += self.lines(of: interaction, number: index + 1)
    }
    if !pact.otherInteractions.isEmpty {
      let names = pact.otherInteractions.compactMap { $0["description"]?.stringValue }
      lines += ["", "not for sockets: \(names.map { "'\($0)'" }.joined(separator: ", "))"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// By place in the conversation; the others stay where they are in the file.
  private var ordered: [Interaction] {
    pact.interactions.enumerated().sorted { left, right in
      let places = [left, right].map { $0.element.facts.conversation?.position ?? Int.max }
      return (places[0], left.offset) < (places[1], right.offset)
    }.map(\.element)
  }

  private func lines(of interaction: Interaction, number: Int) -> [String] {
    let facts = interaction.facts
    var lines = [
      "\(number). \(interaction.description)\(interaction.isPending ? " (pending)" : "")"
    ]
    for state in interaction.providerStates {
      let parameters =
        state.parameters.isEmpty ? "" : " \(JSONValue.object(state.parameters).text())"
      lines.append("   given  \(state.name)\(parameters)")
    }
    if let conversation = facts.conversation {
      let path = facts.connection.map { ", \($0.path)" } ?? ""
      lines.append("   on     \(conversation.name), place \(conversation.position)\(path)")
    }
    switch facts.trigger {
    case .connect: lines.append("   after  the connection was opened")
    case .interaction(let name): lines.append("   after  \(name)")
    case nil: break
    }
    if let audience = facts.audience { lines.append("   heard  by \(audience.words)") }
    if case .exchange(let request, _) = interaction.content {
      lines += self.lines(of: request, "   >>     ", "\(facts.request ?? "request")")
    }
    for (index, message) in interaction.providerMessages.enumerated()
    where message.contents != .missing || facts.closeCode == nil {
      let own = facts.responses.indices.contains(index) ? facts.responses[index] : nil
      let name = own?.message ?? "message"
      lines += self.lines(of: message, "   <<     ", name + (own?.counts ?? ""))
    }
    if facts.repliesInAnyOrder { lines.append("   order  of the replies does not matter") }
    if let budget = facts.budgetMilliseconds { lines.append("   within \(budget) ms") }
    if let code = facts.closeCode { lines.append("   closes with \(code)") }
    return lines
  }

  private func lines(of message: InteractionMessage, _ sign: String, _ name: String) -> [String] {
    let indent = String(repeating: " ", count: 10)
    var example: [String]
    switch message.contents {
    case .missing: example = ["anything"]
    case .json(let value, _): example = value.text(.pretty).split(separator: "\n").map(String.init)
    case .text(let text, _):
      example = (try? message.contents.xml?.get().lines) ?? [Excerpt.of(text)]
    case .binary(let bytes, let type): example = ["\(type), \(Excerpt.of(bytes))"]
    }
    let rest = example.count - Self.maximumLines
    if rest > 0 { example = example.prefix(Self.maximumLines) + ["... \(rest) more lines"] }
    let rules = message.matchingRules.body.map { entry in
      let words = entry.matchers.map(\.words)
      return "\(entry.path)  \(words.joined(separator: entry.combine == .or ? " or " : ", "))"
    }
    return [sign + name] + example.map { indent + $0 }
      + rules.map { "\(indent)| \($0)" }
  }
}

extension WebSocketFacts.Audience {
  fileprivate var words: String {
    switch self {
    case .sender: "the connection that caused it"
    case .others: "every other connection"
    case .all: "every connection"
    }
  }
}

extension ResponseFacts {
  /// How often the message comes, where that is not once.
  fileprivate var counts: String {
    switch (minimum, maximum) {
    case (1, 1): ""
    case (1, nil): ", once or more"
    case (_, nil): ", \(minimum) times or more"
    case (let minimum, let maximum?):
      minimum == maximum ? ", \(minimum) times" : ", \(minimum) to \(maximum) times"
    }
  }
}

extension Matcher {
  /// The matcher in a few words.
  fileprivate var words: String {
    switch self {
    case .regex(let source): return "fits \(source)"
    case .type(let minimum, let maximum):
      let bounds = [minimum.map { "at least \($0)" }, maximum.map { "at most \($0)" }]
      return (["same type"] + bounds.compactMap { $0 }).joined(separator: ", ")
    case .include(let text): return "contains '\(text)'"
    case .contentType(let type): return "of type \(type)"
    case .date(let format), .time(let format), .dateTime(let format):
      return name + (format.map { " as \($0)" } ?? "")
    case .eachKey(let rule):
      return "each key: " + rule.matchers.map(\.words).joined(separator: ", ")
    case .eachValue(let rule):
      return "each value: " + rule.matchers.map(\.words).joined(separator: ", ")
    case .arrayContains(let variants): return "contains each of \(variants.count) variants"
    default: return name
    }
  }
}
