import Contract
import JSON
import ReferenceProviders
import Testing
import WebSocket

struct ChatClosingTests {
  struct BadMessage: CustomTestStringConvertible {
    let text: String
    let why: String
    var testDescription: String { why }

    init(_ why: String, _ text: String) {
      self.text = text
      self.why = why
    }
  }

  private static let id = "0c1d6f5e-3a2b-4c4d-8e5f-000000000001"

  static let badMessages = [
    BadMessage("empty text", ""),
    BadMessage("no JSON", "hello"),
    BadMessage("two values", "{}{}"),
    BadMessage("NaN", #"{"type":"ping","ping_id":NaN}"#),
    BadMessage("half a surrogate pair", #"{"type":"ping","ping_id":"\ud800"}"#),
    BadMessage("nested too deep", String(repeating: "[", count: 100_000)),
    BadMessage("null", "null"),
    BadMessage("an array", "[]"),
    BadMessage("no type", #"{"ping_id":"\#(id)"}"#),
    BadMessage("a type that is no string", #"{"type":{"const":"ping"},"ping_id":"\#(id)"}"#),
    BadMessage("an unknown type", #"{"type":"__proto__"}"#),
    BadMessage("a type in upper case", #"{"type":"PING","ping_id":"\#(id)"}"#),
    BadMessage(
      "a message of the provider",
      #"{"type":"subscribed","request_id":"\#(id)","topics":["system"]}"#
    ),
    BadMessage("no ping_id", #"{"type":"ping"}"#),
    BadMessage("a ping_id that is no UUID", #"{"type":"ping","ping_id":"1"}"#),
    BadMessage("a member too many", #"{"type":"ping","ping_id":"\#(id)","x":1}"#),
    BadMessage("no topic", #"{"type":"subscribe","request_id":"\#(id)","topics":[]}"#),
    BadMessage(
      "a topic twice",
      #"{"type":"subscribe","request_id":"\#(id)","topics":["system","system"]}"#
    ),
    BadMessage(
      "an unknown topic",
      #"{"type":"subscribe","request_id":"\#(id)","topics":["thread"]}"#
    ),
    BadMessage(
      "limit 0",
      #"{"type":"subscribe_thread","request_id":"\#(id)","thread_id":"\#(id)","limit":0}"#
    ),
    BadMessage(
      "limit 101",
      #"{"type":"subscribe_thread","request_id":"\#(id)","thread_id":"\#(id)","limit":101}"#
    ),
    BadMessage(
      "limit 1.5",
      #"{"type":"subscribe_thread","request_id":"\#(id)","thread_id":"\#(id)","limit":1.5}"#
    ),
    BadMessage(
      "empty content",
      #"{"type":"send_message","request_id":"\#(id)","thread_id":"\#(id)","content":""}"#
    ),
    BadMessage(
      "4,001 characters",
      #"{"type":"send_message","request_id":"\#(id)","thread_id":"\#(id)","content":""#
        + String(repeating: "x", count: 4_001) + #""}"#
    ),
    BadMessage(
      "a client without version",
      #"{"type":"send_message","request_id":"\#(id)","thread_id":"\#(id)","content":"x","client":{"name":"web"}}"#
    ),
  ]

  @Test(arguments: badMessages)
  func `a message that is not as documented closes with 1002 and a reason`(
    message: BadMessage
  ) async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.connection.send(.text(message.text))
      let closure = try await client.closure()
      #expect(closure.code == 1002)
      #expect(closure.reason.hasPrefix("invalid message: "))
      #expect(closure.isClean)
      #expect(try await chat.connect().answer("ping")["type"] == "pong")
    }
  }

  @Test func `what comes after an invalid message is not answered`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      let other = try await chat.connect()
      try await client.follow(uuid(1))
      try await other.follow(uuid(1))
      try await client.connection.send(.text("{}"))
      _ = try? await client.say("hello", in: uuid(1))
      #expect(try await client.closure().code == 1002)
      #expect(try await other.everythingDue().isEmpty)
    }
  }

  @Test func `a binary message closes with 1003`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.connection.send(.binary([1, 2, 3]))
      #expect(try await client.closure().code == 1003)
    }
  }

  @Test func `text that is not UTF-8 closes with 1007`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      try await client.connection.send(Message(kind: .text, payload: [0xC3, 0x28]))
      #expect(try await client.closure().code == 1007)
    }
  }

  @Test func `a message over 1 MiB closes with 1009`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      let spaces = [UInt8](repeating: 0x20, count: 1_048_577)
      _ = try? await client.connection.send(Message(kind: .text, payload: spaces))
      #expect(try await client.closure().code == 1009)
    }
  }

  @Test func `a provider that ends closes with 1001`() async throws {
    let client = try await withChat { chat in try await chat.connect() }
    #expect(try await client.closure().code == 1001)
  }

  @Test(arguments: [nil, "token=wrong", "token=", "Token=secret", "token=secret%20"])
  func `a missing or wrong token closes with 4401 before anything else`(
    query: String?
  ) async throws {
    try await withChat(ChatProvider.Configuration(token: "secret")) { chat in
      let client = try await chat.connect(query: query)
      _ = try? await client.ask("ping")
      let closure = try await client.closure()
      #expect(closure.code == 4401)
      #expect(closure.reason == "missing or wrong token")
    }
  }

  @Test(arguments: ["token=se%20cret", "x=1&token=se+cret"])
  func `the right token lets a client in`(query: String) async throws {
    try await withChat(ChatProvider.Configuration(token: "se cret")) { chat in
      let client = try await chat.connect(query: query)
      #expect(try await client.answer("ping")["type"] == "pong")
    }
  }

  @Test func `a token that nobody asked for does no harm`() async throws {
    try await withChat { chat in
      let client = try await chat.connect(query: "token=any")
      #expect(try await client.answer("ping")["type"] == "pong")
    }
  }

  @Test func `another path than /ws is refused with 404`() async throws {
    try await withChat { chat in
      let elsewhere = WebSocketURL(host: "127.0.0.1", port: chat.server.port, path: "/")
      await #expect {
        try await ClientConnection.connect(ConnectRequest(url: elsewhere))
      } throws: { error in
        guard case .handshakeRefused(let response) = error as? TransportError else { return false }
        return response.status == 404
      }
    }
  }

  @Test func `every documented code that the provider itself uses is in the document`() async throws
  {
    try await withChat { chat in
      let documented = chat.api.closeCodes.map(\.code)
      #expect(documented == [1001, 1002, 1003, 1007, 1008, 1009, 1012, 4401, 4408])
    }
  }
}
