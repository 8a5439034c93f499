import Contract
import JSON
import JSONSchema
import Testing

@testable import Fuzz
@testable import Generation

struct SpellingTests {
  private static let value: JSONValue = [
    "type": "é/\"\\\u{1F600}\u{0}", "count": 10, "price": 10, "rest": [true, .null, ["a": "b"]],
  ]

  private static func schema() throws -> CompiledSchema {
    try SchemaCompiler().compile([
      "type": "object",
      "properties": ["count": ["type": "integer"], "price": ["type": "number"]],
    ])
  }

  @Test(arguments: Spelling.allCases)
  func `every spelling means the same value`(spelling: Spelling) throws {
    let text = spelling.text(of: Self.value, try Self.schema())
    let read = try JSONValue.parse(text)
    for name in ["type", "count", "price", "rest"] { #expect(read[name] == Self.value[name]) }
    #expect(read.objectValue?.count == 4)
    #expect((text == Self.value.text()) == (spelling == .plain))
  }

  @Test func `a spelling that would be long is left out`() throws {
    let value: JSONValue = ["type": .string(String(repeating: "x", count: 4_000))]
    #expect(Spelling.escapes.text(of: value, try Self.schema()) == value.text())
  }

  @Test func `only numbers that need not be whole are spelled with a fraction`() throws {
    let text = Spelling.numbers.text(of: Self.value, try Self.schema())
    #expect(text.contains(#""count":10,"#))
    #expect(text.contains(#""price":10e0,"#))
  }

  @Test func `members come in reverse order, also inside`() throws {
    let value: JSONValue = ["a": 1, "b": ["c": 2, "d": 3]]
    let text = Spelling.memberOrder.text(of: value, try Self.schema())
    #expect(text == #"{"b":{"d":3,"c":2},"a":1}"#)
  }

  @Test func `a spelling that makes no difference is left out first`() throws {
    let vocabulary = try Vocabulary(RoomsAPI.index())
    let spelled = (UInt64(1)...200).lazy.map { seed in
      CasePlanner(
        vocabulary: vocabulary,
        source: ChoiceSource(seed: seed),
        maximumConnections: 1
      )
    }.first { $0.spelling != .plain }
    let log = try #require(spelled).source.log
    #expect(log.spelledPlainly < log)
    let plain = CasePlanner(
      vocabulary: vocabulary,
      source: ChoiceSource(replaying: log.spelledPlainly),
      maximumConnections: 1
    )
    #expect(plain.spelling == .plain)
  }

  struct Escapes: CustomTestStringConvertible {
    let heard: String
    let said: String
    var signatures: [String] = []
    var testDescription: String { "\(heard) for \(said)" }
  }

  static let escapes = [
    Escapes(heard: #"caf\u00e9"#, said: "caf\u{E9}", signatures: ["WSP307 answer /text"]),
    Escapes(heard: "caf\u{E9}", said: "caf\u{E9}"),
    Escapes(heard: #"caf\u00e9"#, said: #"caf\u00e9"#),
    Escapes(heard: #"\u00e9"#, said: "something else"),
  ]

  @Test(arguments: escapes)
  func `a text that comes back with its escapes is told, one that was said so is not`(
    example: Escapes
  ) throws {
    func text(_ type: JSONValue, _ text: String) -> String {
      JSONValue.object(["type": type, "id": "1", "text": .string(text)]).text()
    }
    let evidence = try TranscriptText.evidence(
      "0 a open\n1 a > \(text("ask", example.said))\n2 a < \(text("answer", example.heard))\n3 a end"
    )
    let findings = Judges.findings(in: evidence, limits: JudgeLimits())
    #expect(findings.map(\.signature) == example.signatures)
  }
}
