package import JSON

/// How a contract would become another one.
package enum ContractChange: Sendable, Hashable {
  /// An interaction is new.
  case added(String)
  /// An interaction is another than before.
  case changed(String, [JSONDifference])
  /// An interaction was not seen, and goes.
  case dropped(String)
  /// An interaction was not seen, and stays.
  case unseen(String)
  /// Something beside the interactions is another than before.
  case header([JSONDifference])

  /// Whether the file is another one because of this.
  package var changesFile: Bool {
    if case .unseen = self { false } else { true }
  }
}

extension ContractChange: CustomStringConvertible {
  /// Lines for people: a sign and the interaction, then where it differs.
  package var description: String {
    switch self {
    case .added(let name): "+ \(name)"
    case .dropped(let name): "- \(name)"
    case .unseen(let name): "? \(name): not seen this time, and kept"
    case .changed(let name, let differences): Self.lines("~ \(name)", differences)
    case .header(let differences): Self.lines("~ the contract itself", differences)
    }
  }

  private static func lines(_ head: String, _ differences: [JSONDifference]) -> String {
    ([head] + differences.text().split(separator: "\n").map { "    \($0)" })
      .joined(separator: "\n")
  }
}
