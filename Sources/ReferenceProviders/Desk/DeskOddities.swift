import JSON
import WebSocket

/// Changes what the desk does into something odd that is still correct.
package struct DeskOddities {
  let decoy: DeskDecoy?
  private var answers = 0

  /// Changes nothing, or what a decoy says.
  package init(decoy: DeskDecoy?) { self.decoy = decoy }

  /// The effects of one message, as a decoy has them.
  ///
  /// - Parameters:
  ///   - effects: What the correct desk does.
  ///   - asker: The connection that spoke.
  /// - Returns: What is done in place of them.
  package mutating func applied(to effects: [DeskEffect], _ asker: Int) -> [DeskEffect] {
    guard let decoy, case .send(let reply, _)? = effects.first else { return effects }
    answers += 1
    let type = reply["type"]?.stringValue ?? ""
    switch decoy {
    case .optionalMembers where type == "order" && answers.isMultiple(of: 2):
      return effects.withFirst(adding: "served_by", "counter")
    case .extraMembers where type == "session":
      return effects.withFirst(adding: "seen", .number(JSONNumber(answers)))
    case .slow where answers.isMultiple(of: 8):
      return [.later(.milliseconds(60), effects)]
    case .otherOrder where type == "order" && effects.count == 1:
      return [.later(.milliseconds(3), effects)]
    case .notices where answers.isMultiple(of: 5):
      return [notice(to: asker)] + effects
    case .noticesBetweenParts where type == "orders_begin":
      return effects.flatMap { [$0, notice(to: asker)] }
    case .closeAfterLogout where type == "logged_out":
      return effects + [.close(asker, 4000, reason: "logged out")]
    default:
      return effects
    }
  }

  /// Whether a ping goes out before the answer at hand.
  var isPingDue: Bool { decoy == .pings && answers > 0 && answers.isMultiple(of: 10) }

  private func notice(to asker: Int) -> DeskEffect {
    .send(DeskReply.message("notice", nil, ["text": "the desk closes at six"]), to: [asker])
  }
}

extension [DeskEffect] {
  /// The effects with one more member in the first message.
  fileprivate func withFirst(adding name: String, _ value: JSONValue) -> [DeskEffect] {
    guard case .send(let message, let receivers)? = first, var object = message.objectValue else {
      return self
    }
    object[name] = value
    return [.send(.object(object), to: receivers)] + dropFirst()
  }
}
