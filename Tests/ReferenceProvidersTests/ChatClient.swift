import Contract
import JSON
import JSONSchema
import Testing
import WebSocket

/// A client of the chat that compares all it hears with the document.
final class ChatClient {
  /// Longer than anything takes; a test that waits so long has failed.
  static let patience = Duration.seconds(20)

  let connection: ClientConnection
  private let api: APIDescription
  private let isJudged: Bool
  private var requests = 0

  init(_ connection: ClientConnection, api: APIDescription, isJudged: Bool) {
    self.connection = connection
    self.api = api
    self.isJudged = isJudged
  }

  deinit { connection.drop() }

  // MARK: Saying

  /// Sends a value and answers with its `request_id` or `ping_id`.
  @discardableResult
  func send(_ message: JSONValue) async throws -> JSONValue? {
    try await connection.send(.text(message.text()))
    return message["request_id"] ?? message["ping_id"]
  }

  /// Sends a request with a new id and answers with that id.
  @discardableResult
  func ask(_ type: String, _ members: JSONObject = [:]) async throws -> JSONValue {
    requests += 1
    let id = JSONValue.string(uuid(requests))
    let isPing = type == "ping"
    var message: JSONObject = ["type": .string(type), (isPing ? "ping_id" : "request_id"): id]
    message.members += members.members
    try await send(.object(message))
    return id
  }

  /// Sends a request and answers with the next message, which must be its answer.
  func answer(
    _ type: String,
    _ members: JSONObject = [:],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let id = try await ask(type, members)
    let answer = try await next(sourceLocation: sourceLocation)
    #expect(answer["request_id"] ?? answer["ping_id"] == id, sourceLocation: sourceLocation)
    return answer
  }

  /// Follows a thread and answers with its history.
  @discardableResult
  func follow(_ thread: String, limit: Int? = nil) async throws -> JSONValue {
    var members: JSONObject = ["thread_id": .string(thread)]
    members["limit"] = limit.map { .number(JSONNumber($0)) }
    return try await answer("subscribe_thread", members)
  }

  /// Says something in a thread and answers with the request's id.
  @discardableResult
  func say(_ content: String, in thread: String) async throws -> JSONValue {
    try await ask("send_message", ["thread_id": .string(thread), "content": .string(content)])
  }

  // MARK: Hearing

  /// The next message, whatever it is; it must be as documented when the provider has no bug.
  func next(sourceLocation: Testing.SourceLocation = #_sourceLocation) async throws -> JSONValue {
    switch try await event() {
    case .message(let message, _):
      let value = try JSONValue.parse(message.payload)
      if isJudged {
        #expect(isDocumented(value), "\(value.text())", sourceLocation: sourceLocation)
      }
      return value
    case .closed(let closure):
      throw Unexpected("the connection was \(closure)")
    case .ping, .pong:
      throw Unexpected("a control frame came")
    }
  }

  /// The next message up to `stream_end`, that included; one stream must be all there is.
  func stream(sourceLocation: Testing.SourceLocation = #_sourceLocation) async throws -> [JSONValue]
  {
    var parts: [JSONValue] = []
    repeat {
      parts.append(try await next(sourceLocation: sourceLocation))
    } while parts.last?["type"] != "stream_end"
    return parts
  }

  /// Everything that comes before the answer to a ping that is sent now.
  ///
  /// Messages of one connection are answered in order, so nothing that is due can come later.
  func everythingDue() async throws -> [JSONValue] {
    let id = JSONValue.string("ffffffff-ffff-4fff-8fff-ffffffffffff")
    try await send(["type": "ping", "ping_id": id])
    var messages: [JSONValue] = []
    while true {
      let message = try await next()
      if message["type"] == "pong", message["ping_id"] == id { return messages }
      messages.append(message)
    }
  }

  /// How the connection ends; messages that come before are passed over.
  func closure() async throws -> Closure {
    while true {
      if case .closed(let closure) = try await event() { return closure }
    }
  }

  /// Whether the provider may say this.
  func isDocumented(_ message: JSONValue) -> Bool {
    let fitting = api.messages(travelling: .toConsumer).filter { $0.payload.isValid(message) }
    return fitting.count == 1
  }

  private func event() async throws -> ConnectionEvent {
    let deadline = MonotonicTime.now().advanced(by: Self.patience)
    guard let event = try await connection.nextEvent(until: deadline) else {
      throw Unexpected("nothing came within \(Self.patience)")
    }
    return event
  }
}

/// Something happened that ends a test.
struct Unexpected: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The UUID with this number in its last digits.
func uuid(_ number: Int) -> String {
  let digits = String(number)
  return "0c1d6f5e-3a2b-4c4d-8e5f-" + String(repeating: "0", count: 12 - digits.count) + digits
}

extension JSONValue {
  /// The values of `type` of several messages.
  static func types(_ messages: [JSONValue]) -> [String] {
    messages.map { $0["type"]?.stringValue ?? "?" }
  }
}
