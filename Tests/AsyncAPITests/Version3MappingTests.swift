import AsyncAPI
import Contract
import JSON
import JSONSchema
import Testing

struct Version3MappingTests {
  private static let text = """
    asyncapi: 3.1.0
    info: {title: Rooms, version: 1.0}
    servers:
      spare: {$ref: '#/components/servers/spare'}
      live: {host: 'api.example.com', pathname: '/v{n}/', protocol: wss, variables: {n: {$ref: '#/components/serverVariables/n'}}}
    channels:
      room: {$ref: '#/components/channels/room'}
      root: {address: /, messages: {other: {payload: {type: array}}}, servers: [{$ref: '#/servers/live'}]}
      unknown: {address: null, messages: {say: {payload: {properties: {kind: {const: unknown}}}}}}
    operations:
      ask:
        action: receive
        channel: {$ref: '#/channels/room'}
        messages:
          - $ref: '#/channels/room/messages/ask'
        reply: {$ref: '#/components/replies/answer'}
      say: {$ref: '#/components/operations/say'}
      whisper:
        action: send
        channel: {$ref: '#/channels/unknown'}
      list:
        action: send
        channel: {$ref: '#/channels/root'}
        reply: {address: {location: '$message.payload#/0'}}
    components:
      servers: {spare: {host: spare.example.com, protocol: ws}}
      serverVariables: {n: {default: '3'}}
      channels:
        room:
          address: /rooms/{room}
          parameters: {room: {}}
          messages:
            ask: {$ref: '#/components/messages/Question'}
            say: {payload: {properties: {kind: {const: say}}}, traits: [{summary: trait, title: t}], summary: own}
            yes: {payload: {schemaFormat: 'application/schema+yaml;version=draft-04', schema: {properties: {kind: {enum: [yes]}}}}}
            no: {payload: {allOf: [{$ref: '#/components/schemas/no'}]}}
      messages:
        Question:
          traits: [{correlationId: {location: $message.payload#/trait}}]
          correlationId: {location: $message.payload#/own}
          payload: {properties: {kind: {const: ask}}}
      operations:
        say: {action: send, channel: {$ref: '#/components/channels/room'}, messages: [{$ref: '#/components/channels/room/messages/say'}]}
      replies:
        answer:
          channel: {$ref: '#/channels/room'}
          messages: [{$ref: '#/channels/room/messages/yes'}, {$ref: '#/channels/room/messages/no'}]
          x-wspact-sequence: [{message: yes, min: 0, max: 3}]
      schemas: {no: {properties: {kind: {const: no}}}}
    """

  private let api: APIDescription

  init() throws {
    let loaded = try Documents.load(Self.text)
    #expect(loaded.diagnostics.isEmpty)
    api = loaded.api
  }

