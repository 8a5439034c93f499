import Contract
package import JSONSchema

/// Which interactions of which contracts are verified.
package struct InteractionSelection: Sendable {
  /// Only descriptions that contain this text; empty takes all.
  package var text: String
  /// Only descriptions in which this expression finds something.
  package var pattern: ECMAPattern?
  /// Only interactions with a provider state in whose name this expression finds something.
  package var state: ECMAPattern?
  /// Only interactions without any provider state.
  package var isStateless: Bool
  /// Only contracts of these consumers; empty takes all.
  package var consumers: [String]

  /// Only interactions that failed before; `nil` takes all.
  package var failed: Set<FailedInteraction>?

  /// Takes everything, or what is named.
  package init(
    text: String = "",
    pattern: ECMAPattern? = nil,
    state: ECMAPattern? = nil,
    isStateless: Bool = false,
    consumers: [String] = [],
    failed: Set<FailedInteraction>? = nil
  ) {
    self.text = text
    self.pattern = pattern
    self.state = state
    self.isStateless = isStateless
    self.consumers = consumers
    self.failed = failed
  }

  /// Whether an interaction of a consumer is verified.
  ///
  /// - Parameters:
  ///   - interaction: The interaction.
  ///   - consumer: The consumer's name.
  ///   - contract: What reports call the contract.
  /// - Returns: Whether every condition holds.
  func includes(
    _ interaction: Interaction,
    of consumer: String,
    in contract: String = ""
  ) -> Bool {
    if let failed {
      let name = FailedInteraction(contract: contract, description: interaction.description)
      guard failed.contains(name) else { return false }
    }
    guard consumers.isEmpty || consumers.contains(consumer) else { return false }
    guard text.isEmpty || interaction.description.contains(text) else { return false }
    if let pattern, !pattern.isMatch(interaction.description) { return false }
    let states = interaction.providerStates
    if isStateless, !states.isEmpty { return false }
    if let state { return states.contains { state.isMatch($0.name) } }
    return true
  }

  /// The conditions in words, for a selection that is empty; `nil` where there is none.
  package var words: String? {
    var words: [String] = []
    if !text.isEmpty { words.append("a description that contains '\(text)'") }
    if let pattern { words.append("a description that fits '\(pattern.source)'") }
    if let state { words.append("a provider state that fits '\(state.source)'") }
    if isStateless { words.append("no provider state") }
    if !consumers.isEmpty {
      words.append("the consumer \(consumers.map { "'\($0)'" }.joined(separator: " or "))")
    }
    if failed != nil { words.append("failed last time") }
    return words.isEmpty ? nil : words.joined(separator: " and ")
  }
}

/// An interaction that did not match.
package struct FailedInteraction: Sendable, Hashable {
  /// What reports call its contract.
  package var contract: String
  /// Its description.
  package var description: String

  /// Names an interaction.
  package init(contract: String, description: String) {
    self.contract = contract
    self.description = description
  }
}
