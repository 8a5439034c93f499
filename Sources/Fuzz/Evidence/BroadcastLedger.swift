import Contract
import JSON

/// Who must have heard which push how often, as far as one case can be certain.
///
/// A push belongs to a request when it names the thing that the request is about; where the document
/// does not say what a request is about, every request that triggers the push counts alike.
struct BroadcastLedger {
  /// What one connection heard of the pushes about one thing.
  struct Entry {
    /// The place of the connection in ``Evidence/connections``.
    var connection: Int
    /// How many it must have heard.
    var least: Int
    /// The requests that it may have heard of.
    var triggers: [Int]
    /// The messages that it heard, as places in ``Evidence/received``.
    var heard: [Int]
    /// The last of the requests that it must have heard of, else of those that it may have.
    var trigger: Int

    /// How many it may have heard.
    var most: Int { triggers.count }
  }

  private let evidence: Evidence

  init(_ evidence: Evidence) { self.evidence = evidence }

  /// The pushes whose audience and triggers the document names.
  var pushes: [OperationDescription] {
    guard evidence.index.hasEffects else { return [] }
    return evidence.index.api.operations.filter {
      $0.direction == .toConsumer && $0.effects.audience != nil && !$0.effects.triggers.isEmpty
    }
  }

  /// What each connection heard of a push.
  func entries(of push: OperationDescription) -> [Entry] {
    let triggers = triggers(of: push)
    guard !triggers.isEmpty, let audience = push.effects.audience else { return [] }
    var entries: [Entry] = []
    for (connection, record) in evidence.connections.enumerated() {
      let heard = evidence.received.indices.filter {
        evidence.received[$0].connection == connection
          && evidence.received[$0].message.name.map(push.messages.contains) ?? false
      }
      for group in triggers {
        let least = group.places.filter {
          evidence.outcome(of: evidence.exchanges[$0]) == .success
            && surelyHears(connection, record, of: $0, audience, push)
        }
        let most = group.places.filter { mayHear(connection, record, of: $0, audience, push) }
        let about = heard.filter { place in
          guard let id = group.id else { return true }
          return evidence.received[place].message.document?.value.contains(id) ?? false
        }
        guard let trigger = least.last ?? most.last ?? group.places.last else { continue }
        entries.append(
          Entry(
            connection: connection,
            least: least.count,
            triggers: most,
            heard: about,
            trigger: trigger
          )
        )
      }
    }
    return entries
  }

  /// When the last request was sent that an open connection must still hear of; `nil` when there is
  /// none.
  var oldestDebt: Int64? {
    let debts = pushes.flatMap(entries).filter { entry in
      entry.heard.count < entry.least && evidence.connections[entry.connection].closedAt == nil
    }
    return debts.map { evidence.exchanges[$0.trigger].sentAt }.max()
  }

  /// How many connections hear a push that a request has triggered, at least and at most.
  func audienceSize(of push: OperationDescription, trigger: Int) -> ClosedRange<Int> {
    guard let audience = push.effects.audience else { return 0...0 }
    var least = 0
    var most = 0
    for (connection, record) in evidence.connections.enumerated() {
      if surelyHears(connection, record, of: trigger, audience, push) { least += 1 }
      if mayHear(connection, record, of: trigger, audience, push) { most += 1 }
    }
    return least...max(least, most)
  }

  /// The requests that trigger a push and did, or may have, taken effect, by what they are about.
  func triggers(of push: OperationDescription) -> [(id: JSONValue?, places: [Int])] {
    var groups: [(id: JSONValue?, places: [Int])] = []
    for (place, exchange) in evidence.exchanges.enumerated()
    where push.effects.triggers.contains(exchange.operationName) {
      guard evidence.outcome(of: exchange) != .failure else { continue }
      let effect = evidence.effects(of: exchange).state
      let document =
        effect?.kind == .create
        ? evidence.firstReply(to: exchange)?.message.document : exchange.document
      let id = effect.flatMap { document?.value(at: $0.id) }
      // A thing that was never answered about has no name yet.
      if effect?.kind == .create, id == nil { continue }
      if let group = groups.firstIndex(where: { $0.id == id }) {
        groups[group].places.append(place)
      } else {
        groups.append((id, [place]))
      }
    }
    return groups
  }
}

