import Generation
import JSON
import JSONSchema
import Testing

struct CoverageListTests {
  @Test(arguments: NastySchema.all)
  func `each case is what it says it is`(example: NastySchema) throws {
    let schema = try example.compiled()
    let list = CoverageList(schema: schema)
    for found in list.cases {
      #expect(schema.isValid(found.value) == found.isValid, "\(found.label)")
    }
  }

  private func list(_ text: String) throws -> [CoverageCase] {
    CoverageList(schema: try SchemaCompiler().compile(try JSONValue.parse(text))).cases
  }

  private func texts(_ cases: [CoverageCase], valid: Bool) -> Set<String> {
    Set(cases.filter { $0.isValid == valid }.map { $0.value.text() })
  }

  private func bytes(_ cases: [CoverageCase], valid: Bool) -> Set<[UInt8]> {
    Set(cases.filter { $0.isValid == valid }.map { $0.value.bytes() })
  }

  @Test func `numbers are tried at and beside their bounds`() throws {
    let cases = try list(#"{"type":"integer","minimum":-3,"maximum":9007199254740993}"#)
    #expect(
      texts(cases, valid: true).isSuperset(of: [
        "-3", "-2", "9007199254740993", "9007199254740992", "1.0", "1e2",
      ])
    )
    #expect(
      texts(cases, valid: false).isSuperset(of: [
        "-4", "9007199254740994", "1.5", "null", "\"text\"", "1e400",
      ])
    )
  }

  @Test func `multiples and what lies beside them are tried`() throws {
    let cases = try list(#"{"type":"number","multipleOf":0.01}"#)
    #expect(texts(cases, valid: true).isSuperset(of: ["0", "0.01", "-0.01", "0.03", "10000.03"]))
    #expect(texts(cases, valid: false).isSuperset(of: ["0.005", "0.011"]))
  }

  @Test func `lengths are tried in characters of every size`() throws {
    let cases = try list(#"{"type":"string","minLength":1,"maxLength":2}"#)
    #expect(
      texts(cases, valid: true).isSuperset(of: [
        "\"a\"", "\"aa\"", "\"éé\"", "\"漢漢\"", "\"🐲🐲\"", "\"e\u{301}\"",
      ])
    )
    #expect(texts(cases, valid: false).isSuperset(of: ["\"\"", "\"aaa\"", "\"🐲🐲🐲\""]))
  }

  @Test func `listed values are tried with what almost equals them`() throws {
    let cases = try list(#"{"enum":["Caf\u00e9",1]}"#)
    #expect(texts(cases, valid: true).isSuperset(of: ["\"Café\"", "1", "1.0"]))
    #expect(
      texts(cases, valid: false).isSuperset(of: [
        "\"CAFÉ\"", "\"Café \"", "\"Caf\"", "\"1\"", "true", "2",
      ])
    )
    #expect(bytes(cases, valid: false).contains(Array("\"Cafe\u{301}\"".utf8)))
  }

  @Test func `each member is left out, alone, null and misspelt`() throws {
    let cases = try list(
      #"{"type":"object","required":["a"],"properties":{"a":{"const":1},"b":{"const":2},"c":{"const":3}},"additionalProperties":false}"#
    )
    #expect(
      texts(cases, valid: true).isSuperset(of: [
        #"{"a":1}"#, #"{"a":1,"b":2}"#, #"{"a":1,"c":3}"#, #"{"a":1,"b":2,"c":3}"#,
      ])
    )
    #expect(
      texts(cases, valid: false).isSuperset(of: [
        #"{"b":2,"c":3}"#, #"{"a":null,"b":2,"c":3}"#, #"{"b":2,"c":3,"A":1}"#,
        #"{"a":1,"b":2,"c":3,"extra":null}"#,
      ])
    )
    let missing = cases.first { $0.value.text() == #"{"b":2,"c":3}"# }
    #expect(missing?.site?.description == "#/required: a")
    #expect(missing?.isAlone == true)
  }

  @Test func `arrays are tried at their bounds and with equal items`() throws {
    let cases = try list(
      #"{"type":"array","items":{"enum":[1,2,3]},"minItems":1,"maxItems":2,"uniqueItems":true}"#
    )
    let valid = texts(cases, valid: true)
    let invalid = texts(cases, valid: false)
    #expect(valid.contains { $0.utf8.count == 3 } && valid.contains { $0.utf8.count == 5 })
    #expect(invalid.isSuperset(of: ["[]", "[1,1.0]"]))
    #expect(invalid.contains { $0.utf8.count == 7 })
  }

  @Test func `the list is the same each time`() throws {
    func labels() throws -> [String] {
      try list(InvalidValueTests.flat).map { $0.label + $0.value.text() }
    }
    #expect(try labels() == labels())
  }

  @Test func `every assertion that can be broken alone is, with a valid case beside it`() throws {
    let schema = try SchemaCompiler().compile(try JSONValue.parse(InvalidValueTests.flat))
    let cases = CoverageList(schema: schema).cases
    let broken = Set(cases.filter(\.isAlone).compactMap { $0.site?.description })
    let sites = InvalidValueGenerator(schema: schema).sites.map(\.description)
    #expect(Set(sites).subtracting(broken).isEmpty)
    #expect(cases.contains { $0.isValid })
  }

  @Test func `patterns are tried at each branch, class and quantifier`() throws {
    let cases = try list(#"{"type":"string","pattern":"^(?:ab|[c-f0]{2,4})x?$"}"#)
    #expect(
      texts(cases, valid: true).isSuperset(of: [
        "\"ab\"", "\"abx\"", "\"cc\"", "\"cccc\"", "\"fc\"", "\"0c\"",
      ])
    )
    #expect(
      texts(cases, valid: false).isSuperset(of: ["\"c\"", "\"ccccc\"", "\"abxx\"", "\"ab\\n\""])
    )
  }

  @Test func `the tag of one branch is tried with the body of another`() throws {
    let branch = { (tag: String, name: String) in
      """
      {"type":"object","required":["t","\(name)"],"properties":{"t":{"const":"\(tag)"},
       "\(name)":{"const":1}},"additionalProperties":false}
      """
    }
    let cases = try list("{\"oneOf\":[\(branch("a", "x")),\(branch("b", "y"))]}")
    #expect(texts(cases, valid: true).isSuperset(of: [#"{"t":"a","x":1}"#, #"{"t":"b","y":1}"#]))
    #expect(texts(cases, valid: false).isSuperset(of: [#"{"t":"a","y":1}"#, #"{"t":"b","x":1}"#]))
  }

  @Test func `places within arrays have cases of their own`() throws {
    let cases = try list(
      #"{"type":"array","items":{"type":"object","required":["n"],"properties":{"n":{"type":"integer","minimum":5}}}}"#
    )
    let tried = cases.filter { $0.place.description == "/0/n" }
    #expect(texts(tried, valid: true).isSuperset(of: [#"[{"n":5}]"#, #"[{"n":6}]"#]))
    #expect(texts(tried, valid: false).isSuperset(of: [#"[{"n":4}]"#, #"[{"n":"text"}]"#]))
  }

  @Test(
    arguments: [
      (
        ##"{"properties":{"next":{"$ref":"#"}},"type":"object","maxProperties":1}"##,
        #"{"next":"#, "}", "{}"
      ),
      (##"{"type":"array","items":{"$ref":"#"}}"##, "[", "]", "[]"),
      (
        ##"""
        {"$ref":"#/$defs/a","$defs":{"a":{"type":"array","items":{"$ref":"#/$defs/b"}},
         "b":{"type":"object","required":["a"],"properties":{"a":{"$ref":"#/$defs/a"}}}}}
        """##,
        #"[{"a":"#, "}]", "[]"
      ),
    ]
  )
  func `what refers to itself is nested not at all, once, twice and often`(
    schema: String,
    opening: String,
    closing: String,
    flattest: String
  ) throws {
    let valid = texts(try list(schema), valid: true)
    for depth in [1, 2, 10, 50] {
      let start = String(repeating: opening, count: depth)
      let end = String(repeating: closing, count: depth)
      #expect(valid.contains { $0.hasPrefix(start) && $0.hasSuffix(end) }, "\(depth)")
    }
    #expect(valid.contains(flattest))
  }
}
