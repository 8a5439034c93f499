import Contract
import JSON
import Session
import TestSupport
import Testing
import WebSocket

/// Scenarios that misbehave, against our own server.
@Suite(.timeLimit(.minutes(1)))
struct WireScenarioTests {
  struct Example: CustomTestStringConvertible {
    let why: String
    let steps: String
    var testDescription: String { why }
  }

  /// Each plays to its end only when the server does what RFC 6455 asks for.
  static let examples = [
    Example(
      why: "a reserved bit without an extension (5.2)",
      steps: """
        - frame: {opcode: text, rsv1: true, text: hello}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a reserved opcode (5.2)",
      steps: """
        - frame: {opcode: 3, text: hello}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a frame without a mask (5.1)",
      steps: """
        - frame: {opcode: text, mask: none, text: hello}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a mask of choice, also one that changes nothing (5.3)",
      steps: """
        - frame: {opcode: text, mask: "00000000", json: {type: a}}
        - expect: {values: {/type: a}}
        """
    ),
    Example(
      why: "a length that is too small (5.2)",
      steps: """
        - frame: {opcode: text, text: hello, length: 2}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a length that is too large, and then the end of the stream (7.1.4)",
      steps: """
        - frame: {opcode: text, text: hello, length: 100}
        - halfClose: main
        - expectClose: {code: 1006}
        """
    ),
    Example(
      why: "a length that is not in its shortest form (5.2)",
      steps: """
        - frame: {opcode: text, text: hello, lengthBits: 16}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a length with its highest bit set (5.2)",
      steps: """
        - frame: {opcode: binary, length: 9223372036854775808, upTo: 14}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a length above the server's limit (10.4)",
      steps: """
        - frame: {opcode: binary, length: 2000000, upTo: 14}
        - expectClose: {code: 1009}
        """
    ),
    Example(
      why: "a control frame in parts (5.4)",
      steps: """
        - frame: {opcode: ping, fin: false}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a control frame of 126 bytes (5.5)",
      steps: """
        - frame: {opcode: ping, text: "\(String(repeating: "x", count: 126))"}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "text that is no UTF-8, before its message is complete (8.1)",
      steps: """
        - frame: {opcode: text, fin: false, hex: 68 c3 28}
        - expectClose: {code: 1007}
        """
    ),
    Example(
      why: "a message divided within a letter (5.4)",
      steps: """
        - send: {json: {type: grüße}, fragmentAt: [1, 12, 12]}
        - expect: {values: {/type: grüße}}
        """
    ),
    Example(
      why: "a frame in writes of one byte (5.2: nothing says how frames reach the socket)",
      steps: """
        - bytes: {hex: 81 82 00 00 00 00 37 37, splitAt: [1, 2, 3, 4, 5, 6, 7], pause: 1ms}
        - expect: {values: {"": 77}}
        """
    ),
    Example(
      why: "a continuation of nothing (5.4)",
      steps: """
        - frame: {opcode: continuation, text: hello}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a message within a message (5.4)",
      steps: """
        - frame: {opcode: text, fin: false, text: hel}
        - frame: {opcode: text, text: hello}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a ping within a message (5.5)",
      steps: """
        - frame: {opcode: text, fin: false, text: '{"a"'}
        - ping: main
        - frame: {opcode: continuation, text: ':1}'}
        - expect: {values: {/a: 1}}
        """
    ),
    Example(
      why: "a close frame with a code that may not be sent (7.4.1)",
      steps: """
        - frame: {opcode: close, hex: 03ed}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a close frame of one byte (5.5.1)",
      steps: """
        - frame: {opcode: close, hex: "03"}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "a close frame with a good code is answered with it (5.5.1)",
      steps: """
        - frame: {opcode: close, hex: 0fa0}
        - expectClose: {code: 4000}
        """
    ),
    Example(
      why: "an empty close frame (7.1.5)",
      steps: """
        - frame: {opcode: close}
        - expectClose: {code: [1000, 1005]}
        """
    ),
    Example(
      why: "another protocol in the middle of the connection",
      steps: """
        - bytes: {text: "GET / HTTP/1.1"}
        - expectClose: {code: 1002}
        """
    ),
    Example(
      why: "half a frame, a rest that comes late",
      steps: """
        - frame: {opcode: text, mask: "00000000", text: "[1]", upTo: 7}
        - wait: 30ms
        - bytes: {text: "1]"}
        - expect: {values: {/0: 1}}
        """
    ),
    Example(
      why: "a client that stops to read for a while",
      steps: """
        - stall: main
        - send: {json: [1]}
        - expect: {within: 30ms, optional: true, as: nothing}
        - resume: main
        - expect: {values: {/0: 1}}
        - close: main
        """
    ),
    Example(
      why: "a reset, and the next connection",
      steps: """
        - send: {json: [1]}
        - reset: main
        - expectClose: main
        - connect: main
        - send: {json: [2]}
        - expect: {values: {/0: 2}}
        """
    ),
    Example(
      why: "what is sent behind the end goes nowhere",
      steps: """
        - frame: {opcode: 3}
        - expectClose: {code: 1002}
        - frame: {opcode: text, text: hello}
        """
    ),
  ]

