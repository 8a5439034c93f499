import Contract
import JSON
import JSONSchema
import Testing

@testable import Pact

/// What is wrong with contracts that can be read.
struct PactLintTests {
  private static func lint(_ interactions: String, api: APIDescription? = nil) throws -> [String] {
    let text = """
      {"consumer": {"name": "c"}, "provider": {"name": "p"},
      "metadata": {"pactSpecification": {"version": "4.0"}}, "interactions": [
      \(interactions)
      ]}
      """
    let source = LocatedValue(try JSONDocument(parsing: Array(text.utf8), file: "c.json"))
    let pact = try PactFile.read(source, file: "c.json").pact
    return PactLint(source, pact: pact, api: api).diagnostics().map { "\($0)" }
  }

  private static func push(_ content: String, _ rules: String, more: String = "") -> String {
    """
    {"type": "Asynchronous/Messages", "description": "d", "contents": {"content": \(content)},
    "matchingRules": {"body": {\(rules)}}\(more)}
    """
  }

  @Test func `a contract as it should be has no problem`() throws {
    #expect(
      try Self.lint(
        Self.push(#"{"a": [1]}"#, #""$.a[*]": {"matchers": [{"match": "integer"}]}"#)
      ) == []
    )
  }

  @Test func `paths of one weight are told with the one that is taken`() throws {
    let rules = """
      "$.a[*].b": {"matchers": [{"match": "type"}]}, "$.a.*.b": {"matchers": [{"match": "integer"}]}
      """
    #expect(
      try Self.lint(Self.push(#"{"a": [{"b": 1}]}"#, rules)) == [
        "c.json:4:75: warning: '$.a[*].b' and '$.a.*.b' weigh the same for $.a[0].b; official tools "
          + "pick one by chance, '$.a[*].b' is taken here [tied-rules]"
      ]
    )
  }

