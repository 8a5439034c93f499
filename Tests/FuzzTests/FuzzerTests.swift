import Contract
import Foundation
import Fuzz
import JSON
import Session
import TestSupport
import Testing
import WebSocket

struct FuzzerTests {
  private func configuration(
    _ target: ProviderTarget,
    seed: UInt64 = 1,
    cases: Int,
    folder: String? = nil
  ) throws -> FuzzConfiguration {
    var configuration = FuzzConfiguration(
      api: try RoomsAPI.description(),
      target: target,
      seed: seed
    )
    configuration.cases = cases
    configuration.mode = .valid
    configuration.failuresDirectory = folder
    configuration.maximumFindings = 1
    // No reply is late on a machine that has other things to do.
    configuration.budget = .seconds(20)
    configuration.patience = .seconds(20)
    return configuration
  }

  @Test func `a correct provider gives no finding, and every operation is answered`() async throws {
    try await withRooms { target in
      let fuzzer = Fuzzer(try configuration(target, cases: 40))
      let report = try await fuzzer.run()
      #expect(report.isClean)
      #expect(report.seed == 1)
      #expect(fuzzer.statistics.cases == 40)
      #expect(fuzzer.statistics.messages > 200)
      #expect(report.statistics.first { $0.name == "operations answered" }?.value == 3)
    }
  }

  @Test func `what came up is told for each message, answer and keyword`() async throws {
    try await withRooms { target in
      var configuration = try configuration(target, cases: 500)
      configuration.mode = .all
      let report = try await Fuzzer(configuration).run()
      let coverage = try #require(report.coverage)
      let ask = try #require(coverage.messages.first { $0.name == "ask" })
      #expect(ask.direction == .toProvider)
      #expect(ask.count > 0)
      let keywords = try #require(ask.keywords)
      #expect(keywords.valid > 0)
      #expect(keywords.validSeen == keywords.valid)
      #expect(keywords.invalid > 0)
      #expect(keywords.invalidSeen == keywords.invalid)
      #expect(keywords.untried.isEmpty)
      let answer = try #require(coverage.messages.first { $0.name == "answer" })
      #expect(answer.direction == .toConsumer)
      #expect(answer.count > 0)
      #expect(answer.keywords == nil)
      #expect(coverage.answers.contains { $0.operation == "ask" && $0.count > 0 })
      #expect(coverage.transitions > 0)
    }
  }

  @Test func `without a phase of boundaries none of them counts as tried`() async throws {
    try await withRooms { target in
      var configuration = try configuration(target, cases: 5)
      configuration.phases = [.random]
      let coverage = try #require(try await Fuzzer(configuration).run().coverage)
      let keywords = try #require(coverage.messages.first { $0.name == "ask" }?.keywords)
      #expect(keywords.valid > 0)
      #expect(keywords.validSeen == 0)
      #expect(keywords.invalid == 0)
    }
  }

  @Test func `the same seed sends the same bytes, another seed others`() async throws {
    func digest(_ seed: UInt64) async throws -> UInt64 {
      try await withRooms { target in
        let fuzzer = Fuzzer(try configuration(target, seed: seed, cases: 15))
        _ = try await fuzzer.run()
        return fuzzer.statistics.digest.value
      }
    }
    let first = try await digest(7)
    #expect(try await digest(7) == first)
    #expect(try await digest(8) != first)
  }

  @Test func `as many cases at a time as wanted send the same bytes`() async throws {
    func digest(jobs: Int) async throws -> UInt64 {
      try await withRooms { target in
        var configuration = try configuration(target, cases: 40)
        configuration.jobs = jobs
        let fuzzer = Fuzzer(configuration)
        let report = try await fuzzer.run()
        #expect(report.isClean)
        #expect(fuzzer.statistics.cases == 40)
        return fuzzer.statistics.digest.value
      }
    }
    let alone = try await digest(jobs: 1)
    #expect(try await digest(jobs: 4) == alone)
    #expect(try await digest(jobs: 9) == alone)
  }

  @Test func `of several cases at a time the one to blame is found`() async throws {
    try await withRooms(bug: .dropsOnThirdAsk) { target in
      var configuration = try configuration(target, cases: 400)
      configuration.jobs = 4
      configuration.maximumFindings = 5
      let report = try await Fuzzer(configuration).run()
      #expect(report.findings.map(\.signature) == ["WSP102 ask"])
      #expect(report.findings.first?.severity == .failure)
    }
  }

