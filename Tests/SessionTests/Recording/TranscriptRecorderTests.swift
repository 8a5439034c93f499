import Contract
import Foundation
import Session
import TestSupport
import Testing
import WebSocket

struct TranscriptRecorderTests {
  @Test func `an event is in the file when recording returns`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/transcript.jsonl"
      let begin = MonotonicTime(nanoseconds: 1_000)
      let recorder = try TranscriptRecorder(file: path, begin: begin)
      recorder.record(.note("one"), at: MonotonicTime(nanoseconds: 1_500))
      #expect(try lines(path) == [#"{"number":1,"nanoseconds":500,"note":"one"}"#])
      recorder.record(
        .missed("pong"),
        connection: "main",
        step: 4,
        at: MonotonicTime(nanoseconds: 900)
      )
      #expect(
        try lines(path).last
          == #"{"number":2,"nanoseconds":0,"connection":"main","step":4,"missed":"pong"}"#
      )
      let read = try Transcript.read(
        [UInt8](Data(contentsOf: URL(fileURLWithPath: path))),
        file: path
      )
      #expect(read.transcript == recorder.transcript)
    }
  }

  @Test func `without events in memory only the file has them`() async throws {
    try await withTemporaryFolder { folder in
      let recorder = try TranscriptRecorder(file: folder + "/t.jsonl", keepsEvents: false)
      recorder.record(.note("one"))
      #expect(recorder.transcript.events.isEmpty)
      #expect(recorder.count == 1)
      #expect(try lines(folder + "/t.jsonl").count == 1)
    }
  }

  @Test func `a file that cannot be written any more is told once it matters`() async throws {
    try await withTemporaryFolder { folder in
      let recorder = try TranscriptRecorder(file: folder + "/t.jsonl")
      recorder.close()
      recorder.record(.note("one"))
      let failure = SessionError.cannotWrite(file: folder + "/t.jsonl", reason: "it is closed")
      #expect(recorder.failure == failure)
      #expect(throws: failure) { try recorder.recordDurably(.note("two")) }
    }
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
