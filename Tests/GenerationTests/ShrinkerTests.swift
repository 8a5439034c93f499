import Generation
import JSON
import JSONSchema
import Testing

struct ShrinkerTests {
  struct Example: CustomTestStringConvertible, Sendable {
    var name: String
    var schema: String
    var isInteresting: @Sendable (JSONValue) -> Bool
    /// All values that count as smallest.
    var smallest: [String]
    var mostExecutions: Int
    var testDescription: String { name }
  }

  static let message =
    ##"{"type":"object","required":["id","text"],"properties":{"id":{"type":"integer","minimum":1},"text":{"type":"string","maxLength":2000},"tags":{"type":"array","items":{"type":"string"}},"author":{"type":"object","properties":{"name":{"type":"string"}}},"kind":{"enum":["a","b","c"]}},"additionalProperties":false}"##

  static let examples = [
    Example(
      name: "anything at all",
      schema: message,
      isInteresting: { _ in true },
      smallest: [#"{"id":1,"text":""}"#],
      mostExecutions: 20
    ),
    Example(
      name: "a number above 1000",
      schema: message,
      isInteresting: { ($0["id"]?.intValue ?? 0) > 1000 },
      smallest: [#"{"id":1001,"text":""}"#],
      mostExecutions: 60
    ),
    Example(
      name: "a text of more than 500 characters",
      schema: message,
      isInteresting: { ($0["text"]?.stringValue?.unicodeScalars.count ?? 0) > 500 },
      smallest: [#"{"id":1,"text":"\#(String(repeating: "a", count: 501))"}"#],
      mostExecutions: 60
    ),
    Example(
      name: "a text beyond ASCII",
      schema: message,
      isInteresting: {
        $0["text"]?.stringValue?.unicodeScalars.contains { $0.value > 127 } ?? false
      },
      smallest: [],
      mostExecutions: 80
    ),
    Example(
      name: "three tags",
      schema: message,
      isInteresting: { ($0["tags"]?.arrayValue?.count ?? 0) >= 3 },
      smallest: [#"{"id":1,"text":"","tags":["","",""]}"#],
      mostExecutions: 60
    ),
    Example(
      name: "an optional member deep down",
      schema: message,
      isInteresting: { $0["author"]?["name"] != nil },
      smallest: [#"{"id":1,"text":"","author":{"name":""}}"#],
      mostExecutions: 60
    ),
    Example(
      name: "the last of an enum",
      schema: message,
      isInteresting: { $0["kind"]?.stringValue == "c" },
      smallest: [#"{"id":1,"text":"","kind":"c"}"#],
      mostExecutions: 60
    ),
    Example(
      name: "a branch of oneOf with a tag",
      schema:
        #"{"oneOf":[{"type":"object","required":["type"],"properties":{"type":{"const":"ping"}}},{"type":"object","required":["type","n"],"properties":{"type":{"const":"add"},"n":{"type":"number"}}}]}"#,
      isInteresting: { ($0["n"]?.numberValue?.double ?? 0) < -9.5 },
      smallest: [#"{"type":"add","n":-10}"#],
      mostExecutions: 60
    ),
    Example(
      name: "a deep tree",
      schema:
        ##"{"type":"object","properties":{"left":{"$ref":"#"},"right":{"$ref":"#"}},"additionalProperties":false}"##,
      isInteresting: { $0["right"]?["left"]?["right"] != nil },
      smallest: [#"{"right":{"left":{"right":{}}}}"#],
      mostExecutions: 80
    ),
  ]

  @Test(arguments: examples)
  func `the smallest value is found in few executions`(example: Example) async throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(example.schema))
    let generator = ValueGenerator(schema: schema)
    var found = 0
    var seed: UInt64 = 0
    while found < 8, seed < 20_000 {
      seed += 1
      var source = ChoiceSource(seed: seed)
      let value = try generator.value(from: &source)
      guard example.isInteresting(value) else { continue }
      found += 1
      let canonical = { (log: ChoiceLog) in Self.value(generator, log).log }
      let outcome = await Shrinker.minimise(source.log, canonical: canonical) { log in
        example.isInteresting(Self.value(generator, log).value)
      }
      let smallest = Self.value(generator, outcome.log).value
      if !example.smallest.isEmpty {
        #expect(example.smallest.contains(smallest.text()), "seed \(seed)")
      }
      #expect(outcome.executions <= example.mostExecutions, "seed \(seed)")
      #expect(example.isInteresting(smallest))
    }
    #expect(found > 0)
  }

  private static func value(
    _ generator: ValueGenerator,
    _ log: ChoiceLog
  ) -> (value: JSONValue, log: ChoiceLog) {
    var source = ChoiceSource(replaying: log)
    let value = (try? generator.value(from: &source)) ?? .null
    return (value, source.log)
  }

  @Test func `a sequence is cut down to the steps that matter`() async throws {
    // Thirty steps of three kinds; the failure needs an open, a write of at least 7, then a close.
    func play(_ source: inout ChoiceSource) -> Bool {
      var isOpen = false
      var isWritten = false
      for _ in 0..<30 {
        source.beginSpan(.step)
        defer { source.endSpan() }
        guard source.boolean(chance: 255) else { break }
        switch source.index(below: 4) {
        case 1: isOpen = true
        case 2: if source.integer(in: 0...1000) >= 7, isOpen { isWritten = true }
        case 3: if isWritten { return true }
        default: _ = source.string(StringBounds(lengths: 0...20))
        }
      }
      return false
    }
    var found = 0
    for seed in 0..<200 {
      var source = ChoiceSource(seed: UInt64(seed))
      guard play(&source) else { continue }
      found += 1
      let outcome = try await Shrinker.minimise(source.log) { log in
        var source = ChoiceSource(replaying: log)
        let isInteresting = play(&source)
        return Shrinker.Trial(isInteresting: isInteresting, recorded: source.log)
      }
      #expect(outcome.log.spans.count == 3, "seed \(seed)")
      #expect(outcome.executions < 100, "seed \(seed)")
      #expect(outcome.log.choices.contains(.integer(7, bounds: IntegerBounds(0...1000))))
    }
    #expect(found > 50)
  }

  @Test func `steps that only undo each other are left out together`() async throws {
    // Two failed closings lead there; an opening and the closing that ends it change nothing.
    func play(_ source: inout ChoiceSource) -> Bool {
      var isOpen = false
      var errors = 0
      for _ in 0..<8 {
        source.beginSpan(.step)
        defer { source.endSpan() }
        guard source.boolean(chance: 250) else { break }
        if source.index(below: 2) == 0 {
          isOpen = true
        } else if isOpen {
          isOpen = false
        } else {
          errors += 1
        }
      }
      return errors >= 2 && !isOpen
    }
    var found = 0
    for seed in 0..<200 {
      var source = ChoiceSource(seed: UInt64(seed))
      guard play(&source) else { continue }
      found += 1
      let outcome = try await Shrinker.minimise(source.log) { log in
        var source = ChoiceSource(replaying: log)
        let isInteresting = play(&source)
        return Shrinker.Trial(isInteresting: isInteresting, recorded: source.log)
      }
      // Two steps, and the one that ends the sequence.
      #expect(outcome.log.spans.count <= 3, "seed \(seed)")
    }
    #expect(found > 20)
  }

  @Test func `equal values stay equal`() async {
    // Two ids that must agree and be above 50.
    func play(_ source: inout ChoiceSource) -> Bool {
      let first = source.integer(in: 0...10_000)
      let second = source.integer(in: 0...10_000)
      return first == second && first > 50
    }
    let bounds = IntegerBounds(0...10_000)
    let log = ChoiceLog(choices: [.integer(7341, bounds: bounds), .integer(7341, bounds: bounds)])
    let outcome = await Shrinker.minimise(log) { log in
      var source = ChoiceSource(replaying: log)
      return play(&source)
    }
    #expect(outcome.log.choices == [.integer(51, bounds: bounds), .integer(51, bounds: bounds)])
  }

  @Test func `the budget is kept`() async {
    let bounds = IntegerBounds(0...Int.max)
    let log = ChoiceLog(choices: Array(repeating: .integer(123_456_789, bounds: bounds), count: 50))
    var count = 0
    let outcome = await Shrinker.minimise(log, budget: 7) { log in
      count += 1
      return log.choices.count == 50 && count % 2 == 0
    }
    #expect(outcome.executions == 7)
    #expect(count == 7)
    #expect(!outcome.isComplete)
  }
}
