import Contract
import JSON
import Session
import Testing
import WebSocket

struct LiveSessionTests {
  private let soon = MonotonicTime.now().advanced(by: .seconds(20))
  private let past = MonotonicTime(nanoseconds: 0)

  @Test func `what is sent and received is in the transcript, in order and numbered`() async throws
  {
    let recorder = TranscriptRecorder()
    try await withProvider { url in
      let live = LiveSession(provider: url, recorder: recorder)
      try await live.connect("main", step: 1)
      let sent = try await live.send(.json(["type": "hello"]), on: "main", step: 2)
      let event = try #require(try await live.next(on: "main", until: soon, step: 3))
      #expect(event.message == .text(#"{"type":"hello"}"#))
      #expect(event.frameNumber == 2)
      #expect(event.at >= sent || sent.duration(to: event.at) > .milliseconds(-50))
      await live.closeAll()
    }
    let payload = [UInt8](#"{"type":"hello"}"#.utf8)
    let events = recorder.transcript.events
    #expect(events.map(\.number) == Array(1...4))
    #expect(events.prefix(3).map(\.step) == [1, 2, 3])
    #expect(events.allSatisfy { $0.connection == "main" })
    #expect(
      events.map(\.kind) == [
        .opened(TranscriptHandshake(target: "/ws")),
        .sent(TranscriptFrame(.text, payload: payload)),
        .received(TranscriptFrame(.text, payload: payload)),
        .closed(TranscriptClosure(code: 1000, initiator: .local, isClean: true)),
      ]
    )
  }

  @Test func `several connections are waited for together, and nothing is lost`() async throws {
    let script: ScriptedProvider.Script = { message, connection, others in
      connection.send(.text("sender"))
      for other in others { other.send(.text("other")) }
    }
    try await withProvider(script: script) { url in
      let live = LiveSession(provider: url, recorder: TranscriptRecorder())
      for name in ["a", "b", "c"] { try await live.connect(name) }
      try await live.send(.text("{}"), on: "b")
      var seen: [String: [String]] = [:]
      for _ in 0..<3 {
        let (name, event) = try #require(try await live.next(until: soon))
        seen[name, default: []].append(try #require(event.message?.text))
      }
      #expect(seen == ["a": ["other"], "b": ["sender"], "c": ["other"]])
      #expect(try await live.next(until: past) == nil)
      await live.closeAll()
    }
  }

  @Test func `the end of a connection is given as often as it is asked for`() async throws {
    let script: ScriptedProvider.Script = { _, connection, _ in connection.close(4401, reason: "no")
    }
    try await withProvider(script: script) { url in
      let recorder = TranscriptRecorder()
      let live = LiveSession(provider: url, recorder: recorder)
      try await live.connect("main")
      try await live.send(.text("{}"), on: "main")
      for _ in 0..<2 {
        let event = try #require(try await live.next(on: "main", until: soon))
        #expect(event.closure?.code == 4401)
      }
      #expect(live.openNames.isEmpty)
      let error = await #expect(throws: SessionError.self) {
        try await live.send(.text("{}"), on: "main")
      }
      let text = "\(try #require(error))"
      #expect(text.hasPrefix("connection 'main' is over: closed by the peer with 4401"))
      #expect(
        recorder.transcript.events.count { if case .closed = $0.kind { true } else { false } } == 1
      )
      try await live.connect("main")
      #expect(live.openNames == ["main"])
      await live.closeAll()
    }
  }

  @Test func `a ping measures the round trip and keeps what comes before the pong`() async throws {
    try await withProvider { url in
      let live = LiveSession(provider: url, recorder: TranscriptRecorder())
      try await live.connect("main")
      try await live.send(.text("1"), on: "main")
      try await live.send(.text("2"), on: "main")
      let time = try #require(try await live.ping(on: "main", until: soon))
      #expect(time >= .zero)
      #expect(try await live.next(on: "main", until: past)?.message == .text("1"))
      #expect(try await live.next(on: "main", until: past)?.message == .text("2"))
      #expect(try await live.next(on: "main", until: past) == nil)
      await live.closeAll()
    }
  }

  @Test func `what the options answer is said at once`() async throws {
    var options = SessionOptions()
    options.automaticReply = { $0 == .text("ping") ? .text("\"pong\"") : nil }
    try await withProvider(greeting: "ping") { url in
      let live = LiveSession(provider: url, recorder: TranscriptRecorder(), options: options)
      try await live.connect("main")
      #expect(try await live.next(on: "main", until: soon)?.message == .text("ping"))
      #expect(try await live.next(on: "main", until: soon)?.message == .text("\"pong\""))
      await live.closeAll()
    }
  }

  @Test func `a refused handshake is told and written down`() async throws {
    let recorder = TranscriptRecorder()
    try await withProvider { url in
      let live = LiveSession(provider: url, recorder: recorder)
      let facts = ConnectionFacts(path: "/ws", query: [NameAndValue(name: "token", value: "wrong")])
      let error = await #expect(throws: SessionError.self) {
        try await live.connect("main", facts: facts)
      }
      let text = "\(try #require(error))"
      #expect(text.contains("refused the WebSocket handshake with status 401"))
    }
    guard case .refused(401, _)? = recorder.transcript.events.first?.kind else {
      Issue.record("no refusal in \(recorder.transcript)")
      return
    }
  }

  @Test func `a provider that is not there is told`() async throws {
    let live = LiveSession(
      provider: WebSocketURL(host: "127.0.0.1", port: 1),
      recorder: TranscriptRecorder()
    )
    let error = await #expect(throws: SessionError.self) { try await live.connect("main") }
    let text = "\(try #require(error))"
    #expect(text.contains("connection refused by 127.0.0.1:1"))
  }

  @Test func `a name that is not open is told with those that are`() async throws {
    try await withProvider { url in
      let live = LiveSession(provider: url, recorder: TranscriptRecorder())
      try await live.connect("main")
      await #expect(throws: SessionError.unknownConnection(name: "mian", open: ["main"])) {
        try await live.send(.text("{}"), on: "mian")
      }
      await #expect(throws: SessionError.alreadyConnected(name: "main")) {
        try await live.connect("main")
      }
      try await live.drop("main")
      #expect(live.closure(of: "main")?.isClean == false)
    }
  }
}
