import Generation
import JSON
import JSONSchema

/// `make fuzz-self`: damaged texts for the JSON reader, the schema compiler, the pattern matcher and
/// the XML reader.
///
/// A crash ends the program. What must agree is compared on the way: a text that is read is written
/// and read again, the two ways to a verdict give the same, a pattern accepts the same by both
/// matchers. A disagreement is printed with its number and seed, which make the same text again.
struct SelfFuzzing {
  /// Where all chance comes from.
  var seed: UInt64 = 1
  /// How many texts, a quarter for each engine.
  var count = 1_000_000
  /// The one engine that is fed; all of them when `nil`.
  var only: String?
  /// The number of the first, to come back to one that was printed.
  var start = 0

  /// Runs, and prints the rate.
  ///
  /// - Returns: Whether everything agreed.
  func run() -> Bool {
    print("fuzz-self: \(count) inputs from seed \(seed)")
    let begin = Measurement.processorTime
    var outcome = Outcome()
    let targets = Self.targets.filter { only == nil || $0.name == only }
    for number in start..<start + count {
      let mixed = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number)
      targets[number % targets.count].run(mixed, number, &outcome)
    }
    let seconds = Measurement.processorTime - begin
    Measurement.report("accepted by reader, compiler, patterns, XML", outcome.summary)
    Measurement.report("rate", "\(Measurement.grouped(Double(count) / seconds)) inputs/s")
    Measurement.report("slowest input", outcome.slowest)
    for problem in outcome.problems.prefix(20) {
      print("  disagreement at --seed \(seed) --start \(problem)")
    }
    return outcome.problems.isEmpty
  }

  /// The engines in the order in which they take turns.
  static let targets = [readers, schemas, patterns, documents]

  /// What came of the inputs.
  struct Outcome {
    /// How many each engine accepted.
    var accepted: [String: Int] = [:]
    var problems: [String] = []
    var slowestSeconds = 0.0
    var slowest = ""

    var summary: String {
      SelfFuzzing.targets.map(\.name).map { String(accepted[$0] ?? 0) }.joined(
        separator: ", "
      )
    }
  }

  /// One engine with the texts that it is fed.
  struct Target: Sendable {
    var name: String
    var texts: [String]
    var tokens: [String]
    /// The texts as values, where parts of them are to change places too.
    var values: [JSONValue] = []
    var parts: [JSONValue] = []
    /// Feeds a text.
    ///
    /// - Returns: Whether it was accepted, and what disagrees.
    var feed: @Sendable ([UInt8]) -> (isAccepted: Bool, problem: String?)

    /// A damaged text; every second one with its structure whole where that can be.
    private func text(_ seed: UInt64) -> [UInt8] {
      if !values.isEmpty, !seed.isMultiple(of: 2) {
        var mutator = StructureMutator(seed: seed, values: values, parts: parts)
        return mutator.next().bytes()
      }
      var mutator = Mutator(seed: seed, texts: texts, tokens: tokens)
      return mutator.next()
    }

    func run(_ seed: UInt64, _ number: Int, _ outcome: inout Outcome) {
      let text = text(seed)
      let begin = Measurement.processorTime
      let (isAccepted, problem) = feed(text)
      let seconds = Measurement.processorTime - begin
      if isAccepted { outcome.accepted[name, default: 0] += 1 }
      if let problem {
        let shown = String(decoding: text.prefix(400), as: UTF8.self)
        outcome.problems.append("\(number) --count 1, \(name): \(problem): \(shown)")
      }
      if seconds > outcome.slowestSeconds {
        outcome.slowestSeconds = seconds
        outcome.slowest = "\(Int(seconds * 1e6)) us, \(name) --start \(number) --count 1"
      }
    }
  }
}

