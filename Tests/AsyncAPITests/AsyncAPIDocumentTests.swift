import AsyncAPI
import Contract
import JSON
import JSONSchema
import TestSupport
import Testing

struct AsyncAPIDocumentTests {
  private static func chat(as pointOfView: PointOfView = .server) throws -> APIDescription {
    let loaded = try AsyncAPIDocument.read(
      path: Fixtures.path("chat/asyncapi.yml"),
      options: LoadOptions(pointOfView: pointOfView)
    )
    #expect(loaded.diagnostics.isEmpty)
    return loaded.api
  }

  @Test func `the chat document has one socket with three channels`() throws {
    let api = try Self.chat()
    #expect(api.title == "Chat API")
    #expect(api.version == "1.0.0")
    #expect(
      api.servers == [
        ServerDescription(name: "local", scheme: "ws", host: "127.0.0.1:8000", pathname: "/ws")
      ]
    )
    #expect(api.channels.map(\.name) == ["system", "thread", "agent"])
    #expect(api.channels.map(\.address) == ["system", "thread:{thread_id}", "agent:{agent_id}"])
    #expect(api.channels.map(\.socketPath) == ["/ws", "/ws", "/ws"])
    #expect(api.channels.map(\.parameters) == [[], ["thread_id"], ["agent_id"]])
    #expect(api.channels.allSatisfy { $0.queryParameters.map(\.name) == ["token"] })
    #expect(api.channels.allSatisfy { !$0.queryParameters[0].isRequired })
    #expect(api.closeCodes.map(\.code).contains(4408))
  }

  @Test func `the chat document's messages are told apart by their type`() throws {
    let api = try Self.chat()
    #expect(
      api.messages.map(\.name) == [
        "ping", "pong", "subscribe", "subscribed", "unsubscribe", "unsubscribed", "error",
        "subscribe_thread", "thread_history", "send_message", "stream_start", "stream_chunk",
        "stream_end", "agent_event",
      ]
    )
    for message in api.messages {
      #expect(
        message.identity
          == MessageIdentity(pointer: JSONPointer(tokens: ["type"]), value: .string(message.name))
      )
      #expect(!message.examples.isEmpty)
      for example in message.examples { #expect(message.payload.isValid(example.payload)) }
    }
    #expect(api.message(named: "ping")?.correlation?.description == "/ping_id")
    #expect(api.message(named: "send_message")?.correlation?.description == "/request_id")
    #expect(api.message(named: "agent_event")?.correlation == nil)
    #expect(api.message(named: "error")?.channels == ["system", "thread"])
    #expect(api.message(named: "ping")?.contentType == "application/json")
  }

  @Test func `the chat document's operations have directions and replies`() throws {
    let api = try Self.chat()
    #expect(
      api.messages(travelling: .toProvider).map(\.name) == [
        "ping", "pong", "subscribe", "unsubscribe", "subscribe_thread", "send_message",
      ]
    )
    #expect(
      api.messages(travelling: .toConsumer).map(\.name) == [
        "ping", "pong", "subscribed", "unsubscribed", "error", "thread_history", "stream_start",
        "stream_chunk", "stream_end", "agent_event",
      ]
    )
    let send = try #require(api.operations.first { $0.name == "send_message" })
    #expect(send.direction == .toProvider)
    #expect(send.channel == "thread")
    #expect(
      send.reply
        == ReplyDescription(
          messages: ["stream_start", "stream_chunk", "stream_end", "error"],
          sequence: [
            ReplyStep(message: "stream_start"),
            ReplyStep(message: "stream_chunk", minimum: 1, maximum: nil),
            ReplyStep(message: "stream_end"),
          ]
        )
    )
    #expect(send.reply?.alternatives == ["error"])
    #expect(api.nothingToSend == nil)
  }

  @Test func `seen from the client every direction is the other one`() throws {
    let server = try Self.chat(as: .server)
    let client = try Self.chat(as: .client)
    for (left, right) in zip(server.operations, client.operations) {
      #expect(left.direction == right.direction.reversed)
    }
  }

  @Test func `every frame of the chat document is classified`() throws {
    let api = try Self.chat()
    for direction in MessageDirection.allCases {
      let classifier = MessageClassifier(api, direction: direction)
      let travelling = Set(api.messages(travelling: direction).map(\.name))
      for (index, message) in api.messages.enumerated() {
        for example in message.examples {
          let expected: MessageClassifier.Classification =
            travelling.contains(message.name)
            ? .message(name: message.name, index: index, violations: [])
            : .wrongDirection(name: message.name)
          #expect(classifier.classify(example.payload) == expected)
        }
      }
    }
  }

  @Test func `a file that is not there is told`() {
    let error = #expect(throws: DiagnosticsError.self) {
      try AsyncAPIDocument.load(path: "no/such/file.yml")
    }
    #expect(error?.description == "no/such/file.yml:1:1: error: there is no such file")
  }

  @Test func `without operations every message goes both ways`() throws {
    let loaded = try Documents.load(
      """
      asyncapi: 3.0.0
      info: {title: Test, version: 1.0.0}
      channels:
        a: {messages: {x: {payload: {const: 1}}, y: {}}}
        b: {messages: {z: {}}}
        c: {}
      """
    )
    #expect(loaded.diagnostics.isEmpty)
    #expect(
      loaded.api.operations.map(\.name) == [
        "a.toProvider", "a.toConsumer", "b.toProvider", "b.toConsumer",
      ]
    )
    for direction in MessageDirection.allCases {
      #expect(loaded.api.messages(travelling: direction).map(\.name) == ["x", "y", "z"])
    }
  }

  @Test func `a document that says nothing to the provider has an error for commands that do`()
    throws
  {
    let text = """
      asyncapi: 3.0.0
      info: {title: Test, version: 1.0.0}
      channels: {a: {messages: {x: {}}}}
      operations:
        push: {action: send, channel: {$ref: '#/channels/a'}}
      """
    #expect(
      try Documents.load(text).api.nothingToSend?.description
        == "api.yml:5:3: error: nothing can be sent to the provider: every message goes to the "
        + "consumer; is the document written from the client's side?"
    )
    #expect(try Documents.load(text, as: .client).api.nothingToSend == nil)
    #expect(
      try Documents.load("asyncapi: 3.0.0\ninfo: {title: T, version: '1'}").api.nothingToSend?
        .description
        == "api.yml:1:1: error: nothing can be sent to the provider: the document has no operation "
        + "with a message"
    )
  }
}
