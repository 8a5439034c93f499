import JSON
import WebSocket

extension Desk {
  /// How many connections watch, as it is told.
  private var shownWatchers: Int { Set(watchers).count + traces.drift }

  mutating func watch(_ id: JSONNumber, _ asker: Int) -> [DeskEffect] {
    if bug == .watchAgainSilent, members[asker]?.hasUnwatched == true { return [] }
    let isNew = !watchers.contains(asker)
    if isNew, Set(watchers).count >= DeskLimits.watchers {
      return [error(id, .tooManyWatchers, "\(DeskLimits.watchers) others watch", asker)]
    }
    if isNew || bug == .doubleWatch { watchers.append(asker) }
    let count = JSONValue.number(JSONNumber(shownWatchers))
    return [.send(DeskReply.message("watching", id, ["watchers": count]), to: [asker])]
  }

  mutating func unwatch(_ id: JSONNumber, _ asker: Int) -> [DeskEffect] {
    guard watchers.contains(asker) else {
      if bug == .doubleUnwatchCloses, members[asker]?.hasUnwatched == true {
        return [.close(asker, .internalError, reason: "")]
      }
      if bug == .counterDrifts { traces.drift -= 1 }
      return [error(id, .notWatching, "this connection does not watch", asker)]
    }
    watchers.removeAll { $0 == asker }
    members[asker]?.hasUnwatched = true
    return [.send(DeskReply.message("unwatched", id), to: [asker])]
  }

  /// Tells everybody who watches of a change.
  mutating func announce(_ order: String, _ event: DeskEvent) -> [DeskEffect] {
    changes += 1
    var heard = watchers
    if bug == .lastWatcherForgotten, heard.count > 1 { heard.removeLast() }
    guard !heard.isEmpty, !traces.isBroadcastDead else { return [] }
    let message = DeskReply.orderChanged(
      order,
      event,
      number: changes,
      watchers: shownWatchers
    )
    return [.send(message, to: heard)]
  }
}
