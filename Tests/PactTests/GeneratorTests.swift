import Contract
import JSON
import Testing

@testable import Pact

/// Values that are made anew when a message is played.
struct GeneratorTests {
  /// 2024-02-28T13:05:09.012Z, a Wednesday.
  private static let now = CalendarTime(secondsSince1970: 1_709_125_509, nanoseconds: 12_000_000)

  private static func message(
    _ content: JSONValue,
    _ generators: JSONValue,
    rules: JSONValue = [:]
  ) throws -> InteractionMessage {
    try Sample.message(object: [
      "contents": ["content": content, "contentType": "application/json"],
      "generators": ["body": generators], "matchingRules": ["body": rules],
    ])
  }

  private static func applied(
    _ content: JSONValue,
    _ generators: JSONValue,
    rules: JSONValue = [:],
    seed: UInt64 = 1,
    states: JSONObject = [:],
    mockServerURL: String? = nil
  ) throws -> JSONValue? {
    let context = GenerationContext(
      seed: seed,
      now: now,
      stateValues: states,
      mockServerURL: mockServerURL
    )
    let message = try message(content, generators, rules: rules)
    let made = try MessageGenerators(message).applied(name: "m", in: context)
    guard case .json(let value, _) = made.contents else { return nil }
    return value
  }

  struct Example: CustomTestStringConvertible {
    let generator: JSONValue
    let example: JSONValue
    let matcher: JSONValue
    var testDescription: String { "\(generator.text()) in the place of \(example.text())" }

    init(_ generator: JSONValue, _ example: JSONValue, _ matcher: JSONValue) {
      self.generator = generator
      self.example = example
      self.matcher = matcher
    }
  }

  private static func regex(_ text: String) -> JSONValue {
    ["match": "regex", "regex": .string(text)]
  }

