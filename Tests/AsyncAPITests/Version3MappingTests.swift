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
}
