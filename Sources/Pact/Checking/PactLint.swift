package import Contract
package import JSON

/// Looks for what is wrong with a contract although it can be read.
///
/// Every problem has its place and the name of its rule.
package struct PactLint {
  private let source: LocatedValue
  private let pact: PactFile
  private let api: APIDescription?
  private let collector = DiagnosticCollector()

  /// Prepares for a contract.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - pact: The contract that was read from it.
  ///   - api: The document that the contract has to agree with, where there is one.
  package init(_ source: LocatedValue, pact: PactFile, api: APIDescription? = nil) {
    self.source = source
    self.pact = pact
    self.api = api
  }

  /// Every problem, in the order of the file.
  package func diagnostics() -> [Diagnostic] {
    for list in ["interactions", "messages"] {
      let items = source.value[list]?.arrayValue ?? []
      for index in items.indices {
        let pointer = JSONPointer(tokens: [list, String(index)])
        let location = source.location(of: pointer)
        guard let interaction = pact.interactions.first(where: { $0.location == location }) else {
          continue
        }
        check(interaction, pointer)
      }
    }
    checkPositions()
    return collector.sorted(first: source.locations.file)
  }

  private func check(_ interaction: Interaction, _ pointer: JSONPointer) {
    for (message, place, name) in messages(of: interaction, pointer) {
      let site = LintSite(
        message: message,
        pointer: place,
        source: source,
        collector: collector
      )
      site.checkRules()
      site.checkGenerators()
      site.checkExample()
      if let api, let name { site.check(name, of: api) }
    }
    if let api { checkCloseCode(interaction, pointer, api) }
  }

  /// The messages with their places and names in the document.
  private func messages(
    of interaction: Interaction,
    _ pointer: JSONPointer
  ) -> [(message: InteractionMessage, place: JSONPointer, name: String?)] {
    let names = interaction.facts.responses
    func name(_ index: Int) -> String? {
      names.indices.contains(index) ? names[index].message : nil
    }
    switch interaction.content {
    case .push(let message): return [(message, pointer, name(0))]
    case .exchange(let request, let responses):
      return [(request, pointer.appending("request"), interaction.facts.request)]
        + responses.enumerated().map { index, message in
          (message, pointer.appending("response").appending(index), name(index))
        }
    }
  }

  private func checkCloseCode(
    _ interaction: Interaction,
    _ pointer: JSONPointer,
    _ api: APIDescription
  ) {
    let codes = api.closeCodes.map(\.code)
    guard let code = interaction.facts.closeCode, !codes.isEmpty, !codes.contains(code) else {
      return
    }
    add(
      .error,
      source.location(of: pointer.appending("comments").appending("wspact").appending("closeCode")),
      "unknown-close-code",
      "the document has no close code \(code); it has \(codes.map(String.init).joined(separator: ", "))"
    )
  }

  /// Two interactions of one connection cannot have one place.
  private func checkPositions() {
    var taken: [ConversationFacts: Interaction] = [:]
    for interaction in pact.interactions {
      guard let place = interaction.facts.conversation else { continue }
      if let first = taken[place] {
        // What an interaction causes may share its place, as in the portable layout.
        if interaction.facts.trigger == .interaction(first.description) { continue }
        add(
          .warning,
          interaction.location,
          "shared-position",
          "place \(place.position) of the conversation '\(place.name)' is that of "
            + "'\(first.description)' as well; the order of the two is that of the file"
        )
      } else {
        taken[place] = interaction
      }
    }
  }

  private func add(
    _ severity: Diagnostic.Severity,
    _ location: SourceLocation?,
    _ rule: String,
    _ message: String
  ) {
    collector.add(Diagnostic(severity, at: location, rule: rule, message))
  }
}
