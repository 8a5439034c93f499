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

  /// Where the client said what a connection ended after, or the connection itself.
  func place(of connection: ConnectionRecord) -> TrafficLocation {
    TrafficLocation(
      connection: connection.name,
      frame: connection.cause?.frame,
      step: connection.cause?.step
    )
  }

  /// The connection on which the provider was most likely brought down: the first that the provider
  /// ended without an answer, else the one on which the client spoke last.
  var fatalConnection: ConnectionRecord? {
    let cut = exchanges.first { $0.state == .cut }.map { connections[$0.connection] }
    return cut ?? lastSpeaker.map { connections[$0] }
  }

  /// Whether this program stood still at some time between two moments of the transcript.
  func isStalled(from begin: Int64, to end: Int64) -> Bool {
    begin <= end && stalls.contains { $0.overlaps(begin...end) }
  }
}

extension ConnectionRecord {
  /// What the client said that the provider did something after.
  var cause: SentMessage? { culprit ?? lastSent }

  /// What the provider did it after, in words.
  var occasion: String { cause.map { "after \($0.label)" } ?? "before anything was sent" }

  /// What is to blame in a signature.
  var subject: String { cause?.label ?? "opening" }
}

extension JSONPointer {
  /// The path with every array index as `*`, so that like places have one name.
  var pattern: String {
    tokens.map { "/" + (JSONValue.arrayIndex($0) == nil ? $0 : "*") }.joined()
  }
}
