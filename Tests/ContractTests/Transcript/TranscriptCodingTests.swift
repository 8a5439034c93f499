import Contract
import JSON
import Testing

struct TranscriptCodingTests {
  static let kinds: [TranscriptEvent.Kind] = [
    .opened(TranscriptHandshake(target: "/ws?token=a", subprotocol: "chat.v1")),
    .opened(TranscriptHandshake(target: "/ws", status: 101)),
    .refused(status: 403, reason: "forbidden"),
    .refused(status: nil, reason: "nothing listens"),
    .sent(TranscriptFrame(.text, payload: Array(#"{"a":"é"}"#.utf8))),
    .sent(TranscriptFrame(.text, payload: [0xFF, 0xFE], isFinal: false)),
    .sent(TranscriptFrame(.continuation, payload: [0x41])),
    .sent(TranscriptFrame(.raw, payload: [0x41])),
    .received(TranscriptFrame(.binary, payload: [0x41, 0x42])),
    .received(TranscriptFrame(.close, payload: [3, 0xE8])),
    .received(TranscriptFrame(.ping, payload: [])),
    .received(TranscriptFrame(.pong, payload: [0])),
    .received(TranscriptFrame(.reserved, payload: [1])),
    .closed(TranscriptClosure(code: 1000, reason: "bye", initiator: .remote, isClean: true)),
    .closed(TranscriptClosure(code: nil, initiator: .nobody, isClean: false, problem: "reset")),
    .providerState(action: "setup", name: "no threads exist", failure: nil),
    .providerState(action: "teardown", name: "x", failure: "404"),
    .providerStarted(processID: 42),
    .providerExited(code: 1, signal: nil),
    .providerExited(code: nil, signal: 9),
    .stalled(nanoseconds: 5_000_000),
    .missed("thread_history"),
    .note("a\nb"),
  ]

  static let transcript = Transcript(
    events: kinds.enumerated().map { index, kind in
      TranscriptEvent(
        number: index + 1,
        nanoseconds: Int64(index) * 1_000_003,
        connection: index.isMultiple(of: 3) ? nil : "main",
        step: index.isMultiple(of: 4) ? nil : index,
        kind: kind
      )
    }
  )

  @Test func `every kind of event comes back`() throws {
    let read = try Transcript.read(Self.transcript.jsonLines, file: "t.jsonl")
    #expect(read.transcript == Self.transcript)
    #expect(!read.isTorn)
    #expect(read.diagnostics.isEmpty)
  }

  @Test func `an event is one line with its members in a fixed order`() {
    let event = TranscriptEvent(
      number: 3,
      nanoseconds: 1_204_400,
      connection: "main",
      step: 2,
      kind: .sent(TranscriptFrame(.text, payload: Array(#"{"type":"ping"}"#.utf8)))
    )
    let expected =
      #"{"number":3,"nanoseconds":1204400,"connection":"main","step":2,"#
      + #""sent":{"opcode":"text","text":"{\"type\":\"ping\"}"}}"# + "\n"
    #expect(String(decoding: event.jsonLine, as: UTF8.self) == expected)
  }

  @Test func `frames that came in any bytes come back`() throws {
    var generator = ValueGenerator(seed: 5)
    let events = (1...300).map { number in
      let opcode = generator.pick(TranscriptFrame.Opcode.allCases)
      let payload = generator.chance(50) ? generator.bytes() : Array(generator.text().utf8)
      let frame = TranscriptFrame(opcode, payload: payload, isFinal: generator.chance(50))
      return TranscriptEvent(
        number: number,
        nanoseconds: Int64(generator.number(0...Int.max)),
        connection: generator.optional { $0.text() },
        step: generator.optional { $0.number(1...30) },
        kind: generator.chance(50) ? .sent(frame) : .received(frame)
      )
    }
    let transcript = Transcript(events: events)
    #expect(try Transcript.read(transcript.jsonLines, file: "t.jsonl").transcript == transcript)
  }

  @Test func `a transcript cut off anywhere keeps every whole line`() throws {
    let whole = Transcript(events: Array(Self.transcript.events.prefix(5))).jsonLines
    for length in 0..<whole.count {
      let read = try Transcript.read(Array(whole[..<length]), file: "t.jsonl")
      let lines = whole[..<length].count { $0 == UInt8(ascii: "\n") }
      // Where only the line break is missing, the event is whole.
      let isWhole = whole[length] == UInt8(ascii: "\n")
      #expect(read.transcript.events.count == lines + (isWhole ? 1 : 0))
      let endsInLine = length > 0 && whole[length - 1] != UInt8(ascii: "\n")
      #expect(read.isTorn == (endsInLine && !isWhole))
    }
  }

  @Test func `a torn line is told with its place`() throws {
    let lines = Transcript(events: Array(Self.transcript.events.prefix(2))).jsonLines
    let read = try Transcript.read(Array(lines.dropLast(20)), file: "t.jsonl")
    #expect(read.isTorn)
    #expect(
      read.diagnostics.map(\.description) == [
        "t.jsonl:2:1: warning: the last line is cut off after 83 bytes and is left out"
      ]
    )
  }

  @Test func `empty lines at the end may hide that the line before them is torn`() throws {
    let lines = Transcript(events: Array(Self.transcript.events.prefix(2))).jsonLines
    let filler = Array(repeating: UInt8(ascii: "\n"), count: 100)
    let torn = try Transcript.read(Array(lines.dropLast(20)) + filler, file: "t.jsonl")
    #expect(torn.isTorn && torn.transcript.events.count == 1)
    let whole = try Transcript.read(lines + filler, file: "t.jsonl")
    #expect(!whole.isTorn && whole.transcript.events.count == 2)
    #expect(whole.diagnostics.isEmpty)
    // One line break alone ends a line that was meant to be whole.
    #expect(throws: DiagnosticsError.self) {
      try Transcript.read(Array(lines.dropLast(20)) + [UInt8(ascii: "\n")], file: "t.jsonl")
    }
  }

  @Test func `lines that are no events are told with their places, all at once`() {
    let text = """
      {"number":1,"nanoseconds":0,"note":"a"}
      {"number":2,"nanoseconds":0,"note":}
      {"number":3,"nanoseconds":0}
      {"number":4,"nanoseconds":-1,"recieved":{},"note":1}
      {"number":5,"nanoseconds":0,"sent":{"opcode":"txt","text":"a"}}

      [1]

      """
    let error = #expect(throws: DiagnosticsError.self) {
      try Transcript.read(Array(text.utf8), file: "t.jsonl")
    }
    let problems = error?.diagnostics.filter { $0.severity == .error }.map(\.description)
    #expect(
      problems == [
        "t.jsonl:2:36: error: found '}', expected a value",
        "t.jsonl:3:1: error: an event has one of 'opened', 'refused', 'sent', 'received', 'closed', 'providerState', 'providerStarted', 'providerExited', 'stalled', 'missed' or 'note'; found none",
        "t.jsonl:4:27: error: 'nanoseconds' must be a whole number of at least 0, found -1",
        "t.jsonl:4:30: error: an event has no member 'recieved'; did you mean 'received'?",
        "t.jsonl:5:46: error: 'opcode' is 'txt'; did you mean 'text'?",
        "t.jsonl:7:1: error: 'the document' must be a mapping, found a list",
      ]
    )
  }

  @Test func `missing events are remarked`() throws {
    let text = """
      {"number":1,"nanoseconds":0,"note":"a"}
      {"number":3,"nanoseconds":0,"note":"b"}

      """
    let read = try Transcript.read(Array(text.utf8), file: "t.jsonl")
    #expect(
      read.diagnostics.map(\.description) == [
        "t.jsonl:2:1: warning: event 3 where 2 was expected; events are missing or out of order"
      ]
    )
  }
}
