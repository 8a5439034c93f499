import Contract
import Foundation
import JSON
import Pact
import Session
import TestSupport
import Testing
import WebSocket

@testable import Capture

struct CapturerTests {
  private static let question: JSONValue = [
    "type": "subscribe_thread", "request_id": .string(Chat.id(1)),
    "thread_id": .string(Chat.thread),
  ]

  private static let scenario = Scenario(
    name: "ask",
    steps: [
      .connect("main"), .send(SendStep(on: "main", payload: .json(question))),
      .expect(ExpectStep(on: "main")), .close(connection: "main", code: 1000, reason: ""),
    ]
  )

  private func configuration(
    in folder: String,
    consumer: CaptureConfiguration.Consumer = .scenario(scenario)
  ) throws -> CaptureConfiguration {
    CaptureConfiguration(
      api: try #require(Chat.api),
      consumerName: "front end",
      providerName: "chat",
      consumer: consumer,
      output: folder + "/contracts/c.json",
      journal: folder + "/journal/c.jsonl"
    )
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a scenario against the document's examples becomes a contract`() async throws {
    try await withTemporaryFolder { folder in
      let configuration = try configuration(in: folder)
      let report = try await Capturer(configuration).capture(from: .examples)
      #expect(report.isClean)
      #expect(
        report.checks.map { "\($0.name): \($0.note ?? "")" }
          == ["subscribe_thread is answered with thread_history: new"]
      )
      let contract = try #require(text(configuration.output))
      let journal = try #require(text(configuration.journal))
      #expect(journal.contains("subscribe_thread") && journal.contains("thread_history"))

      let again = try await Capturer(configuration).capture(from: .examples)
      #expect(again.notes.contains("\(configuration.output) is up to date"))
      #expect(text(configuration.output) == contract)
    }
  }

  @Test func `a check writes nothing and shows what differs`() async throws {
    try await withTemporaryFolder { folder in
      var configuration = try configuration(in: folder)
      configuration.isCheck = true
      let missing = try await Capturer(configuration).capture(from: .examples)
      #expect(!missing.isClean)
      #expect(text(configuration.output) == nil)

      configuration.isCheck = false
      _ = try await Capturer(configuration).capture(from: .examples)
      configuration.isCheck = true
      #expect(try await Capturer(configuration).capture(from: .examples).isClean)

      let committed = try #require(text(configuration.output))
      let changed = committed.replacingOccurrences(of: "\"/ws\"", with: "\"/other\"")
      try changed.write(toFile: configuration.output, atomically: true, encoding: .utf8)
      let outdated = try await Capturer(configuration).capture(from: .examples)
      let finding = try #require(outdated.allFindings.first)
      #expect(finding.rule == "out-of-date")
      #expect(finding.details.contains { $0.contains("/comments/wspact/connection/path") })
      #expect(text(configuration.output) == changed)
    }
  }

  @Test func `a provider that breaks the document leaves the contract alone`() async throws {
    try await withTemporaryFolder { folder in
      let reply = Chat.history(Chat.id(1), [:], 1)
      var broken = reply
      broken.set("none", at: try #require(JSONPointer("/has_more")))
      let service = try await TalkingService.start(replies: [broken])
      let configuration = try configuration(in: folder)
      let report = try await Capturer(configuration).capture(from: .provider(service.url))
      await service.server.shutdown()
      #expect(report.findings.map(\.rule) == ["invalid-message"])
      #expect(report.findings[0].traffic == TrafficLocation(connection: "connection-1", frame: 2))
      #expect(text(configuration.output) == nil)
    }
  }

  @Test func `secrets in the address are not in the journal`() async throws {
    try await withTemporaryFolder { folder in
      let service = try await TalkingService.start(replies: [Chat.history(Chat.id(1), [:], 1)])
      let configuration = try configuration(in: folder)
      var url = service.url
      url.path = "/ws?token=hunter2"
      let report = try await Capturer(configuration).capture(from: .provider(url))
      await service.server.shutdown()
      #expect(report.isClean)
      let written = "\(text(configuration.journal) ?? "")\(text(configuration.output) ?? "")"
      #expect(!written.contains("hunter2"))
      #expect(!report.subject.contains("hunter2"))
      #expect(report.notes.contains { $0.contains("'token' looks like a secret") })
    }
  }

  @Test func `a consumer that needs wss gets it`() async throws {
    try await withTemporaryFolder { folder in
      var configuration = try configuration(in: folder)
      configuration.listeningTLS = ServerTLS(certificate: Fixtures.path("tls/server.pem"))
      let report = try await Capturer(configuration).capture(from: .examples)
      #expect(report.isClean)
      let contract = try #require(text(configuration.output))
      configuration.listeningTLS = nil
      let again = try await Capturer(configuration).capture(from: .examples)
      #expect(again.notes.contains("\(configuration.output) is up to date"))
      #expect(text(configuration.output) == contract)

      configuration.listeningTLS = ServerTLS(certificate: Fixtures.path("tls/server.pem"))
      configuration.consumer = .command(["sh", "-c", "test ${WSPACT_URL%%:*} = wss && exit 7"])
      let error = await #expect(throws: CaptureError.self) {
        try await Capturer(configuration).capture(from: .examples)
      }
      #expect("\(try #require(error))".contains("exit code 7"))

      let note = TranscriptEvent(number: 1, nanoseconds: 0, kind: .note("it speaks no TLS"))
      let missed = try #require(
        #expect(throws: CaptureError.self) {
          try Capturer(configuration).capture(Transcript(events: [note]), named: "t")
        }
      )
      #expect("\(missed)".hasPrefix("nothing was recorded: it speaks no TLS; "))
    }
  }

  @Test func `a journal over its limit fails the capture`() async throws {
    try await withTemporaryFolder { folder in
      var configuration = try configuration(in: folder)
      configuration.maximumJournalBytes = 200
      let error = await #expect(throws: CaptureError.self) {
        try await Capturer(configuration).capture(from: .examples)
      }
      #expect("\(try #require(error))".contains("longer than 200 bytes, which is its limit"))
      #expect(text(configuration.output) == nil)
    }
  }

  @Test func `a consumer that fails fails the capture`() async throws {
    try await withTemporaryFolder { folder in
      let configuration = try configuration(
        in: folder,
        consumer: .command(["/bin/sh", "-c", "echo \"$WSPACT_URL\"; exit 3"])
      )
      let error = await #expect(throws: CaptureError.self) {
        try await Capturer(configuration).capture(from: .examples)
      }
      guard case .consumerFailed(_, .exited(code: 3), _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(text(configuration.output) == nil)
    }
  }

  @Test func `a consumer that never connects records nothing`() async throws {
    try await withTemporaryFolder { folder in
      let configuration = try configuration(in: folder, consumer: .command(["true"]))
      let error = await #expect(throws: CaptureError.self) {
        try await Capturer(configuration).capture(from: .examples)
      }
      #expect("\(try #require(error))".contains("never connected"))
    }
  }

  @Test func `a provider that cannot be reached is told`() async throws {
    try await withTemporaryFolder { folder in
      let service = try await TalkingService.start(replies: [])
      await service.server.shutdown()
      let configuration = try configuration(in: folder)
      let error = await #expect(throws: CaptureError.self) {
        try await Capturer(configuration).capture(from: .provider(service.url))
      }
      #expect("\(try #require(error))".contains("refused"), "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test func `a contract that cannot be read stops everything before it starts`() async throws {
    try await withTemporaryFolder { folder in
      let configuration = try configuration(in: folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/contracts",
        withIntermediateDirectories: true
      )
      try "{".write(toFile: configuration.output, atomically: true, encoding: .utf8)
      let error = await #expect(throws: CaptureError.self) {
        try await Capturer(configuration).capture(from: .examples)
      }
      guard case .contract = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(text(configuration.journal) == nil)
    }
  }

  @Test func `the states of a scenario are those of the interactions`() async throws {
    try await withTemporaryFolder { folder in
      var scenario = Self.scenario
      scenario.given = [ProviderState(name: "a thread", parameters: ["count": 2])]
      let configuration = try configuration(in: folder, consumer: .scenario(scenario))
      _ = try await Capturer(configuration).capture(from: .examples)
      let bytes = Array(try #require(text(configuration.output)).utf8)
      let contract = try PactFile.read(bytes, file: "c.json").pact
      #expect(contract.interactions.map(\.providerStates) == [scenario.given])
    }
  }
}

