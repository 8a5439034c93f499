import JSON
import TestSupport
import Testing

/// The commands as they are typed: what they print, where, and how they end.
struct CommandLineTests {
  static let spec = Fixtures.path("chat/asyncapi.yml")

  struct Example: CustomTestStringConvertible {
    let arguments: [String]
    let exitCode: Int32
    let problem: String
    var testDescription: String { "wspact " + arguments.joined(separator: " ") }
  }

  static let badInput = [
    Example(
      arguments: ["verify", "nowhere", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "nowhere:1:1: error: there is no such file or folder"
    ),
    Example(
      arguments: ["verify", "empty", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "error: nothing was verified: there is no contract in empty"
    ),
    Example(
      arguments: ["verify", "cut.json", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "cut.json:1:"
    ),
    Example(
      arguments: ["verify", "v3.json", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "error: of version '3.0.0' only contracts with 'messages' are read; 4.0 has all"
    ),
    Example(
      arguments: ["verify", "ping.json", "--provider-url", "ws://127.0.0.1:1/ws"],
      exitCode: 2,
      problem: "refused"
    ),
    Example(
      arguments: ["verify", "ping.json", "--provider-cmd", "exit 3"],
      exitCode: 2,
      problem: "before it was ready"
    ),
    Example(
      arguments: ["verify", "ping.json", "--provider-url", "http://127.0.0.1:1/ws"],
      exitCode: 2,
      problem: "ws://"
    ),
    Example(
      arguments: ["verify", "ping.json"],
      exitCode: 64,
      problem: "name the provider with --provider-url or --provider-cmd"
    ),
    Example(
      arguments: ["fuzz", "--spec", "cut.yml", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "cut.yml:"
    ),
    Example(
      arguments: ["fuzz", "--spec", "none.yml", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "none.yml:1:1: error:"
    ),
    Example(
      arguments: ["fuzz", "--spec", "listening.yml", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "no operation lets a client send a message"
    ),
    Example(
      arguments: [
        "fuzz", "--spec", "listening.yml", "--provider-url", "ws://127.0.0.1:1/",
        "--max-steps", "0",
      ],
      exitCode: 64,
      problem: "--max-steps is 0; it has to be at least 1"
    ),
    Example(
      arguments: ["explain", "missing-repl"],
      exitCode: 2,
      problem: "there is no rule 'missing-repl'; did you mean 'missing-reply'?"
    ),
    Example(
      arguments: [
        "fuzz", "--spec", spec, "--provider-url", "ws://127.0.0.1:1/", "--baseline", "n",
      ],
      exitCode: 2,
      problem: "error: cannot read 'n'"
    ),
    Example(
      arguments: ["replay", "ping.json", "--provider-url", "ws://127.0.0.1:1/"],
      exitCode: 2,
      problem: "ping.json:"
    ),
    Example(
      arguments: [
        "capture", "--spec", spec, "--consumer", "c", "--provider", "p", "--output",
        "out.json", "--mock", "--", "false",
      ],
      exitCode: 2,
      problem: "the consumer 'false' ended with"
    ),
    Example(
      arguments: [
        "capture", "--spec", spec, "--consumer", "c", "--provider", "p", "--output",
        "out.json", "--mock", "--", "true",
      ],
      exitCode: 2,
      problem: "the consumer never connected"
    ),
    Example(
      arguments: [
        "capture", "--spec", spec, "--consumer", "c", "--provider", "p", "--output",
        "out.json", "--mock",
      ],
      exitCode: 64,
      problem: "name one consumer"
    ),
  ]

  static let files = [
    "cut.json": #"{"consumer": {"name": "a"}, "interact"#,
    "v3.json": #"""
    {"consumer": {"name": "a"}, "provider": {"name": "b"}, "interactions": [],
     "metadata": {"pactSpecification": {"version": "3.0.0"}}}
    """#,
    "ping.json": #"""
    {"consumer": {"name": "a"}, "provider": {"name": "b"},
     "interactions": [{"type": "Synchronous/Messages", "description": "ping",
       "request": {"contents": {"content": {"type": "ping"}, "contentType": "application/json",
         "encoded": false}},
       "response": [{"contents": {"content": {"type": "pong"},
         "contentType": "application/json", "encoded": false}}]}],
     "metadata": {"pactSpecification": {"version": "4.0"}}}
    """#,
    "cut.yml": "asyncapi: 3.0.0\ninfo: {title: x",
    "listening.yml": """
    asyncapi: 3.0.0
    info: {title: Listening, version: '1'}
    channels:
      news:
        address: /
        messages:
          item: {payload: {type: object, properties: {type: {const: item}}}}
    operations:
      say: {action: send, channel: {$ref: '#/channels/news'}}
    """,
    "empty/notes.txt": "no contract",
  ]

  static func write(_ files: [String: String], to folder: String) throws {
    for (name, text) in files { try TestFile.write(text, to: "\(folder)/\(name)") }
  }

  @Test(arguments: badInput)
  func `bad input is told in a sentence on standard error, with its own exit code`(
    example: Example
  ) async throws {
    try await withTemporaryFolder { folder in
      try Self.write(Self.files, to: folder)
      let run = try await ProgramRun.of("wspact", example.arguments, in: folder)
      #expect(run.exitCode == example.exitCode)
      #expect(run.problems.contains(example.problem), "\(run.problems)")
      #expect(run.output.isEmpty)
    }
  }

  @Test(arguments: [("WSP201", "WSP201 missing-reply"), ("late-reply", "WSP"), ("", "WSP201 ")])
  func `a rule is explained, or all are listed`(rule: String, text: String) async throws {
    let run = try await ProgramRun.of("wspact", ["explain"] + (rule.isEmpty ? [] : [rule]), in: "/")
    #expect(run.exitCode == 0)
    #expect(run.output.contains(text))
    #expect(run.problems.isEmpty)
  }

  @Test func `what would be sent is shown without a provider, the same for the same seed`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let arguments = ["fuzz", "--spec", Self.spec, "--dry-run", "--cases", "3", "--seed", "4"]
      let run = try await ProgramRun.of("wspact", arguments, in: folder)
      #expect(run.exitCode == 0, "\(run.problems)")
      let cases = run.output.split(separator: "\n").filter { $0.hasPrefix("case ") }
      #expect(cases == ["case 1 (examples)", "case 2 (coverage)", "case 3 (coverage)"])
      #expect(run.output.contains("\n  c1 "))
      #expect(try await ProgramRun.of("wspact", arguments, in: folder).output == run.output)
    }
  }

  @Test(arguments: ["capture", "verify", "fuzz", "replay", "explain", "ping", "connect"])
  func `each command has a help page that says how it ends`(command: String) async throws {
    let run = try await ProgramRun.of("wspact", [command, "--help"], in: "/")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("Exits with 0"))
    expectSnapshot(run.output, named: "\(command).help.txt")
  }
}
