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
      var read: [TranscriptEvent] = []
      try journal.readEvents { read.append($0) }
      #expect(transcript.events == read)
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

  @Test func `lines from many threads are numbered as they stand in the file`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/journal.jsonl"
      let journal = try JournalRecorder(file: path)
      await withTaskGroup(of: Void.self) { group in
        for connection in 1...4 {
          group.addTask {
            for number in 0..<2_000 {
              let frame = Frame(.text, payload: Array("\(number)".utf8))
              try? journal.frame(frame, .toProvider, connection: connection, at: .now())
            }
          }
        }
      }
      journal.close()
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      let read = try Transcript.read(bytes, file: path)
      #expect(read.diagnostics.isEmpty)
      #expect(read.transcript.events.count == 8_000)
      for connection in 1...4 {
        let name = JournalRecorder.name(ofConnection: connection)
        let payloads = read.transcript.events.compactMap { event -> String? in
          guard event.connection == name, case .sent(let frame) = event.kind else { return nil }
          return String(decoding: frame.payload, as: UTF8.self)
        }
        #expect(payloads == (0..<2_000).map { "\($0)" })
      }
    }
  }

  @Test func `a journal over its limit stops the connection and says so`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/journal.jsonl"
      let journal = try JournalRecorder(file: path, maximumBytes: 300)
      func say() throws {
        let frame = Frame(.text, payload: Array(repeating: 0x61, count: 100))
        try journal.frame(frame, .toProvider, connection: 1, at: .now())
      }
      try say()
      let failure = SessionError.cannotWrite(
        file: path,
        reason: "it would become longer than 300 bytes, which is its limit"
      )
      #expect(throws: failure) { try say() }
      #expect(journal.failure == failure)
      journal.close()
      var events = 0
      try journal.readEvents { _ in events += 1 }
      #expect(events == 1)
    }
  }

  @Test func `a journal of many megabytes is read in pieces`() async throws {
    try await withTemporaryFolder { folder in
      let journal = try JournalRecorder(file: folder + "/journal.jsonl")
      let sizes = [0, 70_000, 1, 3_000_000, 5, 900_000, 2_000_000]
      for size in sizes {
        let frame = Frame(.text, payload: Array(repeating: 0x61, count: size))
        try journal.frame(frame, .toConsumer, connection: 7, at: .now())
      }
      journal.close()
      var read: [Int] = []
      try journal.readEvents { event in
        if case .received(let frame) = event.kind { read.append(frame.payload.count) }
      }
      #expect(read == sizes)
    }
  }
}
