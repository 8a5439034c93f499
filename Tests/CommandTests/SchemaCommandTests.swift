import JSON
import TestSupport
import Testing

/// `wspact schema`: what it prints, where, and how it ends.
struct SchemaCommandTests {
  static let files = [
    "person.json": """
    {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": "Person",
      "type": "object",
      "required": ["name"],
      "properties": {
        "name": {"type": "string", "minLength": 1},
        "age": {"$ref": "types.yml#/$defs/age"}
      },
      "additionalProperties": false
    }
    """,
    "types.yml": """
    $defs:
      age: {type: integer, minimum: 18}
      wrong: {type: number}
    """,
    "unsound.json": """
    {"type": "strng",
     "properties": {"a": {"$ref": "#/$defs/usr"}},
     "$defs": {"user": {"pattern": "(a"}}}
    """,
    "doubtful.json": """
    {"requird": ["a"],
     "properties": {"mail": {"format": "e-mail"}, "pair": {"$recursiveRef": "#"}},
     "x-note": 1, "$defs": {"ünused": {"prefixItem": []}}}
    """,
    "empty.json": #"{"type": "string", "minLength": 3, "maxLength": 2}"#,
    "ann.json": #"{"name": "Ann", "age": 30}"#,
    "twice.json": "{\"name\": \"A\",\n \"n\\u0061me\": \"B\"}",
    "bob.yml": "name: Bob\nage: 17\nnick: b\n",
    "people.jsonl": """
    {"name": "Ann", "age": 30}

    {"name": "", "nmae": "x"}
    {"name": "Cem", "age": }
    {"name": "ü", "age": "17"}
    """,
  ]

  struct Example: CustomTestStringConvertible {
    var arguments: [String]
    var exitCode: Int32 = 0
    var output = ""
    var problems = ""
    var testDescription: String { "wspact schema " + arguments.joined(separator: " ") }
  }

  static let checks = [
    Example(
      arguments: ["check", "person.json", "types.yml", "--ref", "types.yml"],
      output: "person.json: sound, draft 7\ntypes.yml: sound, draft 2020-12\n"
    ),
    Example(
      arguments: ["check", "person.json"],
      exitCode: 1,
      output: "person.json:8:21: error: 'types.yml#/$defs/age' leads to '"
    ),
    Example(
      arguments: ["check", "person.json", "--draft", "4", "--ref", "types.yml"],
      output: "person.json: sound, draft 7\n"
    ),
    Example(
      arguments: ["check", "unsound.json"],
      exitCode: 1,
      output: """
        unsound.json:1:10: error: unknown type 'strng'; did you mean 'string'?
        unsound.json:2:31: error: '#/$defs/usr' points at nothing; did you mean '#/$defs/user'?
        unsound.json:3:32: error: invalid regular expression '(a': at offset 0: '(' is never closed

        """
    ),
    Example(
      arguments: ["check", "doubtful.json"],
      output: """
        doubtful.json:1:13: warning: unknown keyword 'requird' does nothing; did you mean 'required'?
        doubtful.json:2:36: warning: unknown format 'e-mail' rejects nothing; did you mean 'email'?
        doubtful.json:2:73: warning: '$recursiveRef' does nothing in draft 2020-12; its last draft was draft 2019-09
        doubtful.json:3:50: warning: unknown keyword 'prefixItem' does nothing; did you mean 'prefixItems'?
        doubtful.json: sound, draft 2020-12

        """
    ),
    Example(
      arguments: ["check", "doubtful.json", "--strict"],
      exitCode: 1,
      output: "doubtful.json:1:13: warning:"
    ),
    Example(
      arguments: ["check", "empty.json"],
      output: "empty.json:1:1: warning: no value was found that satisfies the schema: "
    ),
    Example(
      arguments: ["check", "nowhere.json", "unsound.json"],
      exitCode: 2,
      output: "unsound.json:1:10: error:",
      problems: "nowhere.json:1:1: error: there is no such file\n"
    ),
    Example(arguments: ["check"], exitCode: 64, problems: "schemas"),
  ]

  static let validations = [
    Example(
      arguments: ["validate", "person.json", "ann.json", "--ref", "types.yml"],
      output: "1 value valid\n"
    ),
    Example(
      arguments: ["validate", "person.json", "bob.yml", "--ref", "types.yml"],
      exitCode: 1,
      output: """
        bob.yml:2:6: error: /age: expected an integer of at least 18, found 17
          types.yml:2:33: note: by /$defs/age/minimum
        bob.yml:3:7: error: /nick: unexpected property 'nick'; known are 'name' and 'age'
          person.json:10:27: note: by /additionalProperties
        1 of 1 value is not valid, 2 errors

        """
    ),
    Example(
      arguments: ["validate", "person.json", "people.jsonl", "--ref", "types.yml"],
      exitCode: 1,
      output: """
        people.jsonl:3:10: error: /name: expected a string of at least 1 character, found "" with 0
          person.json:7:45: note: by /properties/name/minLength
        people.jsonl:3:22: error: /nmae: unexpected property 'nmae'; did you mean 'name'?
          person.json:10:27: note: by /additionalProperties
        people.jsonl:4:24: error: found '}', expected a value
        people.jsonl:5:22: error: /age: expected an integer, found "17"; did you mean 17 without quotes?
          types.yml:2:15: note: by /$defs/age/type
        3 of 4 values are not valid, 4 errors

        """
    ),
    Example(
      arguments: ["validate", "types.yml#/$defs/age", "ann.json"],
      exitCode: 1,
      output:
        "ann.json:1:1: error: the value: expected an integer, found an object of 2 properties"
    ),
    Example(
      arguments: ["validate", "person.json", "ann.json", "--ref", "types.yml", "--annotations"],
      output: "ann.json:1:1: note: the value: title \"Person\"\n1 value valid\n"
    ),
    Example(
      arguments: ["validate", "person.json", "twice.json", "--ref", "types.yml"],
      output: """
        twice.json:2:2: warning: the name 'name' stands again, after line 1, column 2; programs differ \
        in which value they take
        1 value valid

        """
    ),
    Example(
      arguments: ["validate", "person.json", "none.json", "--ref", "types.yml"],
      exitCode: 2,
      problems: "none.json:1:1: error: there is no such file\n"
    ),
    Example(
      arguments: ["validate", "unsound.json", "ann.json"],
      exitCode: 2,
      problems: "unsound.json:1:10: error: unknown type 'strng'"
    ),
    Example(
      arguments: ["validate", "person.json", "ann.json", "--max-errors", "0"],
      exitCode: 64,
      problems: "--max-errors is 0; it has to be at least 1"
    ),
  ]