  struct Planted: CustomTestStringConvertible {
    let bug: RoomsProvider.Bug
    let signature: String
    /// How many messages the least sequence has.
    let messages: Int
    var testDescription: String { bug.rawValue }
  }

  static let planted = [
    Planted(bug: .closesOnLongText, signature: "WSP103 ask", messages: 1),
    Planted(bug: .dropsOnThirdAsk, signature: "WSP102 ask", messages: 3),
    Planted(bug: .breaksSchema, signature: "WSP301 answer /text type", messages: 1),
    Planted(bug: .answersTwice, signature: "WSP204 ask answer", messages: 1),
    Planted(bug: .answersTheLatest, signature: "WSP304 ask answer", messages: 1),
    Planted(bug: .saysGoodbye, signature: #"WSP302 "goodbye""#, messages: 1),
  ]

  @Test(arguments: planted)
  func `a planted bug is found, confirmed and made as small as can be`(
    planted: Planted
  ) async throws {
    try await withTemporaryFolder { folder in
      try await withRooms(bug: planted.bug) { target in
        let report = try await Fuzzer(
          configuration(target, cases: 400, folder: folder + "/failures")
        ).run()
        let finding = try #require(report.findings.first)
        #expect(finding.signature == planted.signature)
        #expect(finding.severity == .failure)
        let reproduction = try #require(finding.reproduction)
        #expect(reproduction.reproduced >= 2)
        let file = try #require(reproduction.scenarioFile)
        let scenario = try ScenarioFile.read(file)
        #expect(scenario.origin?.signature == planted.signature)
        #expect(scenario.sentMessages.count == planted.messages)
        let effort = try #require(finding.effort)
        #expect(effort.steps == planted.messages)
        #expect(effort.executions >= 3)
        #expect(effort.messages >= planted.messages)
        let transcript = try #require(reproduction.transcriptFile)
        #expect(FileManager.default.fileExists(atPath: transcript))
      }
    }
  }

  static let silent = [
    Planted(bug: .swallowsSecondWatch, signature: "WSP201 watch", messages: 2),
    Planted(bug: .losesEnd, signature: "WSP203 watch item or end", messages: 1),
  ]

  @Test(arguments: silent)
  func `what does not come is waited for only so long`(planted: Planted) async throws {
    try await withRooms(bug: planted.bug) { target in
      var configuration = try configuration(target, cases: 400)
      configuration.patience = .milliseconds(250)
      configuration.shrinkTime = .seconds(30)
      let report = try await Fuzzer(configuration).run()
      let finding = try #require(report.findings.first)
      #expect(finding.signature == planted.signature)
      #expect(
        finding.details.first
          == "the least that leads there: \(planted.messages) "
          + "message\(planted.messages == 1 ? "" : "s")",
        "\(finding.details.joined(separator: "\n"))"
      )
    }
  }

  @Test func `a late reply is found when it comes again`() async throws {
    try await withRooms(bug: .isLate) { target in
      var configuration = try configuration(target, cases: 400)
      configuration.budget = .milliseconds(40)
      let report = try await Fuzzer(configuration).run()
      let finding = try #require(report.findings.first)
      #expect(finding.signature == "WSP202 ask")
      #expect(finding.expected == "a reply within 40 ms")
    }
  }

  @Test func `a provider that is not there is told`() async throws {
    let target = ProviderTarget.url(WebSocketURL(host: "127.0.0.1", port: 1))
    let error = await #expect(throws: FuzzError.self) {
      try await Fuzzer(configuration(target, cases: 1)).run()
    }
    #expect("\(error as Any)".contains("connection refused by 127.0.0.1:1"))
  }

  @Test func `a document in which clients say nothing is told`() async throws {
    var api = try RoomsAPI.description()
    api.operations.removeAll { $0.direction == .toProvider }
    var configuration = FuzzConfiguration(
      api: api,
      target: .url(WebSocketURL(host: "127.0.0.1", port: 1)),
      seed: 1
    )
    configuration.cases = 1
    await #expect(throws: FuzzError.nothingToSay(file: "rooms.yml")) {
      try await Fuzzer(configuration).run()
    }
  }

  @Test func `progress is told while cases are played`() async throws {
    try await withRooms { target in
      var told: [FuzzProgress] = []
      let fuzzer = Fuzzer(try configuration(target, cases: 5)) { told.append($0) }
      _ = try await fuzzer.run()
      let first = try #require(told.first)
      #expect(first.activity == .fuzzing)
      #expect(first.cases >= 1)
      #expect(first.messages >= 1)
    }
  }
}