  @Test func `rules on XML are looked for in the elements, and a broken example is told`() throws {
    func push(_ xml: String, _ path: String) -> String {
      """
      {"type": "Asynchronous/Messages", "description": "d", "contents": {"content": "\(xml)",
      "contentType": "application/xml"}, "matchingRules": {"body": {
      "\(path)": {"matchers": [{"match": "regex", "regex": "\\\\d"}]}}}}
      """
    }
    #expect(try Self.lint(push("<a><b c='1'/><b c='2'/></a>", "$.a.b[*]['@c']")) == [])
    #expect(
      try Self.lint(push("<a><b c='1'/></a>", "$.a['@c']")) == [
        "c.json:5:1: warning: the rule on '$.a['@c']' fits nothing in the example [unused-rule]"
      ]
    )
    #expect(
      try Self.lint(push("<a>1</b>", "$.a")) == [
        "c.json:3:79: error: the example breaks its own rules: $: the example is no XML: "
          + "line 1, column 7: found </b>, expected </a> [broken-example]"
      ]
    )
  }

  @Test func `rules and generators that fit nothing are told`() throws {
    let rules = #""$.x": {"matchers": [{"match": "type"}]}"#
    let more = #", "generators": {"body": {"$.y": {"type": "Uuid"}}}"#
    #expect(
      try Self.lint(Self.push(#"{"a": 1}"#, rules, more: more)) == [
        "c.json:4:28: warning: the rule on '$.x' fits nothing in the example [unused-rule]",
        "c.json:4:96: warning: the generator on '$.y' fits nothing in the example "
          + "[unused-generator]",
      ]
    )
  }

  struct Unused: CustomTestStringConvertible {
    let why: String
    let content: String
    let rules: String
    /// What is said, without places.
    var problems: [String] = []
    var testDescription: String { why }
  }

  static let unused = [
    Unused(
      why: "every rule is taken somewhere",
      content: #"{"a": [{"b": 1}], "c": {"d": 1}}"#,
      rules: #"""
        "$.a": {"matchers": [{"match": "type", "min": 1}]},
        "$.a[*].b": {"matchers": [{"match": "integer"}]},
        "$.c": {"matchers": [{"match": "values"}]}, "$.c.*": {"matchers": [{"match": "integer"}]}
        """#
    ),
    Unused(
      why: "what stands above weighs more",
      content: #"{"a": {"b": 1}}"#,
      rules: #"""
        "$.a": {"matchers": [{"match": "type"}]}, "$.*.*": {"matchers": [{"match": "integer"}]}
        """#,
      problems: [
        "the rule on '$.*.*' is never taken: '$.a' weighs more (8, not 6) at $.a.b [unused-rule]"
      ]
    ),
    Unused(
      why: "a rule that loses at one place and wins at another",
      content: #"{"a": {"b": 1}, "c": {"b": 1}}"#,
      rules: #"""
        "$.a": {"matchers": [{"match": "type"}]}, "$.*.*": {"matchers": [{"match": "integer"}]}
        """#
    ),
    Unused(
      why: "eachValue takes the place of all below it",
      content: #"{"m": {"k": {"n": 1}}}"#,
      rules: #"""
        "$.m": {"matchers": [{"match": "eachValue", "rules": [{"match": "type"}]}]},
        "$.m.k.n": {"matchers": [{"match": "integer"}]}
        """#,
      problems: [
        "the rule on '$.m.k.n' is never taken: 'eachValue' on '$.m' takes the place of all rules "
          + "below it at $.m.k.n [unused-rule]"
      ]
    ),
    Unused(
      why: "eachKey says nothing about values",
      content: #"{"m": {"k": 1}}"#,
      rules: #"""
        "$.m": {"matchers": [{"match": "eachKey", "rules": [{"match": "notEmpty"}]}]},
        "$.m.k": {"matchers": [{"match": "integer"}]}
        """#
    ),
    Unused(
      why: "the rules of a variant start at its item",
      content: #"[{"t": "a"}, {"t": "b", "n": [{"x": 1}]}]"#,
      rules: #"""
        "$": {"matchers": [{"match": "arrayContains", "variants": [
          {"index": 1, "rules": {"$.t": {"matchers": [{"match": "equality"}]},
            "$.m": {"matchers": [{"match": "type"}]},
            "$.n[*].x": {"matchers": [{"match": "type"}]},
            "$.n.*.x": {"matchers": [{"match": "integer"}]}}}]}]}
        """#,
      problems: [
        "the rule on '$.m' fits nothing in item 1, which the variant describes [unused-rule]",
        "'$.n[*].x' and '$.n.*.x' weigh the same for $.n[0].x; official tools pick one by chance, "
          + "'$.n[*].x' is taken here [tied-rules]",
      ]
    ),
    Unused(
      why: "a list without items has nothing that a rule could fit",
      content: #"{"a": []}"#,
      rules:
        #""$.a": {"matchers": [{"match": "type"}]}, "$.a[*].b": {"matchers": [{"match": "type"}]}"#,
      problems: ["the rule on '$.a[*].b' fits nothing in the example [unused-rule]"]
    ),
    Unused(
      why: "three of one weight",
      content: #"{"a": [[1]]}"#,
      rules: #"""
        "$.a.*[*]": {"matchers": [{"match": "type"}]}, "$.a[*].*": {"matchers": [{"match": "type"}]},
        "$.a.*.*": {"matchers": [{"match": "type"}]}
        """#,
      problems: [
        "'$.a[*].*', '$.a.*.*' and '$.a.*[*]' weigh the same for $.a[0][0]; official tools pick "
          + "one by chance, '$.a[*].*' is taken here [tied-rules]"
      ]
    ),
  ]

  @Test(arguments: unused)
  func `rules that do nothing and rules that tie are told with the reason`(
    example: Unused
  ) throws {
    let found = try Self.lint(Self.push(example.content, example.rules)).map { line in
      line.split(separator: "warning: ", maxSplits: 1).last.map(String.init) ?? line
    }
    #expect(found == example.problems)
  }

  @Test func `a rule on metadata that is not there is told`() throws {
    let text = """
      {"type": "Asynchronous/Messages", "description": "d", "contents": {"content": 1},
      "metadata": {"topic": "a"}, "matchingRules": {"metadata": {
      "topic": {"matchers": [{"match": "type"}]},
      "topc": {"matchers": [{"match": "type"}]}}}}
      """
    #expect(
      try Self.lint(text) == [
        "c.json:6:1: warning: the rule on the metadata 'topc' fits nothing in the example "
          + "[unused-rule]"
      ]
    )
  }

  @Test func `what is no JSON has rules on the whole alone, and metadata all the same`() throws {
    let rule = #"{"matchers": [{"match": "type"}]}"#
    let text = """
      {"type": "Asynchronous/Messages", "description": "d",
      "contents": {"content": "hello", "contentType": "text/plain"}, "metadata": {"a": "b"},
      "matchingRules": {"body": {"$": \(rule), "$.x": \(rule)}, "metadata": {
      "b": \(rule)}},
      "generators": {"metadata": {"a": {"type": "Uuid"},
      "c": {"type": "Uuid"}}}}
      """
    let found = try Self.lint(text).map { $0.drop { $0 != " " }.dropFirst() }
    #expect(
      found == [
        "warning: the rule on '$.x' fits nothing in the example [unused-rule]",
        "warning: the rule on the metadata 'b' fits nothing in the example [unused-rule]",
        "warning: the generator on the metadata 'c' fits nothing in the example [unused-generator]",
      ]
    )
  }

  @Test func `requests and each reply are held against the document`() throws {
    let payload = try SchemaCompiler().compile([
      "type": "object", "properties": ["n": ["type": "integer"]],
    ])
    let api = APIDescription(
      title: "t",
      version: "1",
      file: "a.yml",
      messages: ["ask", "answer"].map { MessageDefinition(name: $0, payload: payload) }
    )
    let text = """
      {"type": "Synchronous/Messages", "description": "d", "comments": {"wspact": {
      "request": "ask", "responses": [{"message": "answer"}, {"message": "answer"}]}},
      "request": {"contents": {"content": {"n": "x"}}},
      "response": [{"contents": {"content": {"n": 1}}},
      {"contents": {"content": {"n": null}}}]}
      """
    let found = try Self.lint(text, api: api).map { $0.prefix { $0 != ";" } }
    #expect(found.count == 2)
    #expect(
      zip(found, ["c.json:5:43: error: the document does not allow this ask: ", "c.json:7:32: "])
        .allSatisfy { $0.hasPrefix($1) && $0.hasSuffix("[invalid-example]") },
      "\(found)"
    )
  }

  @Test func `every message of an exchange is looked at`() throws {
    let message = { (content: String, path: String) in
      #"{"contents": {"content": \#(content)}, "matchingRules": {"body": "#
        + #"{"\#(path)": {"matchers": [{"match": "integer"}]}}}}"#
    }
    let text = """
      {"type": "Synchronous/Messages", "description": "d",
      "request": \(message(#"{"a": 1}"#, "$.b")),
      "response": [\(message(#"{"a": 1}"#, "$.a")),
      \(message(#"{"a": "x"}"#, "$.a"))]}
      """
    #expect(
      try Self.lint(text) == [
        "c.json:4:75: warning: the rule on '$.b' fits nothing in the example [unused-rule]",
        #"c.json:6:32: error: the example breaks its own rules: $.a: found "x" (string), expected "#
          + "an integer [broken-example]",
      ]
    )
  }

  @Test func `an example that breaks its own rules is told where it stands`() throws {
    let rules = #""$.a": {"matchers": [{"match": "integer"}]}"#
    let found = try Self.lint(Self.push(#"{"a": "x"}"#, rules))
    #expect(found.count == 1)
    #expect(
      found[0].hasPrefix("c.json:3:85: error: the example breaks its own rules: $.a: "),
      "\(found)"
    )
    #expect(found[0].hasSuffix("[broken-example]"))
  }

  @Test func `two interactions at one place of a conversation are told`() throws {
    let facts = #", "comments": {"wspact": {"conversation": {"name": "main", "position": 1}}}"#
    let first = Self.push("1", "", more: facts)
    let second = first.replacing(#""description": "d""#, with: #""description": "e""#)
    #expect(
      try Self.lint(first + ",\n" + second) == [
        "c.json:5:1: warning: place 1 of the conversation 'main' is that of 'd' as well; the order of "
          + "the two is that of the file [shared-position]"
      ]
    )
  }

  @Test func `the portable layout of a sound contract is sound`() throws {
    let message = InteractionMessage(contents: .json(["a": 1], contentType: "application/json"))
    let pact = PactFile(
      consumer: "c",
      provider: "p",
      interactions: [
        Interaction(
          description: "ask",
          content: .exchange(request: message, responses: [message, message]),
          facts: WebSocketFacts(conversation: ConversationFacts(name: "main", position: 1))
        )
      ]
    ).portable
    let source = LocatedValue(try JSONDocument(parsing: pact.bytes, file: "c.json"))
    let read = try PactFile.read(source, file: "c.json").pact
    #expect(read.interactions.count == 2)
    #expect(PactLint(source, pact: read).diagnostics() == [])
  }

  @Test func `what the document has against a contract is told`() throws {
    let payload = try SchemaCompiler().compile([
      "type": "object", "properties": ["n": ["type": "integer"]],
    ])
    let api = APIDescription(
      title: "t",
      version: "1",
      file: "a.yml",
      messages: [MessageDefinition(name: "number", payload: payload)],
      closeCodes: [CloseCodeDescription(code: 4_000, summary: "bye")]
    )
    func facts(_ name: String) -> String {
      #", "comments": {"wspact": {"closeCode": 4001, "responses": [{"message": "\#(name)"}]}}"#
    }
    let first = Self.push(#"{"n": "x"}"#, "", more: facts("number"))
    let second = Self.push("{}", "", more: facts("numbr"))
      .replacing(#""description": "d""#, with: #""description": "e""#)
    let found = try Self.lint(first + ",\n" + second, api: api)
    #expect(found.count == 4)
    #expect(
      found.map { String($0.drop { $0 != "[" }) } == [
        "[invalid-example]", "[unknown-close-code]", "[unknown-message]", "[unknown-close-code]",
      ]
    )
    #expect(found[0].hasPrefix("c.json:3:85: error: the document does not allow this number: "))
    #expect(found[2].contains("no message 'numbr'; did you mean 'number'?"))
  }
}

/// Contracts that are joined and compared.
struct PactMergeTests {
  private static func pact(
    _ descriptions: [String: JSONValue],
    key: String? = nil,
    provider: String = "p"
  ) -> PactFile {
    PactFile(
      consumer: "c",
      provider: provider,
      interactions: descriptions.sorted { $0.key < $1.key }.map { description, content in
        Interaction(
          description: description,
          key: key,
          content: .push(
            InteractionMessage(contents: .json(content, contentType: "application/json"))
          ),
          location: SourceLocation(file: "\(description).json", line: 3, column: 1)
        )
      }
    )
  }

  private static func merge(_ pacts: PactFile...) throws -> PactFile {
    try PactMerge.merged(
      pacts.enumerated().map { .init(file: "\($0.offset).json", pact: $0.element) }
    )
  }

  @Test func `interactions of all stand in the result, equal ones once`() throws {
    let merged = try Self.merge(
      Self.pact(["a": 1, "b": 2]),
      Self.pact(["b": 2, "c": 3]),
      Self.pact([:])
    )
    #expect(merged.interactions.map(\.description) == ["a", "b", "c"])
    #expect(try Self.merge(merged, merged).bytes == merged.bytes)
  }

  @Test func `every conflict is told with its place`() throws {
    let error = #expect(throws: DiagnosticsError.self) {
      try Self.merge(
        Self.pact(["a": 1, "b": 2]),
        Self.pact(["a": 1, "b": 3], provider: "q"),
        Self.pact(["c": 1], key: "k"),
        Self.pact(["d": 1], key: "k")
      )
    }
    #expect(
      (error?.diagnostics ?? []).map { "\($0)" } == [
        "1.json:1:1: error: the provider is 'q', but 'p' in 0.json; only contracts between the same "
          + "two can be merged",
        "b.json:3:1: error: 'b' is another interaction at b.json:3:1: /contents/content: expected 2, "
          + "found 3",
        "d.json:3:1: error: the key 'k' is taken by 'c' at c.json:3:1",
      ]
    )
  }

  @Test func `a comparison says what is new, changed and gone`() {
    let changes = Self.pact(["a": 1, "b": 2]).changes(
      to: Self.pact(["b": 3, "c": 1], provider: "q")
    )
    #expect(
      changes.map { String("\($0)".prefix { $0 != "\n" }) } == [
        "~ the contract itself", "~ b", "+ c", "- a",
      ]
    )
    #expect(Self.pact(["a": 1]).changes(to: Self.pact(["a": 1])).isEmpty)
  }

  @Test func `a page shows XML with an element a line`() throws {
    let text = """
      {"consumer": {"name": "c"}, "provider": {"name": "p"},
      "metadata": {"pactSpecification": {"version": "4.0"}}, "interactions": [
      {"type": "Asynchronous/Messages", "description": "d", "contents": {"contentType": "text/xml",
      "content": "<a xmlns='u'>\\n<b c='1'/><b>x</b></a>"}}]}
      """
    let page = PactPage(try PactFile.read(Array(text.utf8), file: "c.json").pact).text
    let lines = ["<a xmlns=\"u\">", "  <b c=\"1\"/>", "  <b>x</b>", "</a>"]
    let indent = String(repeating: " ", count: 10)
    #expect(page.contains(lines.map { indent + $0 }.joined(separator: "\n")), "\(page)")
  }

  @Test func `a page shows who relies on what`() throws {
    let read = try PactFile.read(Array(PactWriterTests.whole.utf8), file: "c.json")
    let page = PactPage(read.pact).text
    #expect(page.hasPrefix("front relies on chat: 3 interactions\n\n1. an exchange\n"))
    for line in [
      "   given  a state {\"count\":2}", "   on     main, place 2", "   >>     ask",
      "   <<     answer", "   <<     more, 0 times or more", "   within 100 ms",
      "2. a push (pending)", "   heard  by every connection", "   closes with 4401",
      "not for sockets: 'an HTTP call'",
    ] { #expect(page.contains(line + "\n"), "\(line) is not in \(page)") }
  }
}