extension SelfFuzzing {
  private static let readers = Target(
    name: "reader",
    texts: [
      #"{"a":[1.5e-3,true,null,"x\u00e9é😀\n"],"b":{"c":false,"d":[{}]}}"#,
      #"[0,-0,1E400,123456789012345678901234567890,0.1,-1.5e+3,2e-9]"#,
      #"{"a":1,"a":2,"":{"\u0061":[[],{}, "\ud83d\ude00"]}}"#,
      "\u{FEFF} [ \"\\\\\\\"\\/\\b\\f\\n\\r\\t\" , \"ü東\" ] ", "\"\"", "-1", " null ",
    ],
    tokens: [
      "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "1", "-", "0", ".",
      "e", "E+", "true", "false", "null", "[[", "{\"a\":", " ", "\n", "\u{0}", "é", "😀", "\u{FEFF}",
      "1e", "9999999999", "/*", "'", "NaN",
    ]
  ) { text in
    guard let document = try? JSONDocument(parsing: text) else {
      do {
        _ = try JSONValue.parse(text)
        return (false, "one reader refuses")
      } catch {
        let isInside = (error as? JSONSyntaxError).map { (0...text.count).contains($0.byteOffset) }
        return (false, isInside == true && !"\(error)".isEmpty ? nil : "the place is outside")
      }
    }
    let value = document.value
    guard document.bytes == text else { return (true, "the text changed") }
    guard let compact = try? JSONValue.parse(value.bytes(.compact)), compact == value,
      let pretty = try? JSONValue.parse(value.bytes(.pretty)), pretty == value
    else { return (true, "written and read again it differs") }
    let canonical = value.bytes(.canonical)
    guard let again = try? JSONValue.parse(canonical), again.bytes(.canonical) == canonical else {
      return (true, "canonical text is not stable")
    }
    for duplicate in document.duplicateNames where value[duplicate.pointer] == nil {
      return (true, "the pointer to a duplicate leads nowhere")
    }
    let differences = JSONDifference.between(expected: value, actual: compact)
    return (true, differences.isEmpty ? nil : "a difference where there is none")
  }

  private static let schemaTexts = [
    ##"{"$ref":"#/$defs/a","$defs":{"a":{"type":["object","null"],"required":["b"],"##
      + ##""properties":{"b":{"$ref":"#/$defs/a"}},"additionalProperties":false}}}"##,
    #"{"oneOf":[{"properties":{"t":{"const":"a"}}},{"properties":{"t":{"enum":["b",1]}}}],"#
      + #""unevaluatedProperties":false,"dependentRequired":{"a":["b"]}}"#,
    #"{"type":"array","prefixItems":[{"minimum":1.5},{"multipleOf":0.01}],"items":{"#
      + #""pattern":"^[a-z]+$"},"contains":{"const":null},"minContains":2,"uniqueItems":true}"#,
    #"{"if":{"type":"string"},"then":{"minLength":2,"maxLength":4,"format":"date-time"},"#
      + #""else":{"not":{"type":"null"}},"allOf":[true,{"$anchor":"x"}],"anyOf":[{"minItems":1}]}"#,
    ##"{"$id":"http://a.example/s","$dynamicAnchor":"n","$defs":{"l":{"$id":"l","##
      + ##""$dynamicRef":"#n"}},"patternProperties":{"^a":{"$dynamicRef":"#n"}},"##
      + ##""propertyNames":{"maxLength":3}}"##,
    #"{"$schema":"http://json-schema.org/draft-04/schema#","id":"x","exclusiveMinimum":true,"#
      + #""minimum":2,"dependencies":{"a":{"maxProperties":1},"b":["c"]},"items":[{}],"#
      + #""additionalItems":{"type":"integer"}}"#,
    ##"{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"##
      + ##""items":{"$recursiveRef":"#"},"unevaluatedItems":{"type":"boolean"}}"##,
  ]

