package import Contract
import JSON

/// Joins contracts between the same two into one.
package enum PactMerge {
  /// A contract and the file it is in.
  package struct Source: Sendable {
    /// The file, as the user named it.
    package var file: String
    /// The contract.
    package var pact: PactFile

    /// Names a contract.
    package init(file: String, pact: PactFile) {
      self.file = file
      self.pact = pact
    }
  }

  /// The joined contract; interactions that are the same in several contracts stand in it once.
  ///
  /// - Parameter sources: At least one contract.
  /// - Returns: All interactions, those of the first contract first.
  /// - Throws: Every conflict with its place: other names of consumer and provider, interactions of one
  ///   name that differ, keys that are taken.
  package static func merged(_ sources: [Source]) throws(DiagnosticsError) -> PactFile {
    guard var result = sources.first?.pact, let first = sources.first else {
      throw DiagnosticsError(at: nil, "there is no contract to merge")
    }
    result.interactions = []
    result.otherInteractions = []
    let collector = DiagnosticCollector()
    var known: [InteractionIdentity: Interaction] = [:]
    var keys: [String: Interaction] = [:]
    for source in sources {
      checkNames(source, first, collector)
      for interaction in source.pact.interactions {
        let identity = InteractionIdentity(interaction)
        if let old = known[identity] {
          checkEquality(old, interaction, collector)
          continue
        }
        if let key = interaction.key {
          if let owner = keys[key] {
            collector.error(
              at: interaction.location,
              "the key '\(key)' is taken by '\(owner.description)'\(place(owner))"
            )
          }
          keys[key] = interaction
        }
        known[identity] = interaction
        result.interactions.append(interaction)
      }
      for other in source.pact.otherInteractions where !result.otherInteractions.contains(other) {
        result.otherInteractions.append(other)
      }
      for member in source.pact.metadata.members where result.metadata[member.name] == nil {
        result.metadata[member.name] = member.value
      }
    }
    guard !collector.hasErrors else {
      throw DiagnosticsError(collector.sorted(first: first.file))
    }
    return result
  }

  private static func checkNames(
    _ source: Source,
    _ first: Source,
    _ collector: DiagnosticCollector
  ) {
    let pairs = [
      ("consumer", source.pact.consumer.name, first.pact.consumer.name),
      ("provider", source.pact.provider.name, first.pact.provider.name),
    ]
    for (role, name, expected) in pairs where name != expected {
      collector.error(
        at: SourceLocation(file: source.file),
        "the \(role) is '\(name)', but '\(expected)' in \(first.file); only contracts between the "
          + "same two can be merged"
      )
    }
  }

  private static func checkEquality(
    _ old: Interaction,
    _ new: Interaction,
    _ collector: DiagnosticCollector
  ) {
    let differences = JSONDifference.between(expected: old.jsonValue, actual: new.jsonValue)
    guard let first = differences.first else { return }
    let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
    collector.error(
      at: new.location,
      "'\(new.description)' is another interaction\(place(old)): \(first)\(more)"
    )
  }

  private static func place(_ interaction: Interaction) -> String {
    interaction.location.map { " at \($0)" } ?? ""
  }
}
