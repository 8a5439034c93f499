import Contract
import JSON

/// Reads `x-wspact-sequence`: which messages of a reply come in which order, and how often.
///
///     x-wspact-sequence:
///       - message: stream_start
///       - message: stream_chunk
///         min: 1
///         max: null
///       - message: stream_end
///
/// `min` and `max` are 1 where they are missing; `max: null` is no bound.
struct ReplySequenceReader {
  static let name = "x-wspact-sequence"

  /// The messages of the reply.
  let messages: [MessageOutline]

  /// The steps that could be read.
  func read(_ reply: DocumentNode) -> [ReplyOutline.Step] {
    guard let node = reply.raw(Self.name) else { return [] }
    guard case .array(let items) = node.value else {
      node.error("'\(Self.name)' must be a list of {message, min, max}, found \(node.value.found)")
      return []
    }
    if items.isEmpty { node.error("'\(Self.name)' must have at least one item") }
    return items.enumerated().compactMap { step(node.child($1, String($0))) }
  }

  private func step(_ item: DocumentNode) -> ReplyOutline.Step? {
    guard case .object(let object) = item.value else {
      item.error("an item must be a mapping such as {message: pong}, found \(item.value.found)")
      return nil
    }
    let known = ["message", "min", "max"]
    for name in object.names where !known.contains(name) {
      let hint = nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
      item.child(.null, name).keyError(
        "an item has no '\(name)'; \(hint ?? "expected \(listed(known))")"
      )
    }
    let message = self.message(item)
    let minimum = count("min", of: item, default: 1)
    let isUnbounded = object["max"] == .null
    let maximum = isUnbounded ? nil : count("max", of: item, default: max(1, minimum ?? 1))
    guard let message, let minimum, isUnbounded || maximum != nil else { return nil }
    if let maximum, maximum < max(1, minimum) {
      item.child(object["max"] ?? .null, "max").error(
        "'max' is \(maximum); expected at least \(max(1, minimum)), or null for no bound"
      )
    }
    return ReplyOutline.Step(message: message, minimum: minimum, maximum: maximum)
  }

  private func message(_ item: DocumentNode) -> DocumentNode.ID? {
    guard let node = item.raw("message") else {
      item.error("an item needs 'message'")
      return nil
    }
    guard let name = node.value.stringValue else {
      node.error("'message' must be the name of a message, found \(node.value.found)")
      return nil
    }
    if let found = messages.first(where: { $0.key == name || $0.node.key == name }) {
      return found.id
    }
    let names = messages.map(\.key)
    let hint =
      nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
      ?? (names.isEmpty ? "it has none" : "it has \(listed(names, joinedBy: "and"))")
    node.error("the reply has no message '\(name)'; \(hint)")
    return nil
  }

  private func count(_ name: String, of item: DocumentNode, default: Int) -> Int? {
    guard let node = item.raw(name) else { return `default` }
    guard let number = node.value.intValue, number >= 0 else {
      let hint = name == "max" ? ", or null for no bound" : ""
      node.error("'\(name)' must be a whole number of at least 0\(hint), found \(node.value.found)")
      return nil
    }
    return number
  }
}
