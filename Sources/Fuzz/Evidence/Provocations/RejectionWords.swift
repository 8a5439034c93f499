import Contract
import JSON

/// Tells by their words which messages say that something was not done.
///
/// AsyncAPI has no mark for error messages, so their names and the members that error formats use
/// decide: those of JSON-RPC 2.0 §5.1, RFC 9457 §3.1 and the `ok`/`success`/`status` of many APIs.
struct RejectionWords: Sendable {
  private static let stems = [
    "error", "fail", "reject", "invalid", "refus", "denied", "deny", "nack", "problem", "fault",
    "exception", "malformed", "unsupported", "badrequest", "notfound", "unauthorized", "forbidden",
  ]

  /// The names of the messages whose names say it.
  let names: Set<String>

  init(_ api: APIDescription) {
    names = Set(api.messages.map(\.name).filter(Self.saysSo))
  }

  /// Whether a text is a word for something that went wrong.
  static func saysSo(_ text: String) -> Bool {
    var letters: [UInt8] = []
    letters.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): letters.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): letters.append(byte | 0x20)
      case 0x80...: letters.append(byte)
      default: break
      }
    }
    return stemBytes.contains { stem in
      guard letters.count >= stem.count else { return false }
      return (0...letters.count - stem.count).contains { begin in
        stem.indices.allSatisfy { letters[begin + $0] == stem[$0] }
      }
    }
  }

  private static let stemBytes = stems.map { Array($0.utf8) }

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

  private static func tellsFailure(_ value: JSONValue, depth: Int = 0) -> Bool {
    guard case .object(let object) = value, depth < 3 else { return false }
    return object.members.contains { member in
      let name = member.name.lowercased()
      switch member.value {
      case .null: return false
      case .bool(let flag): return flag ? name == "error" : ["ok", "success"].contains(name)
      case .string(let text):
        if ["status", "type", "kind", "result", "outcome", "event"].contains(name) {
          return saysSo(text)
        }
        return saysSo(name)
      case .number(let number):
        if name == "status", let code = number.int { return (400..<600).contains(code) }
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
