import AsyncAPI
import Contract
import JSON
import JSONSchema
import ReferenceProviders
import TestSupport
import Testing
import WebSocket

struct DeskProviderTests {
  private static let ping = #"{"type":"ping","request_id":7}"#

  @Test func `a ping is answered, whole or in fragments`() async throws {
    try await withDesk { desk in
      try await desk.send(.text(Self.ping))
      #expect(try await desk.message()["request_id"] == 7)
      let bytes = Array(Self.ping.utf8)
      try await desk.sendFrame(Frame(.text, payload: Array(bytes[..<9]), isFinal: false))
      try await desk.sendFrame(Frame(.continuation, payload: Array(bytes[9...])))
      #expect(try await desk.message()["type"] == "pong")
    }
  }

  @Test func `a message over 65,536 bytes closes with 1009, unless a bug cuts it`() async throws {
    let long = Self.ping + String(repeating: " ", count: 65_536)
    try await withDesk { desk in
      try await desk.send(.text(long))
      #expect(try await desk.closure().code == .messageTooBig)
    }
    try await withDesk(.longMessageCut) { desk in
      try await desk.send(.text(long))
      #expect(try await desk.message()["type"] == "pong")
    }
  }

  @Test func `a bug on the wire sits in front of a correct server`() async throws {
    try await withDesk(.fragmentsDrop) { desk in
      try await desk.send(.text(Self.ping))
      #expect(try await desk.message()["type"] == "pong")
      try await desk.sendFrame(Frame(.text, payload: [0x7B], isFinal: false))
      let closure = try await desk.closure()
      #expect(closure.code == nil && closure.initiator == .remote)
    }
    try await withDesk(.splitCharacterCloses) { desk in
      try await desk.sendFrame(Frame(.text, payload: [0x22, 0xC3], isFinal: false))
      #expect(try await desk.closure().code == .invalidPayload)
    }
    try await withDesk(.closeNotAnswered) { desk in
      #expect(await desk.close().isClean == false)
    }
    try await withDesk { desk in #expect(await desk.close().isClean) }
  }

  @Test func `descriptors leak with each connection of such a desk`() async throws {
    let opened = ExitRecorder()
    let surroundings = DeskSurroundings(openFile: { opened.record() })
    try await withDesk(.leaksDescriptors, surroundings) { desk in
      try await desk.send(.text(Self.ping))
      _ = try await desk.message()
    }
    #expect(opened.hasExited)
  }
}

/// Runs a test with a connection to a desk of its own.
private func withDesk(
  _ bug: DeskBug? = nil,
  _ surroundings: DeskSurroundings = DeskSurroundings(),
  _ body: (ClientConnection) async throws -> Void
) async throws {
  let api = try AsyncAPIDocument.load(path: Fixtures.path("desk/asyncapi.yml"))
  let schemas = Dictionary(
    uniqueKeysWithValues: api.messages(travelling: .toProvider).map { ($0.name, $0.payload) }
  )
  let configuration = DeskProvider.Configuration(bug: bug)
  let wire = try await FaultyWire.start(bug, host: "127.0.0.1", port: 0)
  let server = try await WebSocketServer.start(DeskProvider.server(configuration)) {
    DeskProvider(configuration, schemas: schemas, loop: $0, surroundings: surroundings)
  }
  try await wire?.lead(to: server.port)
  let outcome: Result<Void, any Error>
  do {
    let url = WebSocketURL(host: "127.0.0.1", port: wire?.port ?? server.port, path: "/desk")
    let connection = try await ClientConnection.connect(ConnectRequest(url: url))
    defer { connection.drop() }
    outcome = .success(try await body(connection))
  } catch {
    outcome = .failure(error)
  }
  await wire?.shutdown()
  await server.shutdown()
  try outcome.get()
}

extension ClientConnection {
  private func event() async throws -> ConnectionEvent {
    let deadline = MonotonicTime.now().advanced(by: ChatClient.patience)
    return try #require(try await nextEvent(until: deadline), "nothing came")
  }

  /// The next message, as JSON.
  fileprivate func message() async throws -> JSONValue {
    guard case .message(let message, _) = try await event() else {
      throw Unexpected("no message came")
    }
    return try JSONValue.parse(message.payload)
  }

  /// How the connection ends; what comes before is passed over.
  fileprivate func closure() async throws -> Closure {
    while true { if case .closed(let closure) = try await event() { return closure } }
  }
}
