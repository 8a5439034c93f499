import AsyncAPI
import Contract
import JSON
import JSONSchema
import TestSupport
import Testing
import YAML

struct HostileDocumentsTests {
  private static let head = "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\n"

  @Test func `nesting without end is refused`() {
    let depth = 100_000
    let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let problems = Documents.problems(in: #"{"asyncapi": "3.0.0", "x": "# + deep + "}")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("api.yml:1:") == true)
    #expect(Documents.problems(in: Self.head + "x-deep: " + deep).count == 1)
  }

  @Test func `aliases that multiply are refused`() {
    var text = Self.head + "x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    for level in 1...12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "x-\(level): &a\(level) [\(aliases)]\n"
    }
    let problems = Documents.problems(in: text)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("aliases make the document larger") == true)
  }

  struct Circle: CustomTestStringConvertible {
    let testDescription: String
    let body: String
  }

  static let circles = [
    Circle(
      testDescription: "a message that is itself",
      body: "components: {messages: {m: {$ref: '#/components/messages/m'}}}\n"
        + "channels: {c: {messages: {m: {$ref: '#/components/messages/m'}}}}"
    ),
    Circle(
      testDescription: "two channels that are each other",
      body: "channels: {a: {$ref: '#/channels/b'}, b: {$ref: '#/channels/a'}}"
    ),
    Circle(
      testDescription: "a reference that leads through itself",
      body: "channels: {a: {$ref: '#/channels/a/messages/x'}}"
    ),
    Circle(
      testDescription: "two references that lead through each other",
      body: "channels: {a: {$ref: '#/channels/b/x'}, b: {$ref: '#/channels/a/x'}}"
    ),
    Circle(
      testDescription: "a trait that is itself",
      body: "components: {messageTraits: {t: {$ref: '#/components/messageTraits/t'}}}\n"
        + "channels: {c: {messages: {m: {traits: [{$ref: '#/components/messageTraits/t'}]}}}}"
    ),
    Circle(
      testDescription: "a schema that is itself",
      body: "components: {schemas: {s: {$ref: '#/components/schemas/s'}}}\n"
        + "channels: {c: {messages: {m: {payload: {$ref: '#/components/schemas/s'}}}}}"
    ),
    Circle(
      testDescription: "a schema that is all of itself",
      body: "components: {schemas: {s: {allOf: [{$ref: '#/components/schemas/s'}]}}}\n"
        + "channels: {c: {messages: {m: {payload: {$ref: '#/components/schemas/s'}}}}}"
    ),
  ]

  @Test(arguments: circles)
  func `references that go in a circle are told`(circle: Circle) {
    let problems = Documents.problems(in: Self.head + circle.body)
    #expect(problems.contains { $0.contains(": error: ") })
  }

  @Test func `the document as its own payload is no circle`() throws {
    let text = Self.head + "channels: {c: {messages: {m: {payload: {$ref: '#'}}}}}"
    #expect(try Documents.load(text).api.messages.count == 1)
  }

  @Test func `a schema that contains itself survives`() throws {
    let text =
      Self.head + """
        channels: {c: {messages: {m: {payload: {$ref: '#/components/schemas/tree'}}}}}
        components:
          schemas:
            tree:
              type: object
              required: [type]
              properties:
                type: {const: tree}
                children: {type: array, items: {$ref: '#/components/schemas/tree'}}
        """
    let message = try #require(try Documents.load(text).api.messages.first)
    #expect(message.identity?.value == "tree")
    #expect(message.payload.isValid(["type": "tree", "children": [["type": "tree"]]]))
    #expect(!message.payload.isValid(["type": "tree", "children": [["type": "leaf"]]]))
  }

  @Test func `schemas that meet again and again are looked at once`() throws {
    // Each of 25 schemas refers twice to the next one: as many ways as 2 to the power of 25.
    var text =
      Self.head + "channels: {c: {messages: {m: {payload: {$ref: '#/components/schemas/s0'}}}}}\n"
    text += "components:\n  schemas:\n"
    for level in 0..<25 {
      let next = "{$ref: '#/components/schemas/s\(level + 1)'}"
      text +=
        "    s\(level): {allOf: [\(next), \(next)], properties: {p\(level): {enum: [1, 2]}}}\n"
    }
    text += "    s25: {properties: {type: {const: x}}}\n"
    #expect(try Documents.load(text).api.messages.first?.identity?.value == "x")
  }

  @Test func `many references into one large mapping are found quickly`() throws {
    let count = 300
    var text =
      "{\"asyncapi\":\"3.0.0\",\"info\":{\"title\":\"T\",\"version\":\"1\"},\"channels\":{\"c\":{\"messages\":{"
    text += (0..<count).map { "\"m\($0)\":{\"$ref\":\"#/components/messages/m\($0)\"}" }
      .joined(separator: ",")
    text += "}}},\"components\":{\"messages\":{"
    text += (0..<count).map {
      "\"m\($0)\":{\"payload\":{\"properties\":{\"type\":{\"const\":\"m\($0)\"}}}}"
    }.joined(separator: ",")
    text += "}}}"
    let api = try Documents.load(text).api
    #expect(api.messages.count == count)
    #expect(api.messages.allSatisfy { $0.identity?.value == .string($0.name) })
  }

  @Test func `more messages than the limit are an error`() {
    let text = Self.head + "channels: {c: {messages: {a: {}, b: {}, c: {}}}}"
    let error = #expect(throws: DiagnosticsError.self) {
      try AsyncAPIDocument.load(text: text, file: "a.yml", options: LoadOptions(maximumMessages: 2))
    }
    #expect(error?.description == "a.yml:3:44: error: the document has more than 2 messages")
  }

  @Test func `more subschemas than the limit are an error`() {
    let text = Self.head + "channels: {c: {messages: {a: {payload: {}}, b: {payload: {}}}}}"
    let error = #expect(throws: DiagnosticsError.self) {
      try AsyncAPIDocument.load(
        text: text,
        file: "a.yml",
        options: LoadOptions(maximumSchemaNodes: 1)
      )
    }
    #expect(
      error?.description == "a.yml:3:58: error: the payloads unfold to more than 1 subschemas"
    )
  }

  @Test(arguments: ["/dev/zero", "/dev/stdin", "/"])
  func `what is no plain file is not read`(path: String) {
    let text = Self.head + "channels: {c: {$ref: '\(path)'}}"
    #expect(
      Documents.problems(in: text) == [
        "api.yml:3:22: error: '\(path)' leads nowhere: '\(path)' is no plain file"
      ]
    )
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a document that is broken anywhere is told with places`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var value = try Self.chat
    for _ in 0..<Int.random(in: 1...4, using: &random) { value.breakSomewhere(&random) }
    do {
      _ = try AsyncAPIDocument.load(text: value.text(.pretty), file: "broken.json")
    } catch {
      #expect(error.diagnostics.contains { $0.severity == .error })
      for diagnostic in error.diagnostics { #expect(diagnostic.location?.file == "broken.json") }
    }
  }

  private static var chat: JSONValue {
    get throws {
      try DocumentReader.read(contentsOf: Fixtures.path("chat/asyncapi.yml")).value
    }
  }
}

extension JSONValue {
  /// Replaces or removes a part of this value.
  fileprivate mutating func breakSomewhere(_ random: inout SplitMix64) {
    let replacements: [JSONValue] = [
      .null, true, 0, -1, "", "x", [], [:], [[]], ["$ref": "#/x"], ["$ref": 1], ["$ref": "#"],
      ["$ref": "#/components"], ["a": "b"], ["type": "object"], "send", "$message.payload#/a",
    ]
    switch self {
    case .object(var object) where !object.isEmpty && Int.random(in: 0..<12, using: &random) > 0:
      let index = Int.random(in: 0..<object.count, using: &random)
      if Int.random(in: 0..<12, using: &random) == 0 {
        object.members.remove(at: index)
      } else {
        object.members[index].value.breakSomewhere(&random)
      }
      self = .object(object)
    case .array(var items) where !items.isEmpty && Int.random(in: 0..<12, using: &random) > 0:
      items[Int.random(in: 0..<items.count, using: &random)].breakSomewhere(&random)
      self = .array(items)
    default:
      self = replacements[Int.random(in: 0..<replacements.count, using: &random)]
    }
  }
}
