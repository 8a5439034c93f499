package import Contract
package import JSON

/// A contract: what one consumer relies on one provider for.
///
/// Spec: Pact V4 "Pact File".
package struct PactFile: Sendable, Hashable {
  /// Who relies on it.
  package var consumer: Participant
  /// Who has to keep it.
  package var provider: Participant
  /// The message interactions, in the order of the file.
  package var interactions: [Interaction]
  /// Interactions of other types (`Synchronous/HTTP`), kept for rewriting as they stand.
  package var otherInteractions: [JSONValue]
  /// The members of `metadata` other than the version of the specification.
  package var metadata: JSONObject
  /// Members that this program does not interpret, kept for rewriting.
  package var unknownMembers: JSONObject

  /// One side of a contract.
  package struct Participant: Sendable, Hashable {
    /// The name.
    package var name: String
    /// Members other than the name, kept for rewriting.
    package var unknownMembers: JSONObject

    /// Names a side.
    package init(name: String, unknownMembers: JSONObject = [:]) {
      self.name = name
      self.unknownMembers = unknownMembers
    }
  }

  /// Puts a contract together.
  package init(
    consumer: Participant,
    provider: Participant,
    interactions: [Interaction] = [],
    otherInteractions: [JSONValue] = [],
    metadata: JSONObject = [:],
    unknownMembers: JSONObject = [:]
  ) {
    self.consumer = consumer
    self.provider = provider
    self.interactions = interactions
    self.otherInteractions = otherInteractions
    self.metadata = metadata
    self.unknownMembers = unknownMembers
  }

  /// Begins a contract between two names.
  package init(consumer: String, provider: String, interactions: [Interaction] = []) {
    self.init(
      consumer: Participant(name: consumer),
      provider: Participant(name: provider),
      interactions: interactions
    )
  }
}

/// The interaction types of the specification.
///
/// Spec: Pact V4 "Interaction Types".
enum InteractionType: String, CaseIterable {
  case exchange = "Synchronous/Messages"
  case push = "Asynchronous/Messages"
  case http = "Synchronous/HTTP"
}
