package import Contract

extension PactFile {
  /// The same contract in a layout that official verifiers can play.
  ///
  /// They compare one response of an exchange, so each further one becomes a push of its own.
  ///
  /// Spec: pact_verifier (it fails interactions with several responses).
  package var portable: PactFile {
    var copy = self
    copy.interactions = interactions.flatMap(\.portable)
    return copy
  }
}

extension Interaction {
  /// This interaction, and a push for each response after the first.
  ///
  /// - Returns: As many as there are responses, in their order; one for a push.
  package var portable: [Interaction] {
    guard case .exchange(let request, let responses) = content, responses.count > 1 else {
      return [self]
    }
    var first = self
    first.content = .exchange(request: request, responses: [responses[0]])
    first.facts.responses = Array(facts.responses.prefix(1))
    return [first]
      + responses.enumerated().dropFirst().map { index, message in
        further(message, at: index, of: responses.count)
      }
  }

  private func further(_ message: InteractionMessage, at index: Int, of count: Int) -> Interaction {
    let facts = self.facts.responses.indices.contains(index) ? self.facts.responses[index] : nil
    let name = facts?.message.map { " (\($0))" } ?? ""
    return Interaction(
      description: "\(description), message \(index + 1) of \(count)\(name)",
      key: key.map { "\($0)-\(index + 1)" },
      providerStates: providerStates,
      isPending: isPending,
      content: .push(message),
      facts: WebSocketFacts(
        connection: self.facts.connection,
        conversation: self.facts.conversation,
        responses: facts.map { [$0] } ?? [],
        identity: self.facts.identity,
        trigger: .interaction(description)
      ),
      comments: comments,
      location: location
    )
  }
}
