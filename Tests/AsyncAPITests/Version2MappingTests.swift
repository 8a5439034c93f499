import AsyncAPI
import Contract
import JSON
import JSONSchema
import Testing

struct Version2MappingTests {
  private static let text = """
    asyncapi: 2.6.0
    info: {title: Rooms, version: 2.1.0}
    defaultContentType: application/cbor
    servers:
      live:
        url: '{host}:{port}/v{version}'
        protocol: WSS
        variables:
          host: {default: api.example.com}
          port: {enum: ['443', '8443']}
          version: {default: 2}
      broker: {url: 'mqtt://broker.example.com', protocol: mqtt}
    channels:
      /rooms/{room}:
        servers: [live]
        parameters: {room: {schema: {type: string}}}
        bindings:
          ws:
            method: GET
            query:
              $ref: '#/components/schemas/query'
            headers: {type: object, properties: {X-Token: {type: string}}, required: [X-Token]}
        publish:
          operationId: speak
          message:
            oneOf:
              - $ref: '#/components/messages/say'
              - {name: leave, payload: {properties: {type: {const: leave}}}}
              - {messageId: join, name: x, payload: {properties: {type: {enum: [join]}}}}
              - {payload: {properties: {type: {const: ping}}}}
        subscribe:
          message: {$ref: '#/components/messages/heard'}
      events:
        servers: [broker]
        subscribe: {message: {payload: {}}}
      status: {subscribe: {message: {$ref: '#/components/messages/heard'}}}
    components:
      schemas:
        query:
          allOf:
            - {type: object, properties: {a: {type: string}, b: {$ref: '#/components/schemas/flag'}}}
            - {properties: {c: {type: integer}}, required: [b, c]}
        flag: {type: boolean}
      messages:
        say:
          payload: {properties: {type: {const: say}, id: {type: string}}, required: [type]}
          contentType: application/json
          summary: said
          traits:
            - {summary: first, correlationId: {location: '$message.payload#/other'}}
            - $ref: '#/components/messageTraits/correlated'
        heard:
          schemaFormat: application/schema+json;version=draft-2020-12
          payload: {prefixItems: [{const: 1}]}
      messageTraits:
        correlated:
          correlationId: {$ref: '#/components/correlationIds/id'}
          summary: second
          examples: [{name: hello, payload: {type: say}}, {headers: {}}]
      correlationIds: {id: {location: '$message.payload#/id'}}
    """

  private let api: APIDescription

  init() throws {
    let loaded = try Documents.load(Self.text)
    #expect(
      loaded.diagnostics.map(\.description) == [
        "api.yml:33:3: warning: the channel 'events' is left out: its servers speak 'mqtt', not WebSocket"
      ]
    )
    api = loaded.api
  }

  @Test func `servers have their variables replaced`() {
    #expect(
      api.servers == [
        ServerDescription(
          name: "live",
          scheme: "wss",
          host: "api.example.com:443",
          pathname: "/v2"
        ),
        ServerDescription(
          name: "broker",
          scheme: "mqtt",
          host: "broker.example.com",
          pathname: ""
        ),
      ]
    )
  }

  @Test func `channels have the paths of their sockets and what opens them`() throws {
    #expect(api.channels.map(\.name) == ["/rooms/{room}", "status"])
    #expect(api.channels.map(\.socketPath) == ["/v2/rooms/{room}", "/v2"])
    let rooms = try #require(api.channels.first)
    #expect(rooms.parameters == ["room"])
    #expect(
      rooms.queryParameters == [
        ConnectionParameter(name: "a", isRequired: false, schema: ["type": "string"]),
        ConnectionParameter(name: "b", isRequired: true, schema: ["type": "boolean"]),
        ConnectionParameter(name: "c", isRequired: true, schema: ["type": "integer"]),
      ]
    )
    #expect(rooms.headers.map(\.name) == ["X-Token"])
    #expect(rooms.headers.map(\.isRequired) == [true])
  }

  @Test func `publish goes to the provider and subscribe to the consumer`() {
    #expect(api.operations.map(\.name) == ["speak", "/rooms/{room}.subscribe", "status.subscribe"])
    #expect(api.operations.map(\.direction) == [.toProvider, .toConsumer, .toConsumer])
    #expect(
      api.operations.map(\.messages) == [
        ["say", "leave", "join", "speak.4"], ["heard"], ["heard"],
      ]
    )
  }

  @Test func `messages are told apart and keep their names`() throws {
    #expect(api.messages.map(\.name) == ["say", "leave", "join", "speak.4", "heard"])
    #expect(
      api.messages.map { $0.identity?.value } == ["say", "leave", "join", "ping", nil]
    )
    #expect(api.message(named: "heard")?.channels == ["/rooms/{room}", "status"])
    #expect(api.message(named: "leave")?.contentType == "application/cbor")
  }

  @Test func `a trait wins over its message, and a later trait over an earlier one`() throws {
    let say = try #require(api.message(named: "say"))
    #expect(say.summary == "second")
    #expect(say.correlation?.description == "/id")
    #expect(say.contentType == "application/json")
    #expect(
      say.examples.map { "\($0.name) \($0.payload.text())" } == [#"hello {"type":"say"}"#]
    )
  }

  @Test func `a payload in another draft is judged by its rules`() throws {
    let heard = try #require(api.message(named: "heard"))
    #expect(heard.payload.isValid([1]))
    #expect(!heard.payload.isValid([2]))
  }
}
