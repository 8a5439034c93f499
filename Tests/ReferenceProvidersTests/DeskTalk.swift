import AsyncAPI
import Contract
import JSON
import JSONSchema
import ReferenceProviders
import TestSupport
import Testing
import WebSocket

/// The desk's document, read once for all tests.
private let deskDescription = Result {
  try AsyncAPIDocument.load(path: Fixtures.path("desk/asyncapi.yml"))
}

/// A talk with a desk, without sockets: connections are numbers.
struct DeskTalk {
  let api: APIDescription
  private var desk: Desk
  /// How many messages were said.
  private(set) var messages = 0
  private var requests = 0

  /// Begins with a fresh desk.
  init(bug: DeskBug? = nil) throws {
    api = try deskDescription.get()
    let schemas = Dictionary(
      uniqueKeysWithValues: api.messages(travelling: .toProvider).map { ($0.name, $0.payload) }
    )
    desk = Desk(schemas: schemas, bug: bug)
  }

  /// Opens connections.
  mutating func open(_ connections: Int...) {
    for connection in connections { desk.joined(connection) }
  }

  /// Ends a connection, with or without a close frame.
  mutating func leave(_ connection: Int, isClean: Bool = true) {
    desk.left(connection, isClean: isClean)
  }

  /// Whether a request of a connection is the last that it made.
  func isLatest(_ request: Int, of connection: Int) -> Bool {
    desk.isLatest(request, of: connection)
  }

  /// Sends a text.
  mutating func say(_ text: String, on connection: Int = 1) -> [DeskEffect] {
    messages += 1
    return desk.received(.text(text), from: connection)
  }

  /// Sends bytes that are not meant as text.
  mutating func sayBinary(_ text: String, on connection: Int = 1) -> [DeskEffect] {
    messages += 1
    return desk.received(Message(kind: .binary, payload: Array(text.utf8)), from: connection)
  }

  /// Sends a request with a new id.
  mutating func ask(
    _ type: String,
    _ members: JSONObject = [:],
    on connection: Int = 1
  ) -> [DeskEffect] {
    requests += 1
    var message: JSONObject = ["type": .string(type)]
    message["request_id"] = .number(JSONNumber(requests))
    message.members += members.members
    return say(JSONValue.object(message).text(), on: connection)
  }

  /// Sends a request, and answers with what the connection hears.
  mutating func answers(
    _ type: String,
    _ members: JSONObject = [:],
    on connection: Int = 1
  ) -> [JSONValue] {
    ask(type, members, on: connection).heard(by: connection)
  }

  /// Sends a request, and answers with the first that the connection hears.
  mutating func answer(
    _ type: String,
    _ members: JSONObject = [:],
    on connection: Int = 1
  ) throws -> JSONValue {
    try #require(answers(type, members, on: connection).first)
  }

  /// Logs in and answers with the session.
  @discardableResult
  mutating func logIn(_ user: String = "ann", on connection: Int = 1) throws -> JSONValue {
    let answer = try answer(
      "authenticate",
      ["user": .string(user), "token": "t"],
      on: connection
    )
    return try #require(answer["session_id"])
  }

  /// Opens an order and answers with its id.
  mutating func order(on connection: Int = 1) throws -> JSONValue {
    try #require(try answer("create_order", ["customer": "Ann"], on: connection)["order_id"])
  }

  /// Whether the provider may say this.
  func isDocumented(_ message: JSONValue) -> Bool {
    api.messages(travelling: .toConsumer).filter { $0.payload.isValid(message) }.count == 1
  }
}

extension [DeskEffect] {
  /// The messages that a connection gets, those that come later included.
  func heard(by connection: Int) -> [JSONValue] {
    flatMap { effect -> [JSONValue] in
      switch effect {
      case .send(let message, let receivers):
        return receivers.filter { $0 == connection }.map { _ in message }
      case .sendIfLatest(let message, connection, _): return [message]
      case .later(_, let effects): return effects.heard(by: connection)
      default: return []
      }
    }
  }

  /// Whether the connection is closed with this code.
  func closes(_ code: CloseCode, _ connection: Int = 1) -> Bool {
    contains {
      guard case .close(connection, code, _) = $0 else { return false }
      return true
    }
  }

  /// The time for which nothing else happens.
  var blocked: Duration {
    reduce(.zero) { sum, effect in
      switch effect {
      case .block(let time): sum + time
      case .later(_, let effects): sum + effects.blocked
      default: sum
      }
    }
  }
}

extension [JSONValue] {
  /// The messages of a type.
  func ofType(_ type: String) -> [JSONValue] { filter { $0["type"]?.stringValue == type } }

  /// The code of the first error, or `nil`.
  var errorCode: String? { ofType("error").first?["code"]?.stringValue }
}