  @Test func `servers and channels may stand under components`() {
    #expect(
      api.servers == [
        ServerDescription(name: "spare", scheme: "ws", host: "spare.example.com", pathname: ""),
        ServerDescription(name: "live", scheme: "wss", host: "api.example.com", pathname: "/v3/"),
      ]
    )
    #expect(api.version == "1.0")
    #expect(api.channels.map(\.name) == ["room", "root", "unknown"])
    #expect(api.channels.map(\.address) == ["/rooms/{room}", "/", nil])
    #expect(api.channels.map(\.socketPath) == ["/rooms/{room}", "/v3", "/"])
  }

  @Test func `names that two messages have get their channel in front`() {
    #expect(
      api.messages.map(\.name) == ["Question", "room.say", "yes", "no", "other", "unknown.say"]
    )
  }

  @Test func `operations have the messages that they name, or all of their channel`() {
    #expect(api.operations.map(\.name) == ["ask", "say", "whisper", "list"])
    #expect(
      api.operations.map(\.messages) == [["Question"], ["room.say"], ["unknown.say"], ["other"]]
    )
    #expect(
      api.operations[0].reply
        == ReplyDescription(
          messages: ["yes", "no"],
          sequence: [ReplyStep(message: "yes", minimum: 0, maximum: 3)]
        )
    )
    #expect(api.operations[0].reply?.alternatives == ["no"])
    // An address that is only known at run time promises no message.
    #expect(api.operations[3].reply == nil)
  }

  @Test func `a message wins over its traits`() {
    #expect(api.message(named: "room.say")?.summary == "own")
    #expect(api.message(named: "Question")?.correlation?.description == "/own")
  }

  @Test func `messages are told apart by a member that is not the usual one`() {
    #expect(
      api.messages.map { $0.identity.map { "\($0.pointer)=\($0.value.text())" } } == [
        #"/kind="ask""#, #"/kind="say""#, #"/kind="yes""#, #"/kind="no""#, nil, #"/kind="unknown""#,
      ]
    )
  }

  struct Socket: CustomTestStringConvertible {
    let pathname: String
    let address: String?
    let path: String
    let warning: String?
    var testDescription: String { "\(pathname) and \(address ?? "no address")" }
  }

  static let sockets = [
    Socket(pathname: "/ws", address: "/chat", path: "/ws/chat", warning: nil),
    Socket(pathname: "/ws/", address: "/chat", path: "/ws/chat", warning: nil),
    Socket(pathname: "ws", address: "chat", path: "/ws", warning: nil),
    Socket(pathname: "/", address: "/chat/{id}", path: "/chat/{id}", warning: nil),
    Socket(pathname: "/", address: nil, path: "/", warning: nil),
    Socket(pathname: "/ws", address: "/", path: "/ws", warning: nil),
    Socket(
      pathname: "/api/ws",
      address: "/ws",
      path: "/api/ws",
      warning:
        "the address '/ws' is in the server's pathname already; the socket is taken to be at "
        + "'/api/ws', not at '/api/ws/ws'"
    ),
    Socket(
      pathname: "/",
      address: "ws://localhost:8080/ws/dice",
      path: "/ws/dice",
      warning:
        "the address 'ws://localhost:8080/ws/dice' has a scheme and a host, which belong in a "
        + "server"
    ),
  ]

  @Test(arguments: sockets)
  func `a channel has the path of its socket`(socket: Socket) throws {
    let loaded = try Documents.load(
      """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      servers: {s: {host: h, protocol: ws, pathname: '\(socket.pathname)'}}
      channels: {c: {address: \(socket.address.map { "'\($0)'" } ?? "null"), parameters: \
      \(socket.address?.contains("{id}") == true ? "{id: {}}" : "{}")}}
      operations: {}
      """
    )
    #expect(loaded.api.channels.map(\.socketPath) == [socket.path])
    #expect(loaded.diagnostics.map(\.message) == [socket.warning].compactMap { $0 })
  }

  @Test func `messages on different sockets may have the same mark`() throws {
    let text = """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      channels:
        a:
          address: /a
          messages:
            close: {payload: {properties: {type: {const: close}, n: {type: integer}}}}
            ping: {$ref: '#/components/messages/ping'}
        b:
          address: /b
          messages:
            shut: {payload: {properties: {type: {const: close}, n: {type: string}}}}
            ping: {$ref: '#/components/messages/ping'}
      components: {messages: {ping: {payload: {properties: {type: {const: ping}}}}}}
      """
    let api = try Documents.load(text).api
    #expect(api.messages.map { $0.identity?.value } == ["close", "ping", "close"])
    let value: JSONValue = ["type": "close", "n": 1]
    let any = MessageClassifier(api, direction: .toProvider)
    #expect(any.classify(value) == .message(name: "close", index: 0, violations: []))
    #expect(any.classify(["type": "close"]) == .ambiguous(["close", "shut"]))
    let onB = MessageClassifier(api, direction: .toProvider, socketPath: "/b")
    guard case .message("shut", 2, let violations) = onB.classify(value) else {
      Issue.record("the socket did not decide")
      return
    }
    #expect(violations.map(\.instance.description) == ["/n"])
    #expect(
      onB.classify(["type": "ping"]) == .message(name: "ping", index: 1, violations: [])
    )
  }
}
