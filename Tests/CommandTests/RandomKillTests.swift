import Contract
import Foundation
import JSON
import Session
import TestSupport
import Testing
import WebSocket

/// `kill -9` at moments that the seed chooses, from the start of a capture to its end.
struct RandomKillTests {
  /// How often: `WSPACT_KILLS`, else 8.
  static let count = Int(ProcessInfo.processInfo.environment["WSPACT_KILLS"] ?? "") ?? 8
  /// What chooses the moments: `WSPACT_KILL_SEED`, else 1.
  static let seed = UInt64(ProcessInfo.processInfo.environment["WSPACT_KILL_SEED"] ?? "") ?? 1

  @Test func `a kill at any moment tears no contract and loses no forwarded frame`() async throws {
    try await withTemporaryFolder { folder in
      let heard = HeardNumbers()
      let server = try await WebSocketServer.start(ServerConfiguration()) {
        HistoryProvider(loop: $0, heard: heard)
      }
      // A whole run says what the contract may become, and how long it takes.
      let begin = ContinuousClock.now
      let whole = try await KillableCapture.run(
        0,
        in: "\(folder)/whole",
        to: server.port,
        killedAfter: nil
      )
      let length = begin.duration(to: .now)
      #expect(whole.status == .exited(code: 0), "\(whole.output)")
      let new = try #require(whole.contract)
      #expect(new != KillableCapture.old)
      #expect(whole.received.sorted() == Array(KillableCapture.numbers(of: 0)))

      var random = SplitMix64(seed: Self.seed)
      var kept = (old: 0, new: 0, frames: 0)
      for number in 1...Self.count {
        let moment = length * Double.random(in: 0...1.2, using: &random)
        let run = try await KillableCapture.run(
          number,
          in: "\(folder)/\(number)",
          to: server.port,
          killedAfter: moment
        )
        let name = "kill \(number) after \(moment), seed \(Self.seed)"
        #expect(run.contract == KillableCapture.old || run.contract == new, "\(name)")
        if run.contract == new { kept.new += 1 } else { kept.old += 1 }
        let journal = try run.transcript()
        let sent = Set(journal.requests(where: \.isSent))
        let received = Set(journal.requests { !$0.isSent })
        let forwarded = heard.numbers.intersection(KillableCapture.numbers(of: number))
        #expect(forwarded.subtracting(sent).isEmpty, "\(name)")
        #expect(Set(run.received).subtracting(received).isEmpty, "\(name)")
        kept.frames += run.received.count
      }
      print(
        "\(Self.count) kills within \(length * 1.2), seed \(Self.seed): \(kept.old) left the old "
          + "contract, \(kept.new) the new one; \(kept.frames) answers had come through"
      )
      await server.shutdown()
    }
  }
}

/// A capture that is killed while its consumer, which is this process, asks many times.
private struct KillableCapture {
  /// How often the consumer asks.
  static let exchanges = 40
  /// The contract that is there before.
  static let old = TestFile.read(Fixtures.contractPath("frontend-v1.json"))

  /// The numbers of what is asked in a run.
  static func numbers(of run: Int) -> ClosedRange<Int> {
    run * exchanges + 1...(run + 1) * exchanges
  }

  let folder: String
  let status: Session.ExitStatus
  let output: [String]
  /// The numbers of the answers that came.
  let received: [Int]

  var contract: String? { TestFile.read("\(folder)/contract.json") }

  /// The journal as far as it goes; none when the capture did not come so far.
  func transcript() throws -> Transcript {
    let text = TestFile.read("\(folder)/journal.jsonl") ?? ""
    return try Transcript.read(Array(text.utf8), file: "journal.jsonl").transcript
  }

