import Contract
import Foundation
import Session
import TestSupport
import Testing
import WebSocket

struct JournalRecorderTests {
  @Test func `a proxy's journal has every frame of both directions`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/journal.jsonl"
      let journal = try JournalRecorder(file: path)
      try await withProvider { url in
        let proxy = try await RecordingProxy.start(upstream: url, recorder: journal)
        let address = WebSocketURL(host: "127.0.0.1", port: proxy.port, path: "/ws")
        let live = LiveSession(provider: address, recorder: TranscriptRecorder())
        try await live.connect("main")
        try await live.send(.text("[1]"), on: "main")
        let end = MonotonicTime.now().advanced(by: .seconds(20))
        #expect(try await live.next(on: "main", until: end)?.message == .text("[1]"))
        await live.closeAll()
        await proxy.shutdown()
      }
      journal.close()
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      let transcript = try Transcript.read(bytes, file: path).transcript
      #expect(transcript == journal.transcript)
      #expect(transcript.events.allSatisfy { $0.connection == "connection-1" })
      let kinds = transcript.events.map(\.kind)
      #expect(kinds.first == .opened(TranscriptHandshake(target: "/ws")))
      #expect(
        kinds.dropFirst().first == .sent(TranscriptFrame(.text, payload: [UInt8]("[1]".utf8)))
      )
      #expect(kinds.contains(.received(TranscriptFrame(.text, payload: [UInt8]("[1]".utf8)))))
      let closes = kinds.count { kind in
        switch kind {
        case .sent(let frame), .received(let frame): frame.opcode == .close
        default: false
        }
      }
      #expect(closes == 2)
      guard case .closed? = kinds.last else {
        Issue.record("the journal ends with \(String(describing: kinds.last))")
        return
      }
    }
  }

  @Test func `a journal that cannot be written stops the connection`() async throws {
    try await withTemporaryFolder { folder in
      let journal = try JournalRecorder(file: folder + "/journal.jsonl")
      journal.close()
      #expect(throws: SessionError.self) {
        try journal.frame(
          Frame(opcode: 1, payload: []),
          .toProvider,
          connection: 1,
          at: .now()
        )
      }
    }
  }
}
