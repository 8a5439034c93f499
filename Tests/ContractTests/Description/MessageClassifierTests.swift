import Contract
import JSON
import JSONSchema
import Testing

struct MessageClassifierTests {
  private static func message(
    _ name: String,
    _ schema: JSONValue,
    type: JSONValue? = nil
  ) throws -> MessageDefinition {
    MessageDefinition(
      name: name,
      payload: try SchemaCompiler(dialect: .asyncAPI).compile(schema),
      identity: type.map { MessageIdentity(pointer: JSONPointer(tokens: ["type"]), value: $0) }
    )
  }

  private static func tagged(_ name: String) throws -> MessageDefinition {
    let schema: JSONValue = [
      "type": "object",
      "properties": ["type": ["const": .string(name)], "n": ["type": "integer"]],
    ]
    return try message(name, schema, type: .string(name))
  }

  private static func api(
    toProvider: [MessageDefinition],
    toConsumer: [MessageDefinition] = []
  ) -> APIDescription {
    APIDescription(
      title: "T",
      version: "1",
      file: "t.yml",
      messages: toProvider + toConsumer,
      operations: [
        OperationDescription(
          name: "in",
          direction: .toProvider,
          channel: "c",
          messages: toProvider.map(\.name)
        ),
        OperationDescription(
          name: "out",
          direction: .toConsumer,
          channel: "c",
          messages: toConsumer.map(\.name)
        ),
      ]
    )
  }

  /// Classifies a value in both forms, which must agree.
  private static func classify(
    _ value: JSONValue,
    _ api: APIDescription
  ) throws -> MessageClassifier.Classification {
    let classifier = MessageClassifier(api, direction: .toProvider)
    let result = classifier.classify(value)
    #expect(try classifier.classify(JSONDocument(parsing: value.bytes())) == result)
    return result
  }

  @Test func `the mark of a message decides, and its schema judges`() throws {
    let api = Self.api(toProvider: [try Self.tagged("ping"), try Self.tagged("pong")])
    #expect(
      try Self.classify(["type": "pong", "n": 1], api)
        == .message(name: "pong", index: 1, violations: [])
    )
    guard
      case .message("ping", 0, let violations) = try Self.classify(["type": "ping", "n": "1"], api)
    else {
      Issue.record("the mark did not decide")
      return
    }
    #expect(violations.map(\.instance.description) == ["/n"])
  }

  @Test func `an unknown mark is told with the nearest one`() throws {
    let api = Self.api(toProvider: [try Self.tagged("subscribe"), try Self.tagged("send")])
    #expect(
      try Self.classify(["type": "subscibe"], api)
        == .unknown(nearest: "subscribe", reason: "'/type' is 'subscibe', which no message has")
    )
    #expect(
      try Self.classify(["type": 5], api)
        == .unknown(nearest: nil, reason: "'/type' is 5, which no message has")
    )
  }

  @Test func `a payload without a mark is told by whole schemas`() throws {
    let strict: JSONValue = ["required": ["type"], "properties": ["type": ["const": "a"]]]
    let lax: JSONValue = ["type": "object", "properties": ["type": ["const": "b"]]]
    let one = Self.api(
      toProvider: [
        try Self.message("a", strict, type: "a"), try Self.message("b", lax, type: "b"),
      ]
    )
    #expect(try Self.classify([:], one) == .message(name: "b", index: 1, violations: []))
    #expect(
      try Self.classify(1, Self.api(toProvider: [try Self.message("b", lax, type: "b")]))
        == .unknown(nearest: nil, reason: "there is no '/type', which tells messages apart")
    )
  }

  @Test func `messages without marks are told by their whole schemas`() throws {
    let api = Self.api(
      toProvider: [
        try Self.message("numbers", ["type": "array", "items": ["type": "number"]]),
        try Self.message("texts", ["type": "array", "items": ["type": "string"]]),
        try Self.tagged("ping"),
      ]
    )
    #expect(try Self.classify([1, 2], api) == .message(name: "numbers", index: 0, violations: []))
    #expect(try Self.classify([], api) == .ambiguous(["numbers", "texts"]))
    guard case .unknown("numbers", let reason) = try Self.classify([1, "a"], api) else {
      Issue.record("the nearest message is another one")
      return
    }
    #expect(reason.hasPrefix("/1: "))
  }

  @Test func `a message of the other direction is told as such`() throws {
    let api = Self.api(
      toProvider: [try Self.tagged("ping")],
      toConsumer: [try Self.tagged("pong"), try Self.message("list", ["type": "array"])]
    )
    #expect(try Self.classify(["type": "pong"], api) == .wrongDirection(name: "pong"))
    #expect(try Self.classify([1], api) == .wrongDirection(name: "list"))
  }

  @Test func `a direction in which nothing may be said knows no message`() throws {
    let api = Self.api(toProvider: [], toConsumer: [])
    #expect(
      try Self.classify(1, api)
        == .unknown(nearest: nil, reason: "no message may travel to the provider")
    )
  }

  @Test func `marks at several places are all looked at`() throws {
    var nested = try Self.message("nested", [:])
    nested.identity = MessageIdentity(
      pointer: JSONPointer(tokens: ["event", "type"]),
      value: "nested"
    )
    let api = Self.api(toProvider: [try Self.tagged("ping"), nested])
    #expect(
      try Self.classify(["event": ["type": "nested"]], api)
        == .message(name: "nested", index: 1, violations: [])
    )
    #expect(
      try Self.classify(["event": ["type": "other"]], api)
        == .unknown(nearest: nil, reason: "'/event/type' is 'other', which no message has")
    )
  }

  @Test func `a mark may be written with escapes, and be no text`() throws {
    let schema: JSONValue = ["type": "object"]
    let api = Self.api(
      toProvider: [
        try Self.message("a", schema, type: "a/\u{E9}"), try Self.message("one", schema, type: 1),
        try Self.message("yes", schema, type: true),
      ]
    )
    let classifier = MessageClassifier(api, direction: .toProvider)
    let texts = [
      (#"{"type":"a\/\u00e9"}"#, "a"), ("{\"type\":\"a/\u{E9}\"}", "a"), (#"{"type":1.0}"#, "one"),
      (#"{"type":true}"#, "yes"),
    ]
    for (text, name) in texts {
      guard case .message(name, _, _) = classifier.classify(try JSONDocument(parsing: text)) else {
        Issue.record("\(text) is not told")
        continue
      }
    }
  }

  @Test func `many messages are told apart`() throws {
    let messages = try (0..<500).map { try Self.tagged("message-\($0)") }
    let classifier = MessageClassifier(Self.api(toProvider: messages), direction: .toProvider)
    for index in messages.indices {
      let value: JSONValue = ["type": .string("message-\(index)")]
      #expect(
        classifier.classify(try JSONDocument(parsing: value.bytes()))
          == .message(name: "message-\(index)", index: index, violations: [])
      )
    }
  }
}