  static func run(
    _ number: Int,
    in folder: String,
    to port: Int,
    killedAfter moment: Duration?
  ) async throws -> KillableCapture {
    try TestFile.write(try #require(old), to: "\(folder)/contract.json")
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let process = try await ChildProcess.start(
      .arguments(
        [
          "\(ProgramRun.binaries)/wspact", "capture", "--spec", CommandLineTests.spec,
          "--consumer", "frontend-v1", "--provider", "chat",
          "--upstream", "ws://127.0.0.1:\(port)/ws",
          "--output", "\(folder)/contract.json", "--journal", "\(folder)/journal.jsonl",
          "--", "sh", "-c", "echo proxy $WSPACT_URL; until [ -e '\(folder)/done' ]; do :; done",
        ]
      )
    ) { continuation.yield($0) }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      if let moment {
        group.addTask {
          // The moment is what is tested; nothing is waited for.
          try await Task.sleep(for: moment)
          _ = systemKill(process.processID, SIGKILL)
        }
      }
      group.addTask {
        _ = await process.waitForExit()
        continuation.finish()
      }
      var received: [Int] = []
      for await line in lines {
        let words = line.split(separator: " ")
        guard let url = words.last, words.dropLast().last == "proxy" else { continue }
        received = await ask(numbers(of: number), try WebSocketURL(String(url)))
        try TestFile.write("", to: "\(folder)/done")
      }
      let status = await process.waitForExit()
      try await group.waitForAll()
      await process.stop(grace: .zero)
      return KillableCapture(
        folder: folder,
        status: try #require(status),
        output: process.lastOutput,
        received: received
      )
    }
  }

  /// Asks many times without waiting for answers in between.
  ///
  /// - Returns: The numbers of the answers that came.
  private static func ask(_ numbers: ClosedRange<Int>, _ url: WebSocketURL) async -> [Int] {
    let answers = try? await withConnection(ConnectRequest(url: url)) { connection in
      for number in numbers {
        let request = HistoryProvider.request(number)
        guard (try? await connection.send(.init(kind: .text, payload: request))) != nil else {
          break
        }
      }
      var received: [Int] = []
      while received.count < exchanges,
        case .message(let message, _) = try? await connection.nextEvent(until: nil)
      {
        if let number = HistoryProvider.number(of: message.payload) { received.append(number) }
      }
      return received
    }
    return answers ?? []
  }
}

extension Transcript {
  /// The numbers of the requests that frames are about.
  fileprivate func requests(where isWanted: (TranscriptEvent) -> Bool) -> [Int] {
    events.filter(isWanted).compactMap { event in
      switch event.kind {
      case .sent(let frame), .received(let frame): HistoryProvider.number(of: frame.payload)
      default: nil
      }
    }
  }
}

extension TranscriptEvent {
  fileprivate var isSent: Bool { if case .sent = kind { true } else { false } }
}

private func systemKill(_ process: Int32, _ signal: Int32) -> Int32 { kill(process, signal) }

/// Answers each `subscribe_thread` with an empty `thread_history`, and remembers which came.
private actor HistoryProvider: WebSocketService {
  private let loop: ServerLoop
  private let heard: HeardNumbers

  init(loop: ServerLoop, heard: HeardNumbers) {
    self.loop = loop
    self.heard = heard
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  private static let thread = "6f1d3c2a-58b4-4c7e-9a61-2d0f8e3b7c15"

  static func request(_ number: Int) -> [UInt8] {
    let value: JSONValue = [
      "type": "subscribe_thread", "request_id": .string(identity(number)),
      "thread_id": .string(thread),
    ]
    return value.bytes()
  }

  private static func identity(_ number: Int) -> String {
    let digits = "\(number)"
    return "00000000-0000-4000-8000-\(String(repeating: "0", count: 12 - digits.count))\(digits)"
  }

  /// The number of the request that a message is, or answers.
  static func number(of payload: [UInt8]) -> Int? {
    let id = (try? JSONValue.parse(payload))?["request_id"]?.stringValue
    return id.flatMap { Int($0.suffix(12)) }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    guard let number = Self.number(of: message.payload) else { return }
    heard.add(number)
    let answer: JSONValue = [
      "type": "thread_history", "request_id": .string(Self.identity(number)),
      "thread_id": .string(Self.thread), "messages": [], "has_more": false,
    ]
    connection.send(Message(kind: .text, payload: answer.bytes()))
  }
}
