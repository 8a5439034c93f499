import Contract
import Fuzz
import JSON
import Session
import Testing

struct GrowthJudgeTests {
  /// Rounds of a connection with some requests each, and what the process has after each of them.
  private static func evidence(
    _ figures: [ProcessFigures],
    requests: (Int) -> Int = { _ in 2 },
    replyTime: @Sendable (Int) -> Int64 = { _ in 100_000 },
    reply: @Sendable (Int) -> String = { _ in "" }
  ) throws -> Evidence {
    var events: [TranscriptEvent] = []
    var time: Int64 = 0
    var asked = 0
    func add(_ kind: TranscriptEvent.Kind, on connection: String? = "a") {
      events.append(
        TranscriptEvent(
          number: events.count + 1,
          nanoseconds: time,
          connection: connection,
          kind: kind
        )
      )
    }
    for (round, figures) in figures.enumerated() {
      add(.opened(TranscriptHandshake(target: "/")))
      for _ in 0..<requests(round) {
        asked += 1
        let id = JSONValue.string("\(asked)")
        add(.sent(frame(["type": "ask", "id": id, "text": ""])))
        time += replyTime(asked)
        add(.received(frame(["type": "answer", "id": id, "text": .string(reply(asked))])))
      }
      add(.closed(TranscriptClosure(code: 1000, initiator: .local, isClean: true)))
      add(.note(SessionNote.figures(figures)), on: nil)
    }
    return Evidence(try RoomsAPI.index(), transcript: Transcript(events: events))
  }

  private static func frame(_ value: JSONValue) -> TranscriptFrame {
    TranscriptFrame(.text, payload: value.bytes())
  }

  private static func signatures(_ evidence: Evidence) -> [String] {
    Judges.findings(in: evidence, limits: JudgeLimits()).map(\.signature)
  }

  private static let mebibyte = 1_048_576

  struct Example: CustomTestStringConvertible {
    let why: String
    let signatures: [String]
    let figures: [ProcessFigures]
    var testDescription: String { why }
  }

  static let examples = [
    Example(
      why: "nothing grows",
      signatures: [],
      figures: (0..<6).map { _ in ProcessFigures(descriptors: 9, threads: 3, memoryBytes: 1) }
    ),
    Example(
      why: "a descriptor for each connection",
      signatures: ["WSP702 opening"],
      figures: (0..<6).map { ProcessFigures(descriptors: 9 + $0) }
    ),
    Example(
      why: "a descriptor for each request",
      signatures: ["WSP702 ask"],
      figures: (0..<6).map { ProcessFigures(descriptors: 9 + 2 * $0) }
    ),
    Example(
      why: "a thread for each connection",
      signatures: ["WSP703 opening"],
      figures: (0..<6).map { ProcessFigures(threads: 2 + $0) }
    ),
    Example(
      why: "64 KiB for each request",
      signatures: ["WSP701 ask"],
      figures: (0..<6).map { ProcessFigures(memoryBytes: mebibyte + $0 * 131_072) }
    ),
    Example(
      why: "a pool that is full after three rounds",
      signatures: [],
      figures: [5, 8, 10, 12, 12, 12].map { ProcessFigures(descriptors: $0) }
    ),
    Example(
      why: "a cache that fills ever more slowly",
      signatures: [],
      figures: [0, 4, 7, 8, 8, 8].map { ProcessFigures(memoryBytes: $0 * mebibyte) }
    ),
    Example(
      why: "memory about as large as what was sent",
      signatures: [],
      figures: (0..<6).map { ProcessFigures(memoryBytes: mebibyte + $0 * 400) }
    ),
    Example(
      why: "too few rounds",
      signatures: [],
      figures: (0..<4).map { ProcessFigures(descriptors: 9 + $0) }
    ),
  ]

  @Test(arguments: examples)
  func `what goes on growing with each round is told, what comes to rest is not`(
    example: Example
  ) throws {
    #expect(try Self.signatures(Self.evidence(example.figures)) == example.signatures)
  }

  @Test func `rounds that are not alike say nothing`() throws {
    let figures = (0..<6).map { ProcessFigures(descriptors: 9 + $0) }
    let evidence = try Self.evidence(figures, requests: { $0 == 3 ? 3 : 2 })
    #expect(Self.signatures(evidence).isEmpty)
  }

  static let slower = "WSP704 ask"

  @Test func `replies that take longer with each request are told`() throws {
    let evidence = try Self.evidence(
      [ProcessFigures()],
      requests: { _ in 48 },
      replyTime: { 100_000 * Int64($0) }
    )
    #expect(Self.signatures(evidence) == [Self.slower])
  }

  struct Innocent: CustomTestStringConvertible {
    let why: String
    var requests = 48
    var replyTime: @Sendable (Int) -> Int64 = { 100_000 * Int64($0) }
    var reply: @Sendable (Int) -> String = { _ in "" }
    var testDescription: String { why }
  }

  static let innocent = [
    Innocent(why: "they always take long", replyTime: { _ in 5_000_000 }),
    Innocent(
      why: "a step up is a limit, no growth",
      replyTime: { $0 < 24 ? 100_000 : 9_000_000 }
    ),
    Innocent(why: "they are short all the same", replyTime: { 1_000 * Int64($0) }),
    Innocent(why: "they say more each time", reply: { String(repeating: "x", count: $0) }),
    Innocent(why: "there are few of them", requests: 30),
  ]

  @Test(arguments: innocent)
  func `replies that take long for another reason are not told`(example: Innocent) throws {
    let evidence = try Self.evidence(
      [ProcessFigures()],
      requests: { _ in example.requests },
      replyTime: example.replyTime,
      reply: example.reply
    )
    #expect(Self.signatures(evidence).filter { $0.hasPrefix("WSP704") }.isEmpty)
  }
}
