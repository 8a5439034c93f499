import Contract
import Foundation
import Session
import TestSupport
import Testing
import WebSocket

/// `wspact proxy` as people run it.
struct ProxyCommandTests {
  @Test func `secrets are masked in the journal, which ends with its last line`() async throws {
    try await withTemporaryFolder { folder in
      let journal = "\(folder)/journal.jsonl"
      let heard = try await talk(
        ["--journal", journal, "--redact", "/pin", "--keep-secret", "/token"],
        saying: [#"{"password":"hunter2","pin":1234,"token":"abc"}"#, "hello"]
      )
      // What passes is as it was.
      #expect(heard == [#"{"password":"hunter2","pin":1234,"token":"abc"}"#, "hello"])
      let text = try #require(TestFile.read(journal))
      #expect(text.hasSuffix("}\n") && !text.contains("\n\n"))
      let transcript = try Transcript.read(Array(text.utf8), file: journal).transcript
      let said = transcript.events.compactMap { event -> String? in
        guard case .sent(let frame) = event.kind, frame.opcode == .text else { return nil }
        return String(decoding: frame.payload, as: UTF8.self)
      }
      #expect(said == [#"{"password":"xxxxxx1","pin":1002,"token":"abc"}"#, "hello"])
    }
  }

  @Test func `consumers can be given TLS`() async throws {
    try await withTemporaryFolder { folder in
      let heard = try await talk(
        [
          "--journal", "\(folder)/journal.jsonl",
          "--listen-cert", Fixtures.path("tls/server.pem"),
        ],
        saying: ["hello"]
      )
      #expect(heard == ["hello"])
      #expect(TestFile.read("\(folder)/journal.jsonl")?.contains("hello") == true)
    }
  }

  @Test func `a journal that cannot be written is told before anything listens`() async throws {
    try await withTemporaryFolder { folder in
      try TestFile.write("", to: "\(folder)/plain")
      let run = try await ProgramRun.of(
        "wspact",
        ["proxy", "--upstream", "ws://127.0.0.1:1/", "--journal", "plain/journal.jsonl"],
        in: folder
      )
      #expect(run.exitCode == 2)
      #expect(run.output == "")
      #expect(run.problems.contains("cannot write 'plain/journal.jsonl': not a directory"))
    }
  }

  /// Starts a proxy, says something through it to an echo, and ends it as `kill` does.
  ///
  /// - Returns: What came back.
  private func talk(_ options: [String], saying texts: [String]) async throws -> [String] {
    let server = try await WebSocketServer.start(ServerConfiguration()) { SayingBack(loop: $0) }
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let process = try await ChildProcess.start(
      .arguments(
        ["\(ProgramRun.binaries)/wspact", "proxy", "--upstream", "ws://127.0.0.1:\(server.port)/"]
          + options
      )
    ) { continuation.yield($0) }
    let ready = await lines.first { $0.hasPrefix("READY ") }
    var request = ConnectRequest(url: try WebSocketURL(String(try #require(ready).dropFirst(6))))
    request.tls.authorities = Fixtures.path("tls/authority.pem")
    let heard = try await withConnection(request) { connection in
      var heard: [String] = []
      for text in texts {
        try await connection.send(Message(kind: .text, payload: Array(text.utf8)))
        guard case .message(let message, _) = try await connection.nextEvent(until: nil) else {
          break
        }
        heard.append(String(decoding: message.payload, as: UTF8.self))
      }
      return heard
    }
    await process.stop(grace: .seconds(20))
    #expect(process.exitStatus == .exited(code: 0))
    await server.shutdown()
    return heard
  }
}

/// Says back what it hears.
private actor SayingBack: WebSocketService {
  private let loop: ServerLoop

  init(loop: ServerLoop) { self.loop = loop }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  func received(_ message: Message, on connection: ServerConnection) { connection.send(message) }
}
