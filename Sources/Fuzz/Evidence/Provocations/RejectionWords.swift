import Contract
import JSON

/// Tells by their words which messages say that something was not done.
///
/// AsyncAPI has no mark for error messages, so their names and the members that error formats use
/// decide: those of JSON-RPC 2.0 §5.1, RFC 9457 §3.1 and the `ok`/`success`/`status` of many APIs.
struct RejectionWords: Sendable {
  private static let stems = WordStems([
    "error", "fail", "reject", "invalid", "refus", "denied", "deny", "nack", "problem", "fault",
    "exception", "malformed", "unsupported", "badrequest", "notfound", "unauthorized", "forbidden",
  ])

  /// The names of the messages whose names say it.
  let names: Set<String>

  init(_ api: APIDescription) {
    names = Set(api.messages.map(\.name).filter(Self.saysSo))
  }

  /// Whether a text is a word for something that went wrong.
  static func saysSo(_ text: String) -> Bool { stems.occur(in: text) }

  /// Whether a message refuses a request.
  ///
  /// - Parameters:
  ///   - message: What the provider said.
  ///   - reply: What the document promises as the answer to the request.
  /// - Returns: Whether it is an error message, one of the promised messages that stand for the usual
  ///   one, or carries members that say so.
  func isRejection(_ message: ReadMessage, of reply: ReplyDescription?) -> Bool {
    guard let name = message.name else { return false }
    if names.contains(name) { return true }
    if let value = message.document?.value, Self.tellsFailure(value) { return true }
    guard let reply, reply.messages.contains(name) else { return false }
    if !reply.sequence.isEmpty { return reply.alternatives.contains(name) }
    // Without a word for errors, all but the first may be.
    return names.isDisjoint(with: reply.messages) && reply.messages.first != name
  }

  /// The members that say with `false` that something failed.
  private static let successes = ["ok", "success"]
  /// The members whose text says how something went.
  private static let outcomes = ["status", "type", "kind", "result", "outcome", "event"]

  /// Whether a member has one of these names, in whatever case.
  private static func isOne(of names: [String], _ name: String) -> Bool {
    names.contains { known in
      known.utf8.count == name.utf8.count
        && zip(known.utf8, name.utf8).allSatisfy { $0 == $1 || $0 == $1 | 0x20 }
    }
  }

  private static func tellsFailure(_ value: JSONValue, depth: Int = 0) -> Bool {
    guard case .object(let object) = value, depth < 3 else { return false }
    return object.members.contains { member in
      let name = member.name
      switch member.value {
      case .null: return false
      case .bool(let flag): return flag ? isOne(of: ["error"], name) : isOne(of: successes, name)
      case .string(let text): return saysSo(isOne(of: outcomes, name) ? text : name)
      case .number(let number):
        if isOne(of: ["status"], name), let code = number.int { return (400..<600).contains(code) }
        return saysSo(name) && !number.isZero
      case .array(let items): return saysSo(name) && !items.isEmpty
      case .object: return saysSo(name) || tellsFailure(member.value, depth: depth + 1)
      }
    }
  }

  /// Whether the document has anything to say to a client that asks wrongly.
  ///
  /// - Parameters:
  ///   - api: The API.
  ///   - reply: What is promised as the answer to the request.
  /// - Returns: Whether there is an error message for it, or a close code that blames the client.
  func areKnown(in api: APIDescription, for reply: ReplyDescription) -> Bool {
    let pushes = api.operations.filter { $0.direction == .toConsumer }.flatMap(\.messages)
    return !names.isDisjoint(with: reply.messages) || !names.isDisjoint(with: pushes)
      || api.closeCodes.contains { [1002, 1003, 1007, 1008].contains($0.code) }
  }
}
