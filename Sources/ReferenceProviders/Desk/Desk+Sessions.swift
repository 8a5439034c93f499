import JSON

extension Desk {
  mutating func authenticate(_ id: JSONNumber, _ user: String, _ asker: Int) -> [DeskEffect] {
    let session = sessions.open(for: user)
    members[asker]?.session = session
    traces.lastUser = user
    return [.send(reply("authenticated", id, session, user), to: [asker])]
  }

  func getSession(_ id: JSONNumber, _ session: String, _ asker: Int) -> [DeskEffect] {
    guard let user = sessions.user(of: session) else {
      return [error(id, .notFound, "there is no such session", asker)]
    }
    let shown = bug == .sharedUser ? traces.lastUser ?? user : user
    return [.send(reply("session", id, session, shown), to: [asker])]
  }

  mutating func logOut(_ id: JSONNumber, _ session: String, _ asker: Int) -> [DeskEffect] {
    guard members[asker]?.session == session else {
      return [error(id, .notFound, "this is not the session of this connection", asker)]
    }
    sessions.end(session)
    members[asker]?.session = nil
    let reply = DeskReply.message("logged_out", id, ["session_id": .string(session)])
    return [.send(reply, to: [asker])]
  }

  func echo(_ id: JSONNumber, _ text: String, _ asker: Int) -> [DeskEffect] {
    let said = traces.isEscaped ? text.escaped : text
    let reply = DeskEffect.send(
      DeskReply.message("note_echoed", id, ["text": .string(said)]),
      to: [asker]
    )
    switch bug {
    case .slowText:
      let length = text.unicodeScalars.count
      return [.block(.microseconds(length * length * 1_000 / 1_600)), reply]
    case .retainsNotes:
      return [.retain(bytes: 65_536), reply]
    default:
      return [reply]
    }
  }

  private func reply(
    _ type: String,
    _ id: JSONNumber,
    _ session: String,
    _ user: String
  ) -> JSONValue {
    DeskReply.message(type, id, ["session_id": .string(session), "user": .string(user)])
  }
}