  static let examples = [
    Example(["type": "RandomInt"], 5, regex("10|[0-9]")),
    Example(["type": "RandomInt", "min": -3, "max": -3], 5, regex("-3")),
    Example(["type": "RandomInt", "min": 7, "max": 9], 5, ["match": "integer"]),
    Example(["type": "RandomInt", "min": 7, "max": 9], "5", regex("[789]")),
    Example(["type": "RandomDecimal"], .number(JSONNumber(1.5)), ["match": "decimal"]),
    Example(
      ["type": "RandomDecimal", "digits": 1],
      .number(JSONNumber(1.5)),
      ["match": "decimal"]
    ),
    Example(["type": "RandomDecimal", "digits": 4], "1.5", regex(#"(?=.{5}$)[0-9]+\.[0-9]+"#)),
    Example(["type": "RandomHexadecimal"], "a", regex("[0-9A-F]{10}")),
    Example(["type": "RandomHexadecimal", "digits": 3], "a", regex("[0-9A-F]{3}")),
    Example(["type": "RandomString"], "a", regex("[0-9A-Za-z]{10}")),
    Example(["type": "RandomString", "size": 0], "a", regex("")),
    Example(["type": "RandomBoolean"], true, ["match": "boolean"]),
    Example(
      ["type": "Regex", "regex": #"\d{2,4}-(ab|cd)\1?[^x]*"#],
      "12-ab",
      regex(#"\d{2,4}-(ab|cd)\1?[^x]*"#)
    ),
    Example(
      ["type": "Uuid"],
      "a",
      regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    ),
    Example(["type": "Uuid", "format": "simple"], "a", regex("[0-9a-f]{32}")),
    Example(
      ["type": "Uuid", "format": "upper-case-hyphenated"],
      "a",
      regex("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
    ),
    Example(["type": "Uuid", "format": "URN"], "a", regex("urn:uuid:[0-9a-f-]{36}")),
    Example(["type": "Date"], "a", ["match": "date"]),
    Example(["type": "Time"], "a", ["match": "time"]),
    Example(["type": "DateTime"], "a", ["match": "datetime"]),
  ]

  @Test(arguments: examples)
  func `a made value is of the kind that was asked for`(example: Example) throws {
    let pointer = try #require(JSONPointer("/v"))
    for seed in 0..<50 as Range<UInt64> {
      let value = try Self.applied(
        ["v": example.example],
        ["$.v": example.generator],
        seed: seed
      )
      let made = try #require(value?[pointer])
      #expect(made.kind == example.example.kind)
      let mismatches = try Sample.mismatches(
        example.example,
        ["$": ["matchers": [example.matcher]]],
        made
      )
      #expect(mismatches.isEmpty)
    }
  }

  @Test func `the same seed makes the same values, another seed others`() throws {
    let content: JSONValue = ["a": "x", "b": "x"]
    let generators: JSONValue = ["$.a": ["type": "Uuid"], "$.b": ["type": "Uuid"]]
    let first = try Self.applied(content, generators)
    #expect(try Self.applied(content, generators) == first)
    #expect(try Self.applied(content, generators, seed: 2) != first)
    #expect(first?["a"] != first?["b"])
  }

  static let moments: [(type: String, format: String, expression: String, text: String)] = [
    ("Date", "yyyy-MM-dd", "", "2024-02-28"),
    ("Date", "yyyy-MM-dd", "today + 2 days", "2024-03-01"),
    ("Date", "yyyy-MM-dd", "tomorrow", "2024-02-29"),
    ("Date", "yyyy-MM-dd", "yesterday - 1 week", "2024-02-20"),
    ("Date", "yyyy-MM-dd", "+ 1 fortnight", "2024-03-13"),
    ("Date", "yyyy-MM-dd", "+1 day +1 year", "2025-02-28"),
    ("Date", "yyyy-MM-dd", "- 11 months", "2023-03-28"),
    ("Date", "yyyy-MM-dd", "next monday", "2024-03-04"),
    ("Date", "yyyy-MM-dd", "last wed", "2024-02-21"),
    ("Date", "yyyy-MM-dd", "next jan", "2025-01-28"),
    ("Date", "EEEE d MMMM yy, D w Q", "", "Wednesday 28 February 24, 59 9 1"),
    ("Date", "yyyy-MM-dd'T'", "now - 20000 days", "1969-05-27T"),
    ("Time", "HH:mm:ss.SSS", "", "13:05:09.012"),
    ("Time", "h:mm a", "", "1:05 PM"),
    ("Time", "HH:mm:ss", "noon", "12:00:00"),
    ("Time", "HH:mm:ss", "midnight - 1 second", "23:59:59"),
    ("Time", "HH:mm", "5 o'clock pm", "17:00"),
    ("Time", "HH:mm", "12 o'clock am + 30 minutes", "00:30"),
    ("Time", "HH:mm:ss.SSS", "next hour + 5 milliseconds", "14:05:09.017"),
    ("DateTime", "yyyy-MM-dd'T'HH:mm:ssXXX", "+ 1 day @ noon", "2024-02-29T12:00:00Z"),
    ("DateTime", "yyyy-MM-dd HH:mm Z", "tomorrow @ + 12 hours", "2024-03-01 01:05 +0000"),
    ("DateTime", "yyyy-MM-dd HH:mm", "@ midnight", "2024-02-28 00:00"),
  ]

  @Test(arguments: moments)
  func `dates are moved by their expression`(
    type: String,
    format: String,
    expression: String,
    text: String
  ) throws {
    let value = try Self.applied(
      "x",
      [
        "$": [
          "type": .string(type), "format": .string(format), "expression": .string(expression),
        ]
      ]
    )
    #expect(value == .string(text))
    #expect(try DateTimePattern(format).fits(text))
  }

  @Test func `what is written for a pattern can be read with it`() throws {
    // Not "y": the official reader takes one digit for it.
    let letters = [
      "yyyy", "M", "MM", "MMM", "MMMM", "d", "dd", "D", "E", "EEEE", "e", "a", "H", "HH", "h",
      "k", "K", "m", "s", "S", "SSS", "SSSSSS", "n", "A", "N", "G", "Q", "QQQ", "QQQQ", "q", "w",
      "F", "X", "XXX", "x", "xx", "xxx", "xxxx", "xxxxx", "Z", "ZZZZ", "ZZZZZ", "O", "OOOO", "VV",
      "z",
    ]
    var generator = RandomStream(seed: 3, name: "dates")
    for letter in letters {
      let pattern = try DateTimePattern(letter)
      for _ in 0..<20 {
        let seconds = Int.random(in: -2_000_000_000...4_000_000_000, using: &generator)
        let text = pattern.text(of: CalendarTime(secondsSince1970: seconds))
        // The official reader knows no day of the year above 356.
        if letter == "D", (Int(text) ?? 0) > 356 { continue }
        #expect(pattern.fits(text), "\(letter): \(text)")
      }
    }
  }

  @Test func `paths lead to every item and member`() throws {
    let value = try Self.applied(
      ["list": [["n": 1], ["n": 2]], "map": ["a": 1, "b": 2]],
      [
        "$.list[*].n": ["type": "RandomInt", "min": 50, "max": 50],
        "$.map.*": ["type": "RandomInt", "min": 60, "max": 60],
        "$['list'][1].n": ["type": "RandomInt", "min": 70, "max": 70],
        "$.none.x": ["type": "RandomInt"],
      ]
    )
    #expect(value == ["list": [["n": 50], ["n": 70]], "map": ["a": 60, "b": 60]])
  }

  @Test func `the variants of a list have generators of their own`() throws {
    let value = try Self.applied(
      ["items": ["a", ["id": 1]]],
      [:],
      rules: [
        "$.items": [
          "matchers": [
            [
              "match": "arrayContains",
              "variants": [
                [
                  "index": 1, "rules": [:],
                  "generators": ["$.id": ["type": "RandomInt", "min": 9, "max": 9]],
                ]
              ],
            ]
          ]
        ]
      ]
    )
    #expect(value == ["items": ["a", ["id": 9]]])
  }

  static let each: [(name: JSONValue, rule: JSONValue)] = [
    ("eachKey", ["match": "regex", "regex": "[a-z]+"]), ("eachValue", ["match": "type"]),
    ("each-key", ["match": "type"]), ("each-value", ["match": "integer"]),
  ]

  // Measured: generating the contents in the official engine makes nothing of them either.
  @Test(arguments: each)
  func `generators of eachKey and eachValue are kept, and make nothing by themselves`(
    name: JSONValue,
    rule: JSONValue
  ) throws {
    let matcher: JSONValue = [
      "match": name, "rules": [rule], "value": 5, "generator": ["type": "RandomInt", "min": 7],
    ]
    let rules: JSONValue = ["$.m": ["matchers": [matcher]]]
    let content: JSONValue = ["m": ["k": 1]]
    #expect(try Self.applied(content, [:], rules: rules) == content)
    #expect(MessageGenerators(try Self.message(content, [:], rules: rules)).isEmpty)
    // Generators beside them, on the paths that they are about, do.
    let made = try Self.applied(
      content,
      ["$.m.*": ["type": "RandomInt", "min": 9, "max": 9]],
      rules: rules
    )
    #expect(made == ["m": ["k": 9]])
    let pact = PactFile(
      consumer: "c",
      provider: "p",
      interactions: [
        Interaction(
          description: "d",
          content: .push(try Self.message(content, [:], rules: rules))
        )
      ]
    )
    let read = try PactFile.read(pact.bytes, file: "c.json").pact
    let message = try #require(read.interactions.first?.providerMessages.first)
    let kept = message.matchingRules.body.flatMap(\.matchers).compactMap { matcher -> EachRule? in
      switch matcher {
      case .eachKey(let rule), .eachValue(let rule): rule
      default: nil
      }
    }
    #expect(kept.map(\.generator) == [["type": "RandomInt", "min": 7]])
    #expect(kept.map(\.example) == [5])
    #expect(read.bytes == pact.bytes)
  }

  static let states: [(generator: JSONValue, value: JSONValue)] = [
    (["expression": "id"], 7), (["expression": "${id}"], 7),
    (["expression": "${id}", "dataType": "STRING"], "7"),
    (["expression": "/users/${id}/${name}"], "/users/7/eva"),
    (["expression": "number", "dataType": "INTEGER"], 12),
    (["expression": "1${id}", "dataType": "INTEGER"], 17),
    (["expression": "${id}.5", "dataType": "DECIMAL"], .number(JSONNumber(7.5))),
    (["expression": "on", "dataType": "BOOLEAN"], true),
    (["expression": "list"], [1, 2]),
  ]

  @Test(arguments: states)
  func `values of provider states are put in`(generator: JSONValue, value: JSONValue) throws {
    var object = generator.objectValue ?? [:]
    object["type"] = "ProviderState"
    let states: JSONObject = [
      "id": 7, "name": "eva", "number": "12", "on": "true", "list": [1, 2],
    ]
    #expect(try Self.applied("x", ["$": .object(object)], states: states) == value)
  }

  @Test func `a value that no provider state gave is a problem with its path`() {
    let problem = #expect(throws: GenerationProblem.self) {
      try Self.applied(
        ["user": ["id": 1]],
        ["$.user.id": ["type": "ProviderState", "expression": "userID"]],
        states: ["user": 1]
      )
    }
    #expect(
      problem?.description
        == "no value could be made for $.user.id: no provider state answered with 'userID'; "
        + "they gave user"
    )
  }

  @Test func `expected messages take values of provider states alone`() throws {
    let message = try Self.message(
      ["id": 1, "at": "x"],
      [
        "$.id": ["type": "ProviderState", "expression": "id"],
        "$.at": ["type": "Date"],
      ]
    )
    let context = GenerationContext(seed: 1, now: Self.now, stateValues: ["id": 5])
    let made = try MessageGenerators(message).applied(name: "m", in: context, onlyFromStates: true)
    #expect(made.contents == .json(["id": 5, "at": "x"], contentType: "application/json"))
  }

  @Test func `a URL of the mock server keeps the path of the example`() throws {
    let generator: JSONValue = [
      "$": [
        "type": "MockServerURL", "example": "http://localhost:1/orders/12",
        "regex": #".*(\/orders\/\d+)$"#,
      ]
    ]
    let example: JSONValue = "http://localhost:1/orders/12"
    #expect(try Self.applied(example, generator) == example)
    #expect(
      try Self.applied(example, generator, mockServerURL: "http://127.0.0.1:9/")
        == "http://127.0.0.1:9/orders/12"
    )
  }

  static let bad: [(generator: String, problem: String)] = [
    ("1", "a generator is an object with 'type', found 1"), ("{}", "a generator needs 'type'"),
    (#"{"type": "RandomInt", "min": 3, "max": 2}"#, "'max' is 2, which is below 'min', 3"),
    (
      #"{"type": "RandomString", "size": -1}"#,
      "'size' must be a whole number from 0 to 100000, found -1"
    ),
    (
      #"{"type": "Regex", "regex": "("}"#,
      "'(' is no usable regular expression: '(' is never closed"
    ),
    (
      #"{"type": "Uuid", "format": "short"}"#,
      "'format' must be 'simple', 'lower-case-hyphenated', 'upper-case-hyphenated' or 'URN', "
        + "found 'short'"
    ),
    (
      #"{"type": "Date", "format": "ddd"}"#,
      "'ddd' is no date format: 'd' stands 3 times; 2 at most"
    ),
    (
      #"{"type": "Date", "expression": "+ 1 hour"}"#,
      "'+ 1 hour' moves no date or time: it is cut off; write it as 'today + 1 day'"
    ),
    (
      #"{"type": "Time", "expression": "soon"}"#,
      "'soon' moves no date or time: 'soon' means nothing there; write it as 'noon + 1 hour'"
    ),
    (
      #"{"type": "ProviderState", "expression": "${a"}"#,
      "'${a' is no expression; write it as 'name' or 'text ${name}'"
    ),
    (
      #"{"type": "MockServerURL", "example": "x"}"#,
      "a 'MockServerURL' generator needs 'regex'"
    ),
  ]

  @Test(arguments: bad)
  func `a generator that cannot work is told with its place`(
    generator: String,
    problem: String
  ) {
    let text = """
      {"consumer": {"name": "c"}, "provider": {"name": "p"},
      "metadata": {"pactSpecification": {"version": "4.0"}}, "interactions": [
      {"type": "Asynchronous/Messages", "description": "d", "contents": {"content": "x"},
       "generators": {"body": {"$": \(generator)}}}]}
      """
    let error = #expect(throws: DiagnosticsError.self) {
      try PactFile.read(Array(text.utf8), file: "c.json")
    }
    #expect(error?.diagnostics.map(\.message) == [problem])
    #expect(error?.diagnostics.allSatisfy { $0.location?.line == 4 } == true)
  }

  @Test func `an unknown generator is a warning and leaves the example`() throws {
    let text = """
      {"consumer": {"name": "c"}, "provider": {"name": "p"},
      "metadata": {"pactSpecification": {"version": "4.0"}}, "interactions": [
      {"type": "Asynchronous/Messages", "description": "d", "contents": {"content": "x"},
       "generators": {"body": {"$": {"type": "RandomIn"}}, "header": {}}}]}
      """
    let read = try PactFile.read(Array(text.utf8), file: "c.json")
    #expect(
      read.diagnostics.map(\.message) == [
        "the generator 'RandomIn' is not known; the example stays; did you mean 'RandomInt'?",
        "generators for 'header' mean nothing for a message; 'body' and 'metadata' do",
      ]
    )
    let message = try #require(read.pact.interactions.first?.providerMessages.first)
    #expect(MessageGenerators(message).isEmpty)
  }
}
