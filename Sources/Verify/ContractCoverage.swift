package import Contract
import JSON
import Pact

/// Which messages and operations of a document the contracts touch.
///
/// A message is touched when an interaction has it, by the name that the contract gives or by what its
/// example is; an operation when its message is said in its direction.
package struct ContractCoverage: Sendable, Hashable {
  /// One message or operation.
  package struct Item: Sendable, Hashable {
    /// Its name in the document.
    package var name: String
    /// Whether a contract touches it.
    package var isTouched: Bool
  }

  /// The rule of a coverage that is too low.
  static let rule = "coverage"

  /// The messages, in the document's order.
  package let messages: [Item]
  /// The operations, in the document's order.
  package let operations: [Item]

  /// Looks through contracts.
  package init(of interactions: [Interaction], in api: APIDescription) {
    var said: [MessageDirection: Set<String>] = [:]
    let classifiers = Dictionary(
      uniqueKeysWithValues: MessageDirection.allCases.map {
        ($0, MessageClassifier(api, direction: $0))
      }
    )
    func note(_ message: InteractionMessage, _ name: String?, _ direction: MessageDirection) {
      if let name {
        said[direction, default: []].insert(name)
      } else if case .json(let value, _) = message.contents,
        case .message(let name, _, _)? = classifiers[direction]?.classify(value)
      {
        said[direction, default: []].insert(name)
      }
    }
    for interaction in interactions {
      if case .exchange(let request, _) = interaction.content {
        note(request, interaction.facts.request, .toProvider)
      }
      let names = interaction.facts.responses
      for (index, message) in interaction.providerMessages.enumerated() {
        let name = names.indices.contains(index) ? names[index].message : nil
        note(message, name, .toConsumer)
      }
    }
    let all = said.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    messages = api.messages.map { Item(name: $0.name, isTouched: all.contains($0.name)) }
    operations = api.operations.map { operation in
      let own = said[operation.direction] ?? []
      return Item(
        name: operation.name,
        isTouched: operation.messages.contains { own.contains($0) }
      )
    }
  }

  /// The part that is touched, messages and operations together, in percent; 100 where there is none.
  package var percent: Double {
    let all = messages + operations
    guard !all.isEmpty else { return 100 }
    return Double(all.filter(\.isTouched).count) / Double(all.count) * 100
  }

  /// The figures and what is untouched, for a report; too little is a finding.
  ///
  /// - Parameters:
  ///   - report: The report to add to.
  ///   - minimum: The least coverage in percent, or `nil` for any.
  package func add(to report: inout RunReport, minimum: Double?) {
    report.statistics += [
      Statistic("messages covered", Double(messages.filter(\.isTouched).count)),
      Statistic("operations covered", Double(operations.filter(\.isTouched).count)),
      Statistic("coverage", (percent * 10).rounded(.down) / 10, unit: "%"),
    ]
    var lines: [String] = []
    for (kind, items) in [("messages", messages), ("operations", operations)] {
      let names = items.filter { !$0.isTouched }.map(\.name)
      guard !names.isEmpty else { continue }
      lines.append("no contract touches the \(kind) \(names.joined(separator: ", "))")
    }
    guard let minimum, percent < minimum else {
      report.notes += lines
      return
    }
    report.findings.append(
      Finding(
        rule: Self.rule,
        message: "the contracts touch too little of the document",
        expected: "at least \(Self.text(minimum)) %",
        actual: "\(Self.text(percent)) %",
        details: lines
      )
    )
  }

  private static func text(_ percent: Double) -> String {
    let tenths = Int((percent * 10).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
