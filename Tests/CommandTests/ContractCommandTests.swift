import Foundation
import TestSupport
import Testing

/// The `wspact contract` commands, and captures of recorded traffic.
struct ContractCommandTests {
  private static func contract(_ content: String, rule: String = "$.n") -> String {
    """
    {"consumer": {"name": "a"}, "provider": {"name": "b"},
     "interactions": [{"type": "Asynchronous/Messages", "description": "news",
       "contents": {"content": \(content), "contentType": "application/json", "encoded": false},
       "matchingRules": {"body": {"\(rule)": {"matchers": [{"match": "integer"}]}}}}],
     "metadata": {"pactSpecification": {"version": "4.0"}}}
    """
  }

  private static let files = [
    "one.json": contract(#"{"n": 1}"#), "two.json": contract(#"{"n": 2}"#),
    "odd.json": contract(#"{"n": 1}"#, rule: "$.m"), "cut.json": #"{"consumer": {"#,
    "bad.json": contract(#"{"n": 1}"#, rule: "$..n"),
    "in.jsonl": """
    {"number":1,"nanoseconds":0,"connection":"c","opened":{"target":"/feed","status":101}}
    {"number":2,"nanoseconds":1,"connection":"c","sent":{"opcode":"text","text":\
    "{\\"op\\":\\"enter\\",\\"id\\":1,\\"password\\":\\"hunter2\\"}"}}
    {"number":3,"nanoseconds":2,"connection":"c","received":{"opcode":"text","text":\
    "{\\"op\\":\\"entered\\",\\"id\\":1}"}}

    """,
  ]

  struct Example: CustomTestStringConvertible {
    let arguments: [String]
    let exitCode: Int32
    var output = ""
    var problem = ""
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let examples = [
    Example(
      arguments: ["lint", "one.json"],
      exitCode: 0,
      problem: "0 problems in 1 interaction of"
    ),
    Example(
      arguments: ["lint", "odd.json"],
      exitCode: 1,
      output: "odd.json:4:31: warning: the rule on '$.m' fits nothing in the example [unused-rule]"
    ),
    // Problems of all files are told in one run.
    Example(
      arguments: ["lint", "cut.json", "bad.json"],
      exitCode: 2,
      problem: "bad.json:4:31: error:"
    ),
    Example(arguments: ["lint", "cut.json", "bad.json"], exitCode: 2, problem: "cut.json:1:"),
    Example(
      arguments: ["show", "one.json"],
      exitCode: 0,
      output: "a relies on b: 1 interaction\n"
    ),
    Example(arguments: ["diff", "one.json", "one.json"], exitCode: 0),
    Example(arguments: ["diff", "one.json", "two.json"], exitCode: 1, output: "~ news\n"),
    Example(
      arguments: ["merge", "one.json", "two.json", "--output", "out.json"],
      exitCode: 2,
      problem: "two.json:2:19: error: 'news' is another interaction at one.json:2:19"
    ),
    Example(arguments: ["merge", "one.json", "one.json"], exitCode: 0, output: "\"news\""),
    Example(arguments: ["portable", "one.json"], exitCode: 0, output: "\"news\""),
  ]

  @Test(arguments: examples)
  func `a contract command says what it found, with its exit code`(example: Example) async throws {
    try await withTemporaryFolder { folder in
      try CommandLineTests.write(Self.files, to: folder)
      let run = try await ProgramRun.of("wspact", ["contract"] + example.arguments, in: folder)
      #expect(run.exitCode == example.exitCode, "\(run.problems)")
      #expect(example.output.isEmpty || run.output.contains(example.output), "\(run.output)")
      #expect(example.problem.isEmpty || run.problems.contains(example.problem), "\(run.problems)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/out.json"))
    }
  }

  @Test func `contracts that are cut off are all told in one run, each with its place`()
    async throws
  {
    let whole = Array(Self.contract(#"{"n": 1, "text": "Aé\ud83d\ude00", "is": null}"#).utf8)
    let counts = Array(stride(from: 1, to: whole.count, by: 5))
    try await withTemporaryFolder { folder in
      for count in counts {
        try Data(whole[..<count]).write(to: URL(filePath: folder + "/cut-\(count).json"))
      }
      let run = try await ProgramRun.of("wspact", ["contract", "lint", "."], in: folder)
      #expect(run.exitCode == 2)
      let lines = run.problems.split(separator: "\n")
      for count in counts {
        let own = lines.filter { $0.contains("cut-\(count).json:") }
        let found = own.first.map(String.init) ?? ""
        #expect(own.count == 1, "after \(count) bytes: \(own)")
        #expect(found.contains(#/json:\d+:\d+: error: the file is cut off: /#), "\(found)")
      }
    }
  }

  @Test func `recorded traffic becomes a document and a contract, once`() async throws {
    try await withTemporaryFolder { folder in
      try CommandLineTests.write(Self.files, to: folder)
      let arguments = [
        "capture", "--from-transcript", "in.jsonl", "--infer", "api.yml", "--consumer", "web",
        "--provider", "gate", "--output", "c.json", "--portable", "p.json",
      ]
      let run = try await ProgramRun.of("wspact", arguments, in: folder)
      #expect(run.exitCode == 0, "\(run.problems)")
      #expect(run.output.contains("'/password' of enter looks like a secret and is masked"))
      for name in ["api.yml", "c.json", "p.json"] {
        let data = try #require(FileManager.default.contents(atPath: folder + "/" + name))
        #expect(!String(decoding: data, as: UTF8.self).contains("hunter2"))
      }
      let again = try await ProgramRun.of("wspact", arguments, in: folder)
      #expect(again.exitCode == 2)
      #expect(again.problems.contains("api.yml is there already"))
      let lint = ["contract", "lint", "c.json", "p.json", "--spec", "api.yml"]
      #expect(try await ProgramRun.of("wspact", lint, in: folder).exitCode == 0)
    }
  }

  @Test func `what a consumer says becomes a document and a contract that the provider keeps`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let spec = Fixtures.path("chat/asyncapi.yml")
      let provider = ["--provider-cmd", "wspact-provider chat --port 0 --spec \(spec)"]
      let capture = [
        "capture", "--infer", "api.yml", "--consumer", "web", "--provider", "chat",
        "--output", "c.json",
      ]
      let run = try await ProgramRun.of(
        "wspact",
        capture + provider + ["--", "wspact-consumer", "chat"],
        in: folder
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      #expect(run.problems.contains("document written to api.yml"))
      let text = try String(contentsOfFile: folder + "/api.yml", encoding: .utf8)
      #expect(text.contains("send_message") && text.contains("stream_chunk"))
      let verify = ["verify", "c.json"] + provider
      #expect(try await ProgramRun.of("wspact", verify, in: folder).exitCode == 0)
    }
  }
}
