import Contract
import JSON
import JSONSchema
import Session
import Testing

struct ExampleRepliesTests {
  static let api: APIDescription = {
    func message(_ name: String, _ properties: JSONObject, example: JSONObject?) throws
      -> MessageDefinition
    {
      var members: JSONObject = ["type": ["const": .string(name)], "id": ["type": "string"]]
      for member in properties.members { members[member.name] = member.value }
      let schema: JSONValue = [
        "type": "object", "required": ["type", "id"], "additionalProperties": false,
        "properties": .object(members),
      ]
      return MessageDefinition(
        name: name,
        payload: try SchemaCompiler().compile(schema),
        identity: MessageIdentity(
          pointer: JSONPointer(tokens: ["type"]),
          value: .string(name)
        ),
        correlation: JSONPointer(tokens: ["id"]),
        examples: example.map { [MessageExample(name: "", payload: .object($0))] } ?? []
      )
    }
    let messages = try? [
      message("ask", ["room": ["type": "string"]], example: nil),
      message(
        "start",
        ["room": ["type": "integer"]],
        example: ["type": "start", "id": "x", "room": 1]
      ),
      message(
        "part",
        ["room": ["type": "string"]],
        example: ["type": "part", "id": "x", "room": "hall"]
      ),
      message("oops", [:], example: ["type": "oops", "id": "x"]),
      message("bare", [:], example: nil),
    ]
    return APIDescription(
      title: "Rooms",
      version: "1",
      file: "rooms.yml",
      messages: messages ?? [],
      operations: [
        OperationDescription(
          name: "ask",
          direction: .toProvider,
          channel: "c",
          messages: ["ask"],
          reply: ReplyDescription(
            messages: ["start", "part", "oops"],
            sequence: [ReplyStep(message: "start"), ReplyStep(message: "part", maximum: nil)]
          )
        ),
        OperationDescription(
          name: "tell",
          direction: .toProvider,
          channel: "c",
          messages: ["oops"],
          reply: ReplyDescription(messages: ["bare"])
        ),
      ]
    )
  }()

  @Test
  func `a request is answered with the examples of its reply sequence, its id and its members`() {
    let answer = ExampleReplies(Self.api).answer(to: ["type": "ask", "id": "7", "room": "attic"])
    #expect(
      answer
        == .replies([
          ["type": "start", "id": "7", "room": 1],
          ["type": "part", "id": "7", "room": "attic"],
        ])
    )
  }

  @Test
  func `a member of the request is not taken over where it would break the reply's schema`() {
    guard
      case .replies(let replies) = ExampleReplies(Self.api).answer(
        to: ["type": "ask", "id": "7", "room": "attic"])
    else {
      Issue.record("no replies")
      return
    }
    #expect(replies.first?["room"] == 1)
  }

  struct Example: CustomTestStringConvertible {
    let message: JSONValue
    let reason: String
    var testDescription: String { reason }
  }

  static let examples = [
    Example(message: ["type": "ask"], reason: "id"),
    Example(message: ["type": "oop", "id": "7"], reason: "the nearest message is oops"),
    Example(message: ["type": "start", "id": "7", "room": 1], reason: "said by the provider"),
  ]

  @Test(arguments: examples)
  func `what the document forbids is refused with the reason`(example: Example) {
    guard case .objection(let reason) = ExampleReplies(Self.api).answer(to: example.message) else {
      Issue.record("it was answered")
      return
    }
    #expect(reason.contains(example.reason))
  }

  @Test
  func `messages that would have to be said without an example are named`() {
    #expect(ExampleReplies(Self.api).messagesWithoutExample == ["bare"])
  }
}