  private static let schemas = Target(
    name: "schemas",
    texts: schemaTexts,
    tokens: [
      "\"$ref\":\"#\",", "\"$ref\":\"#/$defs/a\",", "\"$dynamicRef\":\"#n\",",
      "\"type\":\"number\",",
      "\"items\":{", "\"not\":{", "\"allOf\":[{", "}", "]", "{}", "true", "false", "null", "1e400",
      "-1", "0.1", "\"enum\":[1,1.0,true],", "\"const\":{\"a\":[1]},", "\"pattern\":\"(a+)+$\",",
      "\"pattern\":\"(?<=a)b\\\\1\",", "\"$id\":\"b\",", "\"$anchor\":\"y\",",
      "\"format\":\"uri\",",
      "\"minItems\":2,", "\"maxLength\":1,", "\"required\":[\"a\"],", "\"unevaluatedItems\":false,",
      "\"properties\":{\"a\":{}},", ",", ":", "\"", "[", "{",
    ],
    values: schemaTexts.compactMap { try? JSONValue.parse($0) },
    parts: instances
  ) { text in
    guard let value = try? JSONValue.parse(text) else { return (false, nil) }
    do {
      let schema = try SchemaCompiler().compile(value)
      for instance in instances + [value] {
        let isValid = schema.isValid(instance)
        guard schema.isValidByKeywords(instance) == isValid else {
          return (true, "the two ways differ on \(instance.summary())")
        }
        let violations = schema.violations(in: instance)
        guard violations.isEmpty == isValid else { return (true, "verdict without violation") }
        for violation in violations where instance[violation.instance] == nil {
          return (true, "a violation points at nothing: \(violation)")
        }
        if isValid { _ = schema.annotations(in: instance) }
      }
      return (true, nil)
    } catch {
      let problems = (error as? SchemaCompilationError)?.problems
      return (false, problems?.isEmpty == false ? nil : "refused without a reason")
    }
  }

  private static let instances: [JSONValue] = [
    "null", "true", "1", "2.50", "1e400", #""""#, #""ab""#, #""2026-03-01T12:30:00Z""#, "[]",
    #"[1, 0.01, "a", null, null]"#, "{}", #"{"a": 1, "b": {"b": null}}"#, #"{"t": "a", "x": 1}"#,
    #"{"t": "b"}"#, "[[1], [true, [false]]]",
  ].compactMap { try? JSONValue.parse($0) }

  private static let patterns = Target(
    name: "patterns",
    texts: [
      "^[a-z][a-z0-9_-]{2,31}$", #"^\d{1,7}\.\d{2,8}$"#, "^(a+)+$", #"(?<year>\d{4})-\k<year>"#,
      #"^(?=.*\d)(?!.*\s)(?<=^|x)[\w\W]*?\b$"#,
      #"\p{Lu}\P{Script=Greek}[^\p{L}\u{1F600}-\u{1F64F}]"#,
      #"(a|b|)*?\1(?:c{2,}|d{3})"#, #"^(/[A-Za-z0-9_~]+)*$"#, #"\cA\x41\0[\b\-\]]"#, "",
    ],
    tokens: [
      "(", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "[", "]", "[^", "-", "\\", "\\d",
      "\\W", "\\b", "\\B", "\\1", "\\k<n>", "\\u{61}", "\\ud83d", "\\p{L}", "\\p{Script=Han}",
      "{2}",
      "{2,}", "{0,1000}", "*", "+", "?", "|", "^", "$", ".", "é", "😀", "\u{0}", "{", "}", "*?",
    ]
  ) { text in
    guard let source = String(validating: text, as: UTF8.self) else { return (false, nil) }
    do {
      let pattern = try ECMAPattern(source)
      for subject in subjects {
        let verdict = pattern.verdict(on: subject)
        let other = pattern.verdictByTrial(on: subject)
        if verdict != other, verdict != .tooCostly, other != .tooCostly {
          return (true, "the matchers differ on '\(subject)'")
        }
      }
      return (true, nil)
    } catch {
      return (false, "\(error)".isEmpty ? "refused without a reason" : nil)
    }
  }

  private static let subjects = [
    "", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "general-7", "12.34", "2026-2026", "é😀\n\u{0}",
  ]
}