  static let generations = [
    Example(
      arguments: ["generate", "types.yml#/$defs/age", "--coverage", "--count", "2"],
      output: "\n"
    ),
    Example(
      arguments: ["generate", "empty.json", "--seed", "1"],
      exitCode: 1,
      problems: "empty.json:1:1: error: no value satisfies the schema: "
    ),
    Example(
      arguments: ["generate", "unsound.json", "--seed", "1"],
      exitCode: 2,
      problems: "unsound.json:1:10: error:"
    ),
    Example(
      arguments: ["generate", "empty.json", "--seed", "1", "--coverage"],
      exitCode: 64,
      problems: "leave --seed out"
    ),
  ]

  @Test(arguments: checks + validations + generations)
  func `schemas and data are judged with places`(example: Example) async throws {
    let run = try await Self.run(example.arguments)
    #expect(run.exitCode == example.exitCode, "\(run.problems)")
    let isWhole = example.output.hasSuffix("\n") && example.output != "\n"
    #expect(isWhole ? run.output == example.output : run.output.contains(example.output))
    #expect(run.problems.contains(example.problems))
  }

  @Test func `reports are JSON on demand`() async throws {
    let run = try await Self.run([
      "validate", "person.json", "bob.yml", "--ref", "types.yml", "--format", "json",
    ])
    let report = try JSONValue.parse(run.output)
    #expect(report["valid"] == false)
    #expect(report["invalid"] == 1)
    let error = try #require(report["errors"]?[0])
    #expect(error["file"] == "bob.yml")
    #expect(error["line"] == 2)
    #expect(error["column"] == 6)
    #expect(error["instance"] == "/age")
    #expect(error["keyword"] == "minimum")
    #expect(error["expected"] == "an integer of at least 18")
    #expect(error["actual"] == "17")
    #expect(error["schema"]?["pointer"] == "/$defs/age/minimum")
    #expect(error["schema"]?["line"] == 2)
    let check = try JSONValue.parse(
      try await Self.run(["check", "unsound.json", "--format", "json"]).output
    )
    #expect(check[0]?["sound"] == false)
    #expect(check[0]?["diagnostics"]?[0]?["column"] == 10)
  }

  @Test func `generated values are what they are said to be, and the same for a seed`() async throws
  {
    let schema = Fixtures.path("schemas/messages.schema.json")
    for (flags, isValid) in [([], true), (["--invalid"], false)] {
      let arguments = ["generate", schema, "--seed", "7", "--count", "40"] + flags
      let first = try await Self.run(arguments)
      let second = try await Self.run(arguments)
      #expect(first.exitCode == 0)
      #expect(first.output == second.output)
      #expect(first.output.split(separator: "\n").count == 40)
      let judged = try await Self.run(["validate", schema, "made.jsonl"], made: first.output)
      #expect(judged.exitCode == (isValid ? 0 : 1))
      #expect(judged.output.contains(isValid ? "40 values valid" : "40 of 40 values are not valid"))
    }
    let explained = try await Self.run([
      "generate", schema, "--seed", "7", "--count", "1", "--invalid", "--explain",
    ])
    let line = try JSONValue.parse(explained.output)
    #expect(line["valid"] == false)
    #expect(line["instance"]?.stringValue != nil)
    #expect(line["schema"]?["line"]?.numberValue != nil)
    #expect(line["value"] != nil)
  }

  @Test(arguments: ["check", "validate", "generate"])
  func `each command has a help page that says how it ends`(command: String) async throws {
    let run = try await ProgramRun.of("wspact", ["schema", command, "--help"], in: "/")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("Exits with 0"))
    expectSnapshot(run.output, named: "schema-\(command).help.txt")
  }

  /// Runs a command in a folder with the files above, and one more.
  private static func run(_ arguments: [String], made: String? = nil) async throws -> ProgramRun {
    try await withTemporaryFolder { folder in
      for (name, text) in files { try TestFile.write(text, to: "\(folder)/\(name)") }
      if let made { try TestFile.write(made, to: "\(folder)/made.jsonl") }
      return try await ProgramRun.of("wspact", ["schema"] + arguments, in: folder)
    }
  }
}
