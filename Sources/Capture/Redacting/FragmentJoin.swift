import Contract

/// Puts the frames of a message together, as secrets can only be seen in whole messages.
///
/// Every frame is recorded when it comes. So of a message in several frames the last one gets what
/// all of them held, and the others nothing; what was never completed is not recorded, and what is
/// too long to be kept only as a ``Redaction/placeholder``.
struct FragmentJoin<Connection: Hashable & Sendable>: Sendable {
  private struct Key: Hashable {
    var connection: Connection
    var direction: MessageDirection
  }

  /// How many bytes of a message are kept; 64 MiB.
  static var mostBytes: Int { 64 * 1_048_576 }

  /// What the frames of a message have held so far; nil inside: too much.
  private var unfinished: [Key: [UInt8]?] = [:]

  /// Takes the payload of a text, binary or continuation frame.
  ///
  /// - Returns: What the message held, with its last frame; `nil` before that.
  mutating func message(
    endingWith payload: [UInt8],
    isFinal: Bool,
    _ connection: Connection,
    _ direction: MessageDirection
  ) -> [UInt8]? {
    if isFinal, unfinished.isEmpty { return payload }
    let key = Key(connection: connection, direction: direction)
    var held = unfinished.removeValue(forKey: key) ?? []
    if let count = held?.count, count + payload.count > Self.mostBytes { held = nil }
    held?.append(contentsOf: payload)
    if isFinal { return held ?? Array(Redaction.placeholder.utf8) }
    unfinished[key] = .some(held)
    return nil
  }

  /// Forgets what a connection has left behind.
  mutating func end(_ connection: Connection) {
    guard !unfinished.isEmpty else { return }
    for direction in MessageDirection.allCases {
      unfinished[Key(connection: connection, direction: direction)] = nil
    }
  }
}
