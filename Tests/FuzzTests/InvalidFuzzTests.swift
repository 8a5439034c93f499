import Contract
import Fuzz
import JSON
import Session
import TestSupport
import Testing
import WebSocket

struct InvalidFuzzTests {
  private func configuration(
    _ target: ProviderTarget,
    seed: UInt64 = 1,
    mode: FuzzMode = .all
  ) throws -> FuzzConfiguration {
    var configuration = FuzzConfiguration(
      api: try RoomsAPI.description(),
      target: target,
      seed: seed
    )
    configuration.mode = mode
    configuration.failuresDirectory = nil
    configuration.budget = .seconds(20)
    configuration.patience = .seconds(20)
    return configuration
  }

  @Test(arguments: [FuzzMode.all, .invalid])
  func `a correct provider gives no finding, whatever is said to it`(mode: FuzzMode) async throws {
    try await withRooms { target in
      var configuration = try configuration(target, mode: mode)
      configuration.cases = 260
      let report = try await Fuzzer(configuration).run()
      #expect(report.findings.map(\.signature) == [])
    }
  }

  @Test(arguments: FuzzMode.allCases)
  func `the same seed sends the same bytes in each mode`(mode: FuzzMode) async throws {
    func digest(_ seed: UInt64) async throws -> UInt64 {
      try await withRooms { target in
        var configuration = try configuration(target, seed: seed, mode: mode)
        configuration.phases = [.random]
        configuration.cases = 15
        let fuzzer = Fuzzer(configuration)
        _ = try await fuzzer.run()
        return fuzzer.statistics.digest.value
      }
    }
    let first = try await digest(7)
    #expect(try await digest(7) == first)
    #expect(try await digest(8) != first)
  }

  struct Planted: CustomTestStringConvertible {
    let bug: RoomsProvider.Bug
    let signatures: Set<String>
    var testDescription: String { bug.rawValue }
  }

  static let planted = [
    Planted(bug: .acceptsInvalid, signatures: ["WSP404 ask required"]),
    Planted(bug: .failsOnNull, signatures: ["WSP103 null in place of a message"]),
    Planted(bug: .passesOver, signatures: ["WSP405 ask required"]),
    Planted(
      bug: .hangsAfterGarbage,
      signatures: ["WSP409 an empty text", "WSP409 no JSON", "WSP409 deep nesting"]
    ),
  ]

  @Test(arguments: planted)
  func `a planted bug is found with one message, and the scenario shows it again`(
    planted: Planted
  ) async throws {
    try await withTemporaryFolder { folder in
      let finding = try await withRooms(bug: planted.bug) { target in
        var configuration = try configuration(target)
        configuration.failuresDirectory = folder
        configuration.maximumFindings = 1
        configuration.cases = 400
        // A play waits ten times as long for what does not come.
        configuration.budget = .milliseconds(200)
        configuration.patience = .milliseconds(300)
        let report = try await Fuzzer(configuration).run()
        return try #require(report.findings.first)
      }
      #expect(planted.signatures.contains(finding.signature))
      #expect(finding.details.first == "the least that leads there: 1 message")
      let file = try #require(finding.reproduction?.scenarioFile)
      for bug in [planted.bug, nil] {
        try await withRooms(bug: bug) { target in
          var replay = ReplayConfiguration(
            scenario: try ScenarioFile.read(file),
            file: file,
            api: try RoomsAPI.description(),
            target: target
          )
          replay.attempts = 1
          let replayer = Replayer(replay)
          _ = try await replayer.run()
          let expected: ReplayVerdict =
            bug == nil ? .fixed : .stillFails(reproduced: 1, attempts: 1)
          #expect(replayer.verdict == expected, "\(bug as Any)")
        }
      }
    }
  }
}
