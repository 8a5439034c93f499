import Contract
import JSON

/// What was done to the things that a provider keeps, as far as one case saw it.
///
/// Only what is certain is told: requests that were under way at the same time, and those whose answer
/// never came, leave open what holds, and then nothing is said.
struct StateHistory {
  /// Something that the provider keeps.
  struct Thing: Hashable {
    var resource: String
    var id: JSONValue
  }

  /// A request about a thing.
  struct Act {
    /// The place of the request in ``Evidence/exchanges``.
    var exchange: Int
    var effect: StateEffect
    var outcome: ExchangeOutcome
    var sentAt: Int64
    var repliedAt: Int64?
  }

  /// What is certain about a thing when a request about it is sent.
  struct Certainty {
    /// Whether it was deleted.
    var isDeleted: Bool
    /// Its status, where the document names one.
    var status: String?
    /// What a read must give back, and the request that said so.
    var values: [JSONPointer: (value: JSONValue, exchange: Int)]
    /// The request that deleted or changed it last, else the one that made it.
    var cause: Int
  }

  /// The things that were made in the case, each with the requests about it in the order in which they
  /// were sent, the one that made it first.
  private(set) var acts: [(thing: Thing, acts: [Act])] = []

  init(_ evidence: Evidence) {
    var places: [Thing: Int] = [:]
    // A thing that is made twice has no certain state.
    var ambiguous: Set<Thing> = []
    var others: [(Thing, Act)] = []
    for (place, exchange) in evidence.exchanges.enumerated() {
      guard let effect = evidence.effects(of: exchange).state else { continue }
      let outcome = evidence.outcome(of: exchange)
      let document =
        effect.kind == .create
        ? evidence.firstReply(to: exchange)?.message.document : exchange.document
      guard let id = document?.value(at: effect.id) else { continue }
      let thing = Thing(resource: effect.resource, id: id)
      let act = Act(
        exchange: place,
        effect: effect,
        outcome: outcome,
        sentAt: exchange.sentAt,
        repliedAt: exchange.firstReplyAt
      )
      guard effect.kind == .create else {
        others.append((thing, act))
        continue
      }
      guard outcome == .success else { continue }
      if places[thing] != nil { ambiguous.insert(thing) }
      places[thing] = acts.count
      acts.append((thing, [act]))
    }
    for (thing, act) in others { if let place = places[thing] { acts[place].acts.append(act) } }
    acts.removeAll { ambiguous.contains($0.thing) }
  }

  /// What is certain about a thing when one of the requests about it is sent.
  ///
  /// - Parameters:
  ///   - acts: The requests about the thing.
  ///   - act: The one in question.
  ///   - evidence: Where they were seen.
  /// - Returns: `nil` when other requests were under way, or one was never answered.
  static func certainty(
    about acts: [Act],
    at act: Act,
    in evidence: Evidence
  ) -> Certainty? {
    guard let repliedAt = act.repliedAt else { return nil }
    var done: [Act] = []
    for other in acts where other.exchange != act.exchange && other.effect.kind != .read {
      guard other.sentAt < repliedAt else { continue }
      guard let end = other.repliedAt, end < act.sentAt else { return nil }
      if other.outcome == .success { done.append(other) }
    }
    done.sort { $0.repliedAt ?? 0 < $1.repliedAt ?? 0 }
    guard let first = done.first, first.effect.kind == .create else { return nil }
    for (earlier, later) in zip(done, done.dropFirst()) {
      // Which of them was done first is anybody's guess.
      guard earlier.repliedAt ?? .max < later.sentAt else { return nil }
    }
    var certainty = Certainty(
      isDeleted: false,
      status: first.effect.to,
      values: [:],
      cause: first.exchange
    )
    for act in done {
      if act.effect.kind == .delete { certainty.isDeleted = true }
      if let status = act.effect.to { certainty.status = status }
      if act.effect.to != nil || act.effect.kind == .delete { certainty.cause = act.exchange }
      for pointer in act.effect.values {
        certainty.values[pointer] = evidence.exchanges[act.exchange].document?
          .value(at: pointer).map { ($0, act.exchange) }
      }
    }
    return certainty
  }

  /// Goes through everything that is certain.
  static func forEach(
    in evidence: Evidence,
    _ body: (Thing, Act, Certainty) -> Void
  ) {
    guard evidence.index.hasEffects else { return }
    for (thing, acts) in StateHistory(evidence).acts {
      for act in acts.dropFirst() where act.outcome != .unknown {
        guard let certainty = certainty(about: acts, at: act, in: evidence) else { continue }
        body(thing, act, certainty)
      }
    }
  }
}