/// A provider that says the same to everything.
actor TalkingService: WebSocketService {
  private let replies: [JSONValue]
  private let loop: ServerLoop

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  init(replies: [JSONValue], loop: ServerLoop) {
    self.replies = replies
    self.loop = loop
  }

  func received(_ message: Message, on connection: ServerConnection) {
    for reply in replies { connection.send(Message(kind: .text, payload: reply.bytes())) }
  }

  /// A running server and its address.
  struct Running {
    let server: WebSocketServer
    let url: WebSocketURL
  }

  static func start(replies: [JSONValue]) async throws -> Running {
    let server = try await WebSocketServer.start(ServerConfiguration()) { loop in
      TalkingService(replies: replies, loop: loop)
    }
    return Running(
      server: server,
      url: WebSocketURL(host: "127.0.0.1", port: server.port, path: "/ws")
    )
  }
}

/// Several captures that write one file.
struct ConcurrentCaptureTests {
  @Test func `captures that write one file at the same time lose nothing`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder + "/c.json"
      let api = try #require(Chat.api)
      let count = 12
      let failures = await withTaskGroup(of: String?.self) { group in
        for number in 0..<count {
          group.addTask {
            var traffic = Traffic(open: "/ws")
            traffic.consumer([
              "type": "subscribe_thread", "request_id": .string(Chat.id(1)),
              "thread_id": .string(Chat.thread),
            ])
            traffic.provider(Chat.history(Chat.id(1), [:], 1))
            var configuration = CaptureConfiguration(
              api: api,
              consumerName: "web",
              providerName: "chat",
              consumer: .command([]),
              output: output
            )
            configuration.distilling.providerStates = [ProviderState(name: "number \(number)")]
            do {
              let report = try Capturer(configuration).capture(traffic.transcript, named: "t")
              return report.isClean ? nil : "\(report.allFindings)"
            } catch {
              return "\(error)"
            }
          }
        }
        return await group.reduce(into: [String]()) { list, failure in
          if let failure { list.append(failure) }
        }
      }
      #expect(failures == [])
      let bytes = try #require(FileManager.default.contents(atPath: output))
      let pact = try PactFile.read(Array(bytes), file: output).pact
      let states = Set(pact.interactions.flatMap(\.providerStates).map(\.name))
      #expect(states == Set((0..<count).map { "number \($0)" }))
    }
  }
}