  @Test(arguments: examples)
  func `the server answers what is wrong on the wire as RFC 6455 asks`(
    example: Example
  ) async throws {
    let scenario = try await Self.scenario(example.steps)
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      let player = ScenarioPlayer(expectTimeout: .seconds(20))
      let outcome = try await player.play(scenario, on: url, recorder: recorder)
      #expect(outcome.isCompleted, "\(outcome.ending)\n\(recorder.transcript.events.map(\.kind))")
    }
  }

  @Test func `the fixture of broken rules plays to its end`() async throws {
    let path = PackageRoot.path + "/fixtures/wire/violations.yml"
    let scenario = try ScenarioFile.read(path)
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      let player = ScenarioPlayer(expectTimeout: .seconds(20))
      let outcome = try await player.play(scenario, on: url, recorder: recorder)
      #expect(outcome.isCompleted, "\(outcome.ending)")
      let codes = recorder.transcript.events.compactMap { event -> UInt16? in
        if case .closed(let closure) = event.kind { closure.code } else { nil }
      }
      #expect(codes.count { $0 == 1002 } >= 10)
      #expect(codes.contains(1007))
    }
  }

  @Test func `the transcript has whole frames as frames, and bent ones as their bytes`()
    async throws
  {
    let scenario = try await Self.scenario(
      """
      - frame: {opcode: text, fin: false, text: '"a'}
      - frame: {opcode: continuation, text: 'b"'}
      - expect: {values: {"": ab}}
      - frame: {opcode: 3, mask: "01020304", hex: "00000000", upTo: 8}
      - expectClose: {code: 1002}
      """
    )
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      _ = try await ScenarioPlayer().play(scenario, on: url, recorder: recorder)
      let sent = recorder.transcript.events.compactMap { event -> TranscriptFrame? in
        if case .sent(let frame) = event.kind { frame } else { nil }
      }
      #expect(
        sent == [
          TranscriptFrame(.text, payload: Array("\"a".utf8), isFinal: false),
          TranscriptFrame(.continuation, payload: Array("b\"".utf8)),
          TranscriptFrame(.raw, payload: [0x83, 0x84, 1, 2, 3, 4, 1, 2]),
        ]
      )
    }
  }

  @Test func `another close code than was expected ends the play`() async throws {
    let scenario = try await Self.scenario(
      """
      - frame: {opcode: 3}
      - expectClose: {code: [1007, 1006]}
      - send: {json: 1}
      """
    )
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      let outcome = try await ScenarioPlayer().play(scenario, on: url, recorder: recorder)
      let text = "\(outcome.ending)"
      #expect(text.hasPrefix("step 3: no close with 1007 or 1006 came, but 1002 ("), "\(text)")
      #expect(
        recorder.transcript.events.contains { $0.kind == .missed("close with 1007 or 1006") }
      )
    }
  }

  @Test func `a connection that stays open is no end`() async throws {
    let scenario = try await Self.scenario("- expectClose: {code: 1002, within: 1ms}")
    try await withProvider { url in
      let outcome = try await ScenarioPlayer()
        .play(scenario, on: url, recorder: TranscriptRecorder())
      #expect(outcome.ending == .missed(step: 2, expected: "close with 1002"))
    }
  }

  private static func scenario(_ steps: String) async throws -> Scenario {
    try await withTemporaryFolder { folder in
      let text = "wspact: scenario/1\nname: wire\nsteps:\n- connect: main\n" + steps + "\n"
      let file = folder + "/scenario.yml"
      try WholeFile.write(Array(text.utf8), to: file)
      return try ScenarioFile.read(file)
    }
  }
}
