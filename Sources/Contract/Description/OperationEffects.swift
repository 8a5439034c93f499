package import JSON

/// What an operation does beyond its reply, as the document's `x-wspact-` extensions say.
///
/// None of it can be seen in the messages alone; with it, state and broadcasts can be judged.
package struct OperationEffects: Hashable, Sendable {
  /// What it does to something that the provider keeps (`x-wspact-state`).
  package var state: StateEffect?
  /// Operations that must have succeeded on the same connection (`x-wspact-requires`).
  package var requires: [String]
  /// Whether it makes a connection hear a push, or no longer (`x-wspact-subscription`).
  package var subscription: SubscriptionEffect?
  /// For a push: who hears it (`x-wspact-audience`).
  package var audience: PushAudience?
  /// For a push: the operations that cause it (`x-wspact-trigger`).
  package var triggers: [String]
  /// For a push: where it says how many hear it (`x-wspact-count`).
  package var count: JSONPointer?

  /// Describes effects; by default there are none.
  package init(
    state: StateEffect? = nil,
    requires: [String] = [],
    subscription: SubscriptionEffect? = nil,
    audience: PushAudience? = nil,
    triggers: [String] = [],
    count: JSONPointer? = nil
  ) {
    self.state = state
    self.requires = requires
    self.subscription = subscription
    self.audience = audience
    self.triggers = triggers
    self.count = count
  }
}

/// What a request does to something that the provider keeps, when it succeeds.
package struct StateEffect: Hashable, Sendable {
  /// The kinds of effects.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case create, read, change, delete
  }

  /// What kind of thing it is about (`order`).
  package var resource: String
  /// Where its id stands: in the request, and for ``Kind/create`` in the first reply.
  package var id: JSONPointer
  /// What is done.
  package var kind: Kind
  /// Members of the request that a later read gives back at the same place.
  package var values: [JSONPointer]
  /// The statuses in which it succeeds; empty for every one.
  package var from: [String]
  /// The status that it leads to; `nil` leaves it as it is.
  package var to: String?

  /// Describes an effect.
  package init(
    resource: String,
    id: JSONPointer,
    kind: Kind,
    values: [JSONPointer] = [],
    from: [String] = [],
    to: String? = nil
  ) {
    self.resource = resource
    self.id = id
    self.kind = kind
    self.values = values
    self.from = from
    self.to = to
  }
}

/// Whether a connection hears a push from now on.
package struct SubscriptionEffect: Hashable, Sendable {
  /// The operation with which the push is said.
  package var push: String
  /// Whether hearing begins; it ends otherwise.
  package var begins: Bool

  /// Describes an effect.
  package init(push: String, begins: Bool) {
    self.push = push
    self.begins = begins
  }
}

/// Who hears a push.
package enum PushAudience: String, Hashable, Sendable, CaseIterable {
  /// Every connection.
  case all
  /// Every connection but the one whose request caused it.
  case others
  /// The connection whose request caused it.
  case sender
  /// The connections that asked to hear it.
  case subscribers
}