// MARK: - Who hears

extension BroadcastLedger {
  private func surelyHears(
    _ connection: Int,
    _ record: ConnectionRecord,
    of trigger: Int,
    _ audience: PushAudience,
    _ push: OperationDescription
  ) -> Bool {
    let exchange = evidence.exchanges[trigger]
    guard record.openedAt < exchange.sentAt, let repliedAt = exchange.firstReplyAt,
      record.closedAt ?? .max > repliedAt, !mayHaveBeenLeft(connection, record, at: repliedAt)
    else { return false }
    switch audience {
    case .all: return true
    case .others: return connection != exchange.connection
    case .sender: return connection == exchange.connection
    case .subscribers:
      let acts = subscriptions(of: connection, to: push)
      guard let begin = acts.last(where: { $0.begins && $0.isDone(before: exchange.sentAt) })
      else { return false }
      return !acts.contains {
        !$0.begins && $0.repliedAt ?? .max > begin.sentAt && $0.sentAt < repliedAt
      }
    }
  }

  private func mayHear(
    _ connection: Int,
    _ record: ConnectionRecord,
    of trigger: Int,
    _ audience: PushAudience,
    _ push: OperationDescription
  ) -> Bool {
    let exchange = evidence.exchanges[trigger]
    guard !isSurelyGone(record, before: exchange.sentAt) else { return false }
    switch audience {
    case .all: return true
    case .others: return connection != exchange.connection
    case .sender: return connection == exchange.connection
    case .subscribers:
      let acts = subscriptions(of: connection, to: push)
      let end = acts.last { !$0.begins && $0.isDone(before: exchange.sentAt) }
      return acts.contains { begin in
        begin.begins && end.map { begin.repliedAt ?? .max > $0.sentAt } ?? true
          && !isSurelyOver(since: exchange.firstReplyAt, by: begin.sentAt)
      }
    }
  }

  /// Whether the provider may have been about to end a connection at a time, and have taken it off its
  /// lists: it has ended it later, without a message after that time.
  private func mayHaveBeenLeft(
    _ connection: Int,
    _ record: ConnectionRecord,
    at time: Int64
  ) -> Bool {
    record.wasEndedByProvider
      && !evidence.received.contains { $0.connection == connection && $0.nanoseconds > time }
  }

  /// Whether a connection ended, and the provider has answered something since then, before a time.
  private func isSurelyGone(_ record: ConnectionRecord, before time: Int64) -> Bool {
    isSurelyOver(since: record.closedAt, by: time)
  }

  /// Whether the provider was asked and has answered something between two moments, so that it has
  /// had the time for what was to be done after the first.
  private func isSurelyOver(since begin: Int64?, by end: Int64) -> Bool {
    guard let begin, begin < end else { return false }
    return evidence.exchanges.contains { $0.sentAt > begin && $0.firstReplyAt ?? .max < end }
  }

  private struct Subscription {
    var begins: Bool
    var sentAt: Int64
    var repliedAt: Int64?

    func isDone(before time: Int64) -> Bool { repliedAt ?? .max < time }
  }

  /// The requests of a connection that begin or end its hearing and were not refused.
  private func subscriptions(
    of connection: Int,
    to push: OperationDescription
  ) -> [Subscription] {
    evidence.connections[connection].exchanges.compactMap { place in
      let exchange = evidence.exchanges[place]
      guard let effect = evidence.effects(of: exchange).subscription, effect.push == push.name,
        evidence.outcome(of: exchange) != .failure
      else { return nil }
      return Subscription(
        begins: effect.begins,
        sentAt: exchange.sentAt,
        repliedAt: exchange.firstReplyAt
      )
    }
  }
}

extension JSONValue {
  /// Whether a value is this one or somewhere in it.
  fileprivate func contains(_ other: JSONValue) -> Bool {
    switch self {
    case .array(let items): items.contains { $0.contains(other) }
    case .object(let object): object.members.contains { $0.value.contains(other) }
    default: self == other
    }
  }
}
