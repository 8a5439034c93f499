import JSON
import Testing

/// Inputs made to hurt: they must be answered, where a careless way would take minutes or crash.
struct HostileInputTests {
  @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
  func `nesting of 100,000 is refused`(opening: String) {
    let text = String(repeating: opening, count: 100_000)
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(text) }
    #expect(error?.reason == .nesting(limit: 512))
  }

  @Test func `the deepest nesting that can be allowed is read, compared and written`() async throws
  {
    let depth = 4000
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let options = JSONReaderOptions(maximumDepth: .max)
    // On a thread of its own pool, whose stack is smaller than that of the main thread.
    try await Task.detached {
      let value = try JSONValue.parse(text, options: options)
      #expect(value.text() == text)
      #expect(value == value)
      _ = value.hashValue
      #expect(JSONDifference.between(expected: value, actual: value).isEmpty)
      let document = try JSONDocument(parsing: text, options: options)
      document.withTape { tape in
        #expect(tape.isEqual(0, to: tape, 0))
        #expect(tape.hash(of: 0) == tape.hash(of: 0))
      }
    }.value
    let deeper = "[" + text + "]"
    #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(deeper, options: options) }
  }

  @Test func `numbers of 5,000 digits keep every digit`() throws {
    let digits = String(repeating: "1234567890", count: 500)
    let value = try JSONValue.parse("[\(digits), \(digits).0, \(digits)1]")
    #expect(value[0] == value[1])
    #expect(value[0] != value[2])
    #expect(value[0]?.numberValue?.text == digits)
    #expect(value[2]?.numberValue?.isMultiple(of: JSONNumber(7)) == false)
    let canonical = value.text(.canonical)
    #expect(canonical.contains("e+4999"))
  }

  @Test func `exponents of a billion cost no more than others`() throws {
    let texts = ["1e999999999", "1e-999999999", "10e999999998", "1e99999999999999999999999"]
    let numbers = try texts.map { try #require(JSONNumber($0)) }
    #expect(numbers[0] == numbers[2])
    #expect(numbers[0].hashValue == numbers[2].hashValue)
    #expect(numbers[1] < numbers[0])
    #expect(numbers[0] < numbers[3])
    #expect(numbers[0].isMultiple(of: JSONNumber(3)) == false)
    #expect(numbers[0].isMultiple(of: JSONNumber(1024)))
    #expect(numbers[0].isMultiple(of: numbers[1]))
    #expect(numbers[1].isMultiple(of: numbers[0]) == false)
    #expect(numbers[0].isInteger)
    #expect(numbers[0].int == nil)
    #expect(numbers[0].double == .infinity)
    #expect(ExactDecimal(numbers[0])?.adding(ExactDecimal(1)) == nil)
    #expect(JSONValue.number(numbers[3]).text(.canonical) == texts[3])
  }

  @Test(arguments: ["x", "é", "\\n", "\\u00e9"])
  func `a string of one megabyte is read and found equal`(character: String) throws {
    let count = 1_000_000 / character.utf8.count
    let text = "\"" + String(repeating: character, count: count) + "\""
    let document = try JSONDocument(parsing: text)
    document.withTape { tape in
      #expect(tape.scalarCount(of: 0) == count)
      #expect(tape.isEqual(0, to: tape, 0))
    }
    let value = document.value
    #expect(try JSONValue.parse(value.text()) == value)
    #expect(value.summary().count < 100)
  }

  @Test func `an object of 100,000 names is read, compared and searched for duplicates`() throws {
    func object(_ names: some Sequence<Int>) -> String {
      "{" + names.map { "\"name\($0)\":\($0)" }.joined(separator: ",") + "}"
    }
    let document = try JSONDocument(parsing: object(0..<100_000))
    let reversed = try JSONDocument(parsing: object((0..<100_000).reversed()))
    document.withTape { tape in
      reversed.withTape { other in
        #expect(tape.isEqual(0, to: other, 0))
        #expect(tape.hash(of: 0) == other.hash(of: 0))
      }
    }
    #expect(document.duplicateNames.isEmpty)
    #expect(document.value == reversed.value)
  }

  @Test func `30,000 names that are all the same are found, each with its place`() throws {
    let text =
      "[" + String(repeating: #"{"a":0,"a":1},"#, count: 1_000) + "{"
      + Array(repeating: #""a":[{}]"#, count: 30_000).joined(separator: ",") + "}]"
    let found = try JSONDocument(parsing: text).duplicateNames
    #expect(found.count == 1_000 + 29_999)
    #expect(found.first?.pointer.description == "/0/a")
    #expect(found.last?.pointer.description == "/1000/a")
    #expect(found.last?.location.column == text.utf8.count - 9)
  }

  @Test(arguments: [#"{"a":1,"b":"#, #"{"a":"#, #"{"a":[0,{"b":"#])
  func `deep values that differ at the bottom are compared once a level`(opening: String) throws {
    func nested(_ leaf: String) throws -> JSONValue {
      let closing = String(
        opening.reversed().compactMap { $0 == "{" ? "}" : $0 == "[" ? "]" : nil as Character? }
      )
      return try JSONValue.parse(
        String(repeating: opening, count: 100) + leaf
          + String(repeating: closing, count: 100)
      )
    }
    let (left, right) = try (nested("1"), nested("2"))
    #expect(left != right)
    #expect(left == left)
    let differences = JSONDifference.between(expected: left, actual: right)
    #expect(differences.count == 1)
    #expect(differences.first?.actual == 2)
  }

  @Test func `differences between two arrays of 20,000 items that share nothing are bounded`() {
    let left = JSONValue.array((0..<20_000).map { .number(JSONNumber($0)) })
    let right = JSONValue.array((0..<20_000).map { .string("\($0)") })
    let differences = JSONDifference.between(expected: left, actual: right, limit: 50)
    #expect(differences.count == 50)
    #expect(differences.text(maximumLines: 2).split(separator: "\n").count == 3)
  }

  @Test func `a text cut off after each byte is refused or whole`() throws {
    let text = Array(#"{"a":[1.5e-3,true,null,"x\u00e9é😀\n"],"b":{"c":false,"d":[{}]}}"#.utf8)
    for end in 0..<text.count {
      let error = #expect(throws: JSONSyntaxError.self) { try JSONValue.parse(text[..<end]) }
      #expect((error?.byteOffset ?? .max) <= end)
    }
    _ = try JSONValue.parse(text)
  }
}
