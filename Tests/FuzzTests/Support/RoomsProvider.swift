import Contract
import Fuzz
import JSON
import Session
import WebSocket

/// A provider of the rooms API, correct or with one planted bug.
actor RoomsProvider: WebSocketService {
  enum Bug: String, CaseIterable {
    /// Closes with 1011 when a text has six or more characters.
    case closesOnLongText
    /// Drops the connection at the third question of a connection.
    case dropsOnThirdAsk
    /// Leaves the second stream of the same room without an answer.
    case swallowsSecondWatch
    /// Leaves out the end of streams.
    case losesEnd
    /// Answers with a number where a text should be, when the text is empty.
    case breaksSchema
    /// Answers twice.
    case answersTwice
    /// Answers the connection that was opened last.
    case answersTheLatest
    /// Answers questions with a long text too late.
    case isLate
    /// Says goodbye in a way that nobody knows.
    case saysGoodbye
    /// Looks at no schema before it answers.
    case acceptsInvalid
    /// Closes with 1011 when a message is no object.
    case failsOnNull
    /// Passes over what is invalid.
    case passesOver
    /// Answers nothing more on any connection after a text that is no JSON.
    case hangsAfterGarbage
  }

  nonisolated let unownedExecutor: UnownedSerialExecutor
  private let loop: ServerLoop
  private let bug: Bug?
  private var asks: [Int: Int] = [:]
  private var rooms: [Int: Set<String>] = [:]
  private var connections: [ServerConnection] = []
  private var total = 0
  private let reader: MessageReader?
  private var hangs = false

  init(_ loop: ServerLoop, bug: Bug?) {
    unownedExecutor = loop.executor
    self.loop = loop
    self.bug = bug
    reader = (try? RoomsAPI.index()).map { MessageReader($0) }
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    connections.append(connection)
    asks[connection.id] = 0
    rooms[connection.id] = []
    connection.send(.text(#"{"type":"beat","id":"b\#(connection.id % 1000)"}"#))
  }

  func closed(_ connection: ServerConnection, _ closure: Closure) {
    connections.removeAll { $0.id == connection.id }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    if hangs { return }
    guard let value = try? JSONValue.parse(message.payload) else {
      hangs = bug == .hangsAfterGarbage
      if !hangs { connection.close(.invalidPayload, reason: "no JSON") }
      return
    }
    if bug == .failsOnNull, value.objectValue == nil {
      connection.close(.internalError, reason: "oops")
      return
    }
    let frame = TranscriptFrame(
      message.kind == .text ? .text : .binary,
      payload: message.payload
    )
    if bug != .acceptsInvalid, let reader, !reader.read(frame, .toProvider).isValid {
      if bug != .passesOver { say(["type": "error", "code": "busy"], connection) }
      return
    }
    let id = value["id"] ?? .null
    switch value["type"]?.stringValue {
    case "ask": ask(value, id, connection)
    case "watch": watch(value, id, connection)
    case "count":
      total += 1
      say(["type": "total", "n": .number(JSONNumber(total))], connection)
    default: break
    }
  }

  private func ask(_ value: JSONValue, _ id: JSONValue, _ connection: ServerConnection) {
    let text = value["text"]?.stringValue ?? ""
    asks[connection.id, default: 0] += 1
    var answer: JSONValue = ["type": "answer", "id": id, "text": .string(text)]
    switch bug {
    case .closesOnLongText where text.unicodeScalars.count >= 6:
      connection.close(.internalError, reason: "oops")
      return
    case .dropsOnThirdAsk where asks[connection.id] == 3:
      connection.drop()
      return
    case .breaksSchema where text.isEmpty:
      answer = ["type": "answer", "id": id, "text": 0]
    case .answersTwice:
      say(answer, connection)
    case .answersTheLatest:
      say(answer, connections.last ?? connection)
      return
    case .isLate where text.unicodeScalars.count >= 10:
      let late = Message(kind: .text, payload: answer.bytes())
      loop.schedule(after: .milliseconds(60)) { connection.send(late) }
      return
    case .saysGoodbye:
      say(["type": "goodbye"], connection)
    default: break
    }
    say(answer, connection)
  }

  private func watch(_ value: JSONValue, _ id: JSONValue, _ connection: ServerConnection) {
    let room = value["room"]?.stringValue ?? ""
    let isNew = rooms[connection.id, default: []].insert(room).inserted
    if bug == .swallowsSecondWatch, !isNew { return }
    say(["type": "begin", "id": id], connection)
    say(["type": "item", "id": id, "n": 0], connection)
    for other in connections where other.id != connection.id {
      say(["type": "item", "n": 0], other)
    }
    if bug != .losesEnd { say(["type": "end", "id": id], connection) }
  }

  private func say(_ value: JSONValue, _ connection: ServerConnection) {
    connection.send(Message(kind: .text, payload: value.bytes()))
  }
}

/// Runs a test against a rooms provider.
func withRooms<Result>(
  bug: RoomsProvider.Bug? = nil,
  isolation: isolated (any Actor)? = #isolation,
  _ body: (ProviderTarget) async throws -> Result
) async throws -> Result {
  let server = try await WebSocketServer.start(ServerConfiguration()) {
    RoomsProvider($0, bug: bug)
  }
  let target = ProviderTarget.url(
    WebSocketURL(host: "127.0.0.1", port: server.port, path: "/rooms")
  )
  do {
    let result = try await body(target)
    await server.shutdown()
    return result
  } catch {
    await server.shutdown()
    throw error
  }
}
