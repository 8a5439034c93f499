import Contract
import JSON

extension Evidence {
  /// Where a received message was seen.
  func place(of message: ReceivedMessage) -> TrafficLocation {
    TrafficLocation(
      connection: connections[message.connection].name,
      frame: message.frame,
      step: message.step
    )
  }

  /// Where a request was sent.
  func place(of exchange: Exchange) -> TrafficLocation {
    TrafficLocation(
      connection: connections[exchange.connection].name,
      frame: exchange.frame,
      step: exchange.step
    )
  }

  /// Where the client spoke last on a connection, or the connection itself.
  func place(of connection: ConnectionRecord) -> TrafficLocation {
    TrafficLocation(
      connection: connection.name,
      frame: connection.lastSent?.frame,
      step: connection.lastSent?.step
    )
  }

  /// Whether this program stood still at some time between two moments of the transcript.
  func isStalled(from begin: Int64, to end: Int64) -> Bool {
    begin <= end && stalls.contains { $0.overlaps(begin...end) }
  }
}

extension ConnectionRecord {
  /// What the provider did it after, in words.
  var occasion: String { lastSent.map { "after \($0.label)" } ?? "before anything was sent" }

  /// What is to blame in a signature.
  var subject: String { lastSent?.label ?? "opening" }
}

extension JSONPointer {
  /// The path with every array index as `*`, so that like places have one name.
  var pattern: String {
    tokens.map { "/" + (JSONValue.arrayIndex($0) == nil ? $0 : "*") }.joined()
  }
}
