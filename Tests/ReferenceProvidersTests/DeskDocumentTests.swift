import AsyncAPI
import Contract
import JSON
import JSONSchema
import TestSupport
import Testing
import YAML

struct DeskDocumentTests {
  private static let path = Fixtures.path("desk/asyncapi.yml")

  /// A fact that the document states about an operation.
  private struct StateFact {
    let operation: OperationDescription
    let facts: JSONValue

    var resource: String { facts["resource"]?.stringValue ?? "" }
    var effect: String { facts["effect"]?.stringValue ?? "" }
    var id: JSONPointer? { facts["id"]?.stringValue.flatMap { JSONPointer($0) } }
    func texts(_ name: String) -> [String] {
      facts[name]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
  }

  private let api: APIDescription
  private let tree: JSONValue

  init() throws {
    api = try AsyncAPIDocument.load(path: Self.path)
    tree = try DocumentReader.read(contentsOf: Self.path).value
  }

  private var stateFacts: [StateFact] {
    api.operations.compactMap { operation in
      tree["operations"]?[operation.name]?["x-wspact-state"].map {
        StateFact(operation: operation, facts: $0)
      }
    }
  }

  /// The payloads of the examples of some messages.
  private func examples(_ names: [String]) -> [JSONValue] {
    names.flatMap { api.message(named: $0)?.examples.map(\.payload) ?? [] }
  }

  @Test func `the document has no warning`() throws {
    let loaded = try AsyncAPIDocument.read(path: Self.path)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
  }

  @Test func `every message has examples, which fit its schema`() {
    for message in api.messages {
      #expect(!message.examples.isEmpty, "\(message.name)")
      for example in message.examples {
        #expect(message.payload.isValid(example.payload), "\(message.name)")
      }
    }
  }

  @Test func `the id of a state stands where the document says`() {
    #expect(!stateFacts.isEmpty)
    for fact in stateFacts {
      let replies = fact.operation.reply?.messages.filter { $0 != "error" } ?? []
      let carriers = fact.effect == "create" ? replies : fact.operation.messages
      for payload in examples(carriers) {
        let id = fact.id.flatMap { payload[$0] }
        #expect(id?.stringValue != nil, "\(fact.operation.name)")
      }
    }
  }

  @Test func `what is created can be looked at and deleted`() {
    for resource in Set(stateFacts.map(\.resource)) {
      let effects = Set(stateFacts.filter { $0.resource == resource }.map(\.effect))
      #expect(effects.isSuperset(of: ["create", "read", "delete"]), "\(resource)")
      #expect(effects.isSubset(of: ["create", "read", "change", "delete"]), "\(resource)")
    }
  }

  @Test func `values that are kept stand in the request and in what reads give back`() throws {
    for fact in stateFacts {
      let reads = stateFacts.filter { $0.resource == fact.resource && $0.effect == "read" }
      let shown = examples(reads.flatMap { $0.operation.reply?.messages ?? [] })
      for value in fact.texts("values") {
        let pointer = try #require(JSONPointer(value))
        #expect(examples(fact.operation.messages).contains { $0[pointer] != nil }, "\(value)")
        #expect(shown.contains { $0[pointer] != nil }, "\(value)")
      }
    }
  }

  @Test func `every state that an order must be in can be reached`() {
    let reached = Set(stateFacts.compactMap { $0.facts["to"]?.stringValue })
    let needed = Set(stateFacts.flatMap { $0.texts("from") })
    #expect(needed.isSubset(of: reached))
    #expect(!needed.isEmpty)
  }

  @Test func `what is named is an operation, and pushes have a known audience`() {
    let names = Set(api.operations.map(\.name))
    for operation in api.operations {
      let node = tree["operations"]?[operation.name]
      let named =
        (node?["x-wspact-requires"]?.arrayValue ?? [])
        + (node?["x-wspact-trigger"]?.arrayValue ?? [])
        + [node?["x-wspact-subscription"]?["push"]].compactMap(\.self)
      #expect(named.allSatisfy { names.contains($0.stringValue ?? "") }, "\(operation.name)")
      guard let audience = node?["x-wspact-audience"]?.stringValue else { continue }
      #expect(operation.direction == .toConsumer)
      #expect(["all", "others", "sender", "subscribers"].contains(audience))
    }
  }
}
