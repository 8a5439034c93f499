import JSON
import Testing

@testable import Capture

/// What is taken from examples, and what is not.
struct SchemaSampleTests {
  struct Example: CustomTestStringConvertible {
    let name: String
    let values: [JSONValue]
    let schema: JSONValue
    var testDescription: String { name }
  }

  private static func times(_ count: Int, _ texts: String...) -> [JSONValue] {
    Array(repeating: texts.map { .string($0) }, count: count).flatMap { $0 }
  }

  static let examples = [
    Example(
      name: "a few words that come again and again are an enum",
      values: times(6, "shipped", "open"),
      schema: ["type": "string", "enum": ["open", "shipped"]]
    ),
    Example(
      name: "too few texts say nothing",
      values: times(5, "shipped", "open"),
      schema: ["type": "string"]
    ),
    Example(
      name: "a word that came once may have brothers",
      values: times(12, "shipped", "open") + times(1, "lost"),
      schema: ["type": "string"]
    ),
    Example(
      name: "one word is no choice",
      values: times(20, "open"),
      schema: ["type": "string"]
    ),
    Example(
      name: "what people write is no enum",
      values: times(10, "Hello there", "Good bye"),
      schema: ["type": "string"]
    ),
    Example(
      name: "seven words are too many",
      values: times(10, "a", "b", "c", "d", "e", "f", "g"),
      schema: ["type": "string"]
    ),
    Example(
      name: "ids are a format",
      values: times(20, "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01"),
      schema: ["type": "string", "format": "uuid"]
    ),
  ]

  @Test(arguments: examples)
  func `the schema of one place says what its values have in common`(example: Example) {
    var sample = SchemaSample()
    for value in example.values { sample.add(value) }
    #expect(sample.schema() == example.schema)
  }
}
