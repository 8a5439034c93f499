import Contract
import JSON
import Testing

@testable import Pact

/// Message contracts of version 3.
struct Version3Tests {
  private static func read(_ messages: String) throws -> ReadPact {
    let text = """
      {"consumer": {"name": "c"}, "provider": {"name": "p"},
      "metadata": {"pactSpecification": {"version": "3.0.0"}, "tool": {"version": "1"}},
      "messages": [
      \(messages)
      ]}
      """
    return try PactFile.read(Array(text.utf8), file: "c.json")
  }

  @Test func `messages become pushes with states, rules, metadata and generators`() throws {
    let read = try Self.read(
      """
      {"description": "an order", "contents": {"id": 1, "name": "x"}, "_id": "made by a broker",
       "providerStates": [{"name": "an order exists", "params": {"id": 1}}],
       "metaData": {"contentType": "application/json", "topic": "orders"},
       "matchingRules": {"body": {"$.id": {"combine": "AND", "matchers": [{"match": "integer"}]}}},
       "generators": {"body": {"$.id": {"type": "RandomInt"}}}}
      """
    )
    #expect(read.diagnostics.isEmpty)
    let interaction = try #require(read.pact.interactions.first)
    #expect(interaction.description == "an order")
    #expect(
      interaction.providerStates == [ProviderState(name: "an order exists", parameters: ["id": 1])]
    )
    guard case .push(let message) = interaction.content else {
      Issue.record("a message is a push")
      return
    }
    #expect(message.contents == .json(["id": 1, "name": "x"], contentType: "application/json"))
    #expect(message.metadata["topic"] == "orders")
    #expect(message.matchingRules.body == [.init(path: "$.id", matchers: [.integer])])
    #expect(!MessageGenerators(message).isEmpty)
    // Written as version 4, it reads the same.
    let again = try PactFile.read(read.pact.bytes, file: "c.json").pact
    #expect(again.interactions.map(\.content) == read.pact.interactions.map(\.content))
    #expect(again.metadata == ["tool": ["version": "1"]])
  }

  static let contents: [(members: String, contents: MessageContents)] = [
    (#""contents": "hello""#, .text("hello", contentType: "text/plain")),
    (#""contents": null"#, .json(nil, contentType: "application/json")),
    (#""providerState": null"#, .missing),
    (
      #""contents": "{\"a\":1}", "metaData": {"contentType": "application/json"}"#,
      .json(["a": 1], contentType: "application/json")
    ),
    (
      #""contents": "plain", "metadata": {"contentType": "application/json"}"#,
      .json("plain", contentType: "application/json")
    ),
    (
      #""contents": "AQI=", "metaData": {"Content-Type": "image/png"}"#,
      .binary([1, 2], contentType: "image/png")
    ),
    (
      #""contents": [1], "metaData": {}"#, .json([1], contentType: "application/json")
    ),
  ]

  @Test(arguments: contents)
  func `contents are told by their metadata`(members: String, contents: MessageContents) throws {
    let read = try Self.read(#"{"description": "d", \#(members)}"#)
    #expect(read.pact.interactions.first?.providerMessages.map(\.contents) == [contents])
  }

  @Test func `rules may be written as in version 2`() throws {
    let read = try Self.read(
      """
      {"description": "d", "contents": {"a": [1]}, "providerState": "ready",
       "matchingRules": {"$.body.a[*]": {"match": "type"}, "$.body": {"min": 1},
        "$.headers.x": {"match": "type"}}}
      """
    )
    let interaction = try #require(read.pact.interactions.first)
    #expect(interaction.providerStates == [ProviderState(name: "ready")])
    #expect(
      interaction.providerMessages.first?.matchingRules.body == [
        .init(path: "$.a[*]", matchers: [.type(minimum: nil, maximum: nil)]),
        .init(path: "$", matchers: [.type(minimum: 1, maximum: nil)]),
      ]
    )
    #expect(
      read.diagnostics.map { "\($0)" } == [
        "c.json:6:3: warning: the rule on '$.headers.x' is on no part of the contents and is left out"
      ]
    )
  }

  @Test func `every problem of a message is told with its place`() {
    let error = #expect(throws: DiagnosticsError.self) {
      try Self.read(
        """
        {"contents": 1}, 2,
        {"description": "d", "providerState": 1, "metaData": 1, "contents": "x",
         "matchingRules": {"body": {"$..a": {"matchers": [{"match": "type"}]}}}}
        """
      )
    }
    #expect(
      (error?.diagnostics ?? []).map { "\($0)".dropFirst("c.json:".count) } == [
        "4:1: error: a message needs 'description'", "4:18: error: a message is an object, found 2",
        "5:39: error: 'providerState' must be text, found 1",
        "5:54: error: 'metaData' must be an object, found 1",
        "6:29: error: '$..a' is no path at character 3: '..' is not supported; name each step",
      ]
    )
  }
}
