import JSON
import WebSocket

/// What a front end cannot go on with, in a sentence.
struct Disappointment: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// A connection to the chat, with the messages that have come but were not looked at yet.
struct ChatConnection: ~Copyable {
  /// How long to wait for each message.
  static let patience = Duration.seconds(5)

  private let connection: ClientConnection
  private var waiting: [JSONValue] = []
  private var requests = 0

  init(_ connection: ClientConnection) { self.connection = connection }

  /// Sends a request and answers with its id, which is the same in every run.
  mutating func ask(_ type: String, _ members: JSONObject) async throws -> String {
    requests += 1
    let number = String(requests)
    let digits = String(repeating: "0", count: 12 - number.count) + number
    let id = "0c1d6f5e-3a2b-4c4d-8e5f-\(digits)"
    var message: JSONObject = ["type": .string(type), "request_id": .string(id)]
    message.members += members.members
    try await connection.send(.text(JSONValue.object(message).text()))
    return id
  }

  /// The next answer to a request, which must be of one of these types.
  mutating func answer(to request: String, _ types: String...) async throws -> JSONValue {
    let expected = types.joined(separator: " or ")
    let answer = try await next(expected) { $0["request_id"]?.stringValue == request }
    guard let type = answer["type"]?.stringValue, types.contains(type) else {
      throw Disappointment("expected \(expected), got \(answer.text())")
    }
    return answer
  }

  /// The first message that is wanted; others are kept for later.
  mutating func next(
    _ what: String,
    where isWanted: (JSONValue) -> Bool
  ) async throws -> JSONValue {
    if let index = waiting.firstIndex(where: isWanted) { return waiting.remove(at: index) }
    let deadline = MonotonicTime.now().advanced(by: Self.patience)
    while let event = try await connection.nextEvent(until: deadline) {
      guard let message = try read(event, what) else { continue }
      if message["type"] == "ping" {
        try await answerPing(message)
      } else if isWanted(message) {
        return message
      } else {
        waiting.append(message)
      }
    }
    throw Disappointment("\(what) did not come within \(Self.patience.components.seconds) s")
  }

  private func read(_ event: ConnectionEvent, _ what: String) throws -> JSONValue? {
    switch event {
    case .closed(let closure):
      throw Disappointment("the connection was \(closure), before \(what) came")
    case .message(let message, _):
      guard let value = try? JSONValue.parse(message.payload), value["type"]?.stringValue != nil
      else { throw Disappointment("a message came that is no JSON object with a type") }
      return value
    case .ping, .pong:
      return nil
    }
  }

  private func answerPing(_ ping: JSONValue) async throws {
    let pong: JSONValue = ["type": "pong", "ping_id": ping["ping_id"] ?? .null]
    try await connection.send(.text(pong.text()))
  }
}
