import Contract
import Fuzz
import JSON
import Testing

struct LeakJudgeTests {
  struct Example: CustomTestStringConvertible {
    let kind: String
    let text: String
    var signature: String { "WSP306 ask \(kind)" }
    var testDescription: String { "\(kind): \(text.prefix(40))" }

    init(_ kind: String, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  static let leaks = [
    Example("a Python stack trace", "Traceback (most recent call last):\n  x"),
    Example("a Python stack trace", #"  File "/srv/app/rooms.py", line 12, in ask"#),
    Example("a Java stack trace", "\tat com.acme.rooms.Ask.run(Ask.java:41)"),
    Example("a Java stack trace", #"Exception in thread "main" x"#),
    Example("a Java exception", "java.lang.NullPointerException: text is null"),
    Example("a JavaScript stack trace", "    at ask (/srv/app/rooms.js:10:5)"),
    Example("a JavaScript stack trace", "at file:///srv/app/rooms.mjs:10:5"),
    Example("a Go stack trace", "goroutine 18 [running]:\nmain.ask(0x1)"),
    Example("a Go panic", "runtime error: index out of range [3] with length 3"),
    Example("a Rust panic", "thread 'main' panicked at src/rooms.rs:12:9:\nx"),
    Example("a Swift trap", "Rooms/Ask.swift:12: Fatal error: Index out of range"),
    Example("a .NET stack trace", #"in C:\rooms\Ask.cs:line 12"#),
    Example("a .NET stack trace", "x\n   at Rooms.Ask.Run(String text)"),
    Example("a .NET exception", "System.NullReferenceException: x"),
    Example("a PHP stack trace", "Undefined variable in ask.php on line 12"),
    Example("a PHP stack trace", "#0 /srv/rooms/ask.php(12): run()"),
    Example("a Ruby stack trace", "rooms/ask.rb:12:in `run'"),
    Example("an Elixir stack trace", "** (Ecto.NoResultsError) x"),
    Example("an error of a database", "SQLSTATE[42000]: x"),
    Example("an error of a database", "ORA-01756: quoted string not properly terminated"),
    Example("an error of a database", "You have an error in your SQL syntax; x"),
    Example("an error of a database", #"ERROR: syntax error at or near "x""#),
    Example("an error of a database", #"near "x": syntax error"#),
    Example("an error of a database", "UNIQUE constraint failed: rooms.name"),
    Example("an error of a database", #"violates unique constraint "rooms_name""#),
    Example("an error of a database", "psycopg2.errors.UniqueViolation"),
    Example("a place in a source file", "no room (/srv/app/rooms.go:12)"),
    Example("a place in a source file", #"no room C:\srv\rooms.cpp:12"#),
  ]

  /// What people write, or write about programs.
  static let harmless = [
    "", "an error came up in line 12", "see https://example.com/help/rooms.js:12 for more",
    "the file rooms.py has 12 lines", "look at the rooms at /srv/app", "no such room: /a/b/c:12",
    "Error: the room is gone", "a constraint on rooms", "at Joe's (Main St: 12)", "syntax error",
    "rooms.Error", "12:30 at the desk. Line 4", "** (please read) **", "file:///srv/rooms",
    "com.acme.rooms.FullError", "/rooms/a.b/12:1", "relation \"x\" does not exist",
  ]

  private static func evidence(said: String, heard: String) throws -> Evidence {
    func frame(_ text: JSONValue) -> TranscriptFrame {
      TranscriptFrame(.text, payload: text.bytes())
    }
    let ask: JSONValue = ["type": "ask", "id": "1", "text": .string(said)]
    let answer: JSONValue = ["type": "answer", "id": "1", "text": .string(heard)]
    let kinds: [TranscriptEvent.Kind] = [
      .opened(TranscriptHandshake(target: "/")), .sent(frame(ask)), .received(frame(answer)),
    ]
    let events = kinds.enumerated().map { number, kind in
      TranscriptEvent(number: number, nanoseconds: Int64(number), connection: "a", kind: kind)
    }
    return Evidence(try RoomsAPI.index(), transcript: Transcript(events: events))
  }

  @Test(arguments: leaks)
  func `the inside of a program is known by its shape`(example: Example) throws {
    let evidence = try Self.evidence(said: "", heard: "sorry: \(example.text)")
    let findings = LeakJudge.findings(in: evidence, limits: JudgeLimits())
    #expect(findings.map(\.signature) == [example.signature])
  }

  @Test(arguments: leaks)
  func `what the client has said itself is no leak`(example: Example) throws {
    let evidence = try Self.evidence(said: "<\(example.text)>", heard: "> \(example.text)")
    #expect(LeakJudge.findings(in: evidence, limits: JudgeLimits()).isEmpty)
  }

  @Test(arguments: harmless)
  func `words about programs and files are no leak`(text: String) throws {
    let evidence = try Self.evidence(said: "", heard: text)
    #expect(LeakJudge.findings(in: evidence, limits: JudgeLimits()).isEmpty)
  }

  @Test func `a close reason is looked at too`() throws {
    var transcript = TranscriptText.transcript("0 a open\n1 a > {\"type\":\"count\"}")
    let closure = TranscriptClosure(
      code: 1011,
      reason: "panicked at src/rooms.rs:12:9",
      initiator: .remote,
      isClean: true
    )
    transcript.events.append(
      TranscriptEvent(number: 3, nanoseconds: 3_000_000, connection: "a", kind: .closed(closure))
    )
    let evidence = Evidence(try RoomsAPI.index(), transcript: transcript)
    let findings = LeakJudge.findings(in: evidence, limits: JudgeLimits())
    #expect(findings.map(\.signature) == ["WSP306 count a Rust panic"])
  }
}
