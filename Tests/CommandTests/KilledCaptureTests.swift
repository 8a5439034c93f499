import Contract
import Session
import TestSupport
import Testing
import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `kill -9` in the middle of a recording.
struct KilledCaptureTests {
  @Test func `a killed capture leaves the old contract and a complete journal`() async throws {
    try await withTemporaryFolder { folder in
      let old = try #require(TestFile.read(Fixtures.contractPath("frontend-v1.json")))
      try TestFile.write(old, to: "\(folder)/contract.json")
      let provider = HeardNumbers()
      let server = try await WebSocketServer.start(ServerConfiguration()) {
        EchoingProvider(loop: $0, heard: provider)
      }
      let capture = try await RunningCapture.start(
        upstream: "ws://127.0.0.1:\(server.port)/",
        in: folder
      )
      let received = try await talkUntilKilled(capture)
      await server.shutdown()

      let journal = TestFile.read("\(folder)/journal.jsonl") ?? ""
      let lines = journal.split(separator: "\n")
      func recorded(_ kind: String) -> Set<Int> {
        Set(lines.filter { $0.contains("\"\(kind)\"") }.compactMap { frameNumber(in: $0) })
      }
      let forwarded = provider.numbers
      #expect(received.count >= 500)
      #expect(forwarded.subtracting(recorded("sent")).isEmpty)
      #expect(received.subtracting(recorded("received")).isEmpty)
      #expect(TestFile.read("\(folder)/contract.json") == old)
    }
  }

  @Test func `what a killed capture has started ends too`() async throws {
    try await withTemporaryFolder { folder in
      let server = try await WebSocketServer.start(ServerConfiguration()) {
        EchoingProvider(loop: $0, heard: HeardNumbers())
      }
      // Reads until nobody has the pipe open for writing any more.
      _ = try await ProgramRun.of("mkfifo", ["life"], in: folder)
      let reader = try await ChildProcess.start(.arguments(["cat", "\(folder)/life"]))
      let capture = try await RunningCapture.start(
        upstream: "ws://127.0.0.1:\(server.port)/",
        in: folder,
        consumerHolds: "\(folder)/life"
      )
      #expect(reader.exitStatus == nil)
      capture.kill()
      let deadline = MonotonicTime.now().advanced(by: .seconds(20))
      #expect(await reader.waitForExit(until: deadline) == .exited(code: 0))
      await reader.stop(grace: .zero)
      await server.shutdown()
    }
  }

  /// Sends numbered frames without waiting for answers, and kills the capture when many came back.
  ///
  /// - Returns: The numbers that came back.
  private func talkUntilKilled(_ capture: RunningCapture) async throws -> Set<Int> {
    let url = try WebSocketURL(capture.proxy)
    return try await withConnection(ConnectRequest(url: url)) { connection in
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          // Ends when the connection does.
          for number in 1...1_000_000 {
            let text = Array("frame \(number).".utf8)
            guard (try? await connection.send(Message(kind: .text, payload: text))) != nil else {
              return
            }
          }
        }
        var received: Set<Int> = []
        while case .message(let message, _) = try? await connection.nextEvent(until: nil) {
          let text = String(decoding: message.payload, as: UTF8.self)
          if let number = frameNumber(in: text[...]) { received.insert(number) }
          if received.count == 500 { capture.kill() }
        }
        group.cancelAll()
        return received
      }
    }
  }
}

/// The number in `frame 17.`; `nil` when there is none.
private func frameNumber(in text: Substring) -> Int? {
  text.firstMatch(of: /frame (\d+)\./).flatMap { Int($0.output.1) }
}

/// A running `wspact capture` whose consumer does nothing but wait.
private struct RunningCapture {
  let process: ChildProcess
  /// The URL of the proxy.
  let proxy: String

  static func start(
    upstream: String,
    in folder: String,
    consumerHolds file: String = "/dev/null"
  ) async throws -> RunningCapture {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let process = try await ChildProcess.start(
      .arguments(
        [
          "\(ProgramRun.binaries)/wspact", "capture", "--spec", CommandLineTests.spec,
          "--consumer", "c", "--provider", "p", "--upstream", upstream,
          "--output", "\(folder)/contract.json", "--journal", "\(folder)/journal.jsonl",
          "--", "sh", "-c", "exec 3>'\(file)'; echo proxy $WSPACT_URL; exec sleep 600",
        ]
      )
    ) { continuation.yield($0) }
    Task {
      _ = await process.waitForExit()
      continuation.finish()
    }
    for await line in lines {
      let words = line.split(separator: " ")
      if let url = words.last, words.dropLast().last == "proxy" {
        return RunningCapture(process: process, proxy: String(url))
      }
    }
    throw EndedEarly(output: process.lastOutput)
  }

  /// The capture ended before its consumer was there.
  struct EndedEarly: Error { let output: [String] }

  /// Kills the capture as nothing can stop it: only its own process, not its group.
  func kill() { _ = systemKill(process.processID, SIGKILL) }
}

private func systemKill(_ process: Int32, _ signal: Int32) -> Int32 { kill(process, signal) }

/// Says back what it hears, and remembers it.
private actor EchoingProvider: WebSocketService {
  private let loop: ServerLoop
  private let heard: HeardNumbers

  init(loop: ServerLoop, heard: HeardNumbers) {
    self.loop = loop
    self.heard = heard
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  func received(_ message: Message, on connection: ServerConnection) {
    let text = String(decoding: message.payload, as: UTF8.self)
    if let number = frameNumber(in: text[...]) { heard.add(number) }
    connection.send(message)
  }
}
