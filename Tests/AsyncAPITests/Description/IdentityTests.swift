import AsyncAPI
import Contract
import JSON
import Testing

struct IdentityTests {
  struct Example: CustomTestStringConvertible {
    let testDescription: String
    let payloads: [String]
    let identities: [String?]
  }

  static let examples = [
    Example(
      testDescription: "const",
      payloads: ["{properties: {type: {const: a}}}", "{properties: {type: {const: b}}}"],
      identities: ["/type=\"a\"", "/type=\"b\""]
    ),
    Example(
      testDescription: "one-value enum",
      payloads: ["{properties: {e: {enum: [a]}}}", "{properties: {e: {enum: [b]}}}"],
      identities: ["/e=\"a\"", "/e=\"b\""]
    ),
    Example(
      testDescription: "type is preferred to what stands before it",
      payloads: [
        "{properties: {v: {const: 1}, type: {const: a}}}",
        "{properties: {v: {const: 2}, type: {const: b}}}",
      ],
      identities: ["/type=\"a\"", "/type=\"b\""]
    ),
    Example(
      testDescription: "type is left where something else tells more apart",
      payloads: [
        "{properties: {v: {const: 1}, type: {const: a}}}",
        "{properties: {v: {const: 2}, type: {const: a}}}",
      ],
      identities: ["/v=1", "/v=2"]
    ),
    Example(
      testDescription: "a nested member",
      payloads: [
        "{properties: {event: {properties: {type: {const: a}}}}}",
        "{properties: {event: {properties: {type: {const: b}}}}}",
      ],
      identities: ["/event/type=\"a\"", "/event/type=\"b\""]
    ),
    Example(
      testDescription: "through allOf and references",
      payloads: [
        "{allOf: [{$ref: '#/components/messages/m1/payload'}, {properties: {type: {const: a}}}]}",
        "{properties: {type: {enum: [a, b]}}, not: {properties: {type: {const: a}}}}",
      ],
      identities: [nil, nil]
    ),
    Example(
      testDescription: "the same value in every alternative",
      payloads: [
        "{oneOf: [{properties: {type: {const: a}, x: {}}}, {allOf: [{properties: {type: {const: a}}}]}]}",
        "{anyOf: [{properties: {type: {const: b}}}, {properties: {type: {const: c}}}]}",
      ],
      identities: ["/type=\"a\"", nil]
    ),
    Example(
      testDescription: "an alternative that says nothing",
      payloads: [
        "{oneOf: [{properties: {type: {const: a}}}, {}]}", "{properties: {type: {const: b}}}",
      ],
      identities: [nil, "/type=\"b\""]
    ),
    Example(
      testDescription: "a value that two messages share",
      payloads: [
        "{properties: {type: {const: a}}}", "{properties: {type: {enum: [a, b]}}}",
        "{properties: {type: {const: c}}}",
      ],
      identities: [nil, nil, "/type=\"c\""]
    ),
    Example(
      testDescription: "a const narrowed by allOf",
      payloads: [
        "{properties: {type: {enum: [a, b]}}, allOf: [{properties: {type: {enum: [b, c]}}}]}",
        "{properties: {type: {const: a}}}",
      ],
      identities: ["/type=\"b\"", "/type=\"a\""]
    ),
    Example(
      testDescription: "values of several kinds",
      payloads: [
        "{properties: {op: {const: 1}}}", "{properties: {op: {const: '1'}}}",
        "{properties: {op: {const: true}}}",
      ],
      identities: ["/op=1", "/op=\"1\"", "/op=true"]
    ),
    Example(
      testDescription: "too deep",
      payloads: [
        "{properties: {a: {properties: {b: {properties: {c: {properties: {d: {const: 1}}}}}}}}}"
      ],
      identities: [nil]
    ),
    Example(testDescription: "nothing at all", payloads: ["{}", "true"], identities: [nil, nil]),
  ]

  @Test(arguments: examples)
  func `the member that tells messages apart is found`(example: Example) throws {
    let messages = example.payloads.enumerated().map { index, payload in
      (name: "m\(index)", yaml: "{payload: \(payload)}")
    }
    let api = try Documents.load(Documents.version3(messages: messages)).api
    #expect(
      api.messages.map { $0.identity.map { "\($0.pointer)=\($0.value.text())" } }
        == example.identities
    )
  }

  @Test func `messages of different directions may have the same value`() throws {
    let text = """
      asyncapi: 3.0.0
      info: {title: T, version: '1'}
      channels:
        c:
          messages:
            ask: {payload: {properties: {type: {const: time}, zone: {}}}}
            answer: {payload: {properties: {type: {const: time}, at: {}}}}
            both: {payload: {properties: {type: {const: ping}}}}
      operations:
        ask:
          action: receive
          channel: {$ref: '#/channels/c'}
          messages: [{$ref: '#/channels/c/messages/ask'}, {$ref: '#/channels/c/messages/both'}]
        tell:
          action: send
          channel: {$ref: '#/channels/c'}
          messages: [{$ref: '#/channels/c/messages/answer'}, {$ref: '#/channels/c/messages/both'}]
      """
    let api = try Documents.load(text).api
    #expect(api.messages.map { $0.identity?.value } == ["time", "time", "ping"])
    let value: JSONValue = ["type": "time"]
    #expect(
      MessageClassifier(api, direction: .toProvider).classify(value)
        == .message(name: "ask", index: 0, violations: [])
    )
    #expect(
      MessageClassifier(api, direction: .toConsumer).classify(value)
        == .message(name: "answer", index: 1, violations: [])
    )
  }
}
