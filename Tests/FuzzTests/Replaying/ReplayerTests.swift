import Contract
import Foundation
import Fuzz
import JSON
import Session
import TestSupport
import Testing
import WebSocket

struct ReplayerTests {
  /// Finds a planted bug and returns the saved scenario.
  private func find(
    _ bug: RoomsProvider.Bug,
    in folder: String
  ) async throws -> (scenario: Scenario, file: String) {
    try await withRooms(bug: bug) { target in
      var configuration = FuzzConfiguration(
        api: try RoomsAPI.description(),
        target: target,
        seed: 5
      )
      configuration.cases = 400
      configuration.maximumFindings = 1
      configuration.failuresDirectory = folder
      configuration.budget = .seconds(20)
      let report = try await Fuzzer(configuration).run()
      let file = try #require(report.findings.first?.reproduction?.scenarioFile)
      return (try ScenarioFile.read(file), file)
    }
  }

  private func replay(
    _ scenario: Scenario,
    _ file: String,
    bug: RoomsProvider.Bug?
  ) async throws -> (verdict: ReplayVerdict?, report: RunReport) {
    try await withRooms(bug: bug) { target in
      let replayer = Replayer(
        ReplayConfiguration(
          scenario: scenario,
          file: file,
          api: try RoomsAPI.description(),
          target: target
        )
      )
      let report = try await replayer.run()
      return (replayer.verdict, report)
    }
  }

  @Test func `a saved finding still fails, is fixed, or has drifted`() async throws {
    try await withTemporaryFolder { folder in
      let (scenario, file) = try await find(.breaksSchema, in: folder)

      let same = try await replay(scenario, file, bug: .breaksSchema)
      #expect(same.verdict == .stillFails(reproduced: 2, attempts: 2))
      #expect(!same.report.isClean)
      #expect(
        same.report.checks.first?.note == "STILL FAILS: WSP301 came again in 2 of 2 plays"
      )
      let finding = try #require(same.report.allFindings.first)
      #expect(finding.code == "WSP301")
      #expect(finding.reproduction?.command.contains(file) ?? false)

      let fixed = try await replay(scenario, file, bug: nil)
      #expect(fixed.verdict == .fixed)
      #expect(fixed.report.isClean)
      #expect(fixed.report.checks.first?.note == "FIXED: WSP301 did not come again in 2 plays")

      let other = try await replay(scenario, file, bug: .answersTwice)
      #expect(other.verdict == .drifted)
      #expect(other.report.allFindings.map(\.code) == ["WSP204"])
    }
  }

  @Test func `a scenario of a person passes or fails by its own expectations`() async throws {
    let scenario = Scenario(
      name: "by hand",
      steps: [
        .connect("main"),
        .send(SendStep(on: "main", payload: .json(["type": "count"]))),
        .expect(
          ExpectStep(
            on: "main",
            message: "total",
            values: [MessageIdentity(pointer: .init(tokens: ["n"]), value: 1)],
            within: .milliseconds(200)
          )
        ),
      ]
    )
    let first = try await replay(scenario, "hand.yml", bug: nil)
    #expect(first.verdict == .passed)
    #expect(first.report.checks.first?.note == "PASSED")
    var impossible = scenario
    let news = [MessageIdentity(pointer: JSONPointer(tokens: ["type"]), value: "news")]
    impossible.steps.append(
      .expect(ExpectStep(on: "main", message: "news", values: news, within: .milliseconds(1)))
    )
    let second = try await replay(impossible, "hand.yml", bug: nil)
    #expect(second.verdict == .failed)
    #expect(second.report.allFindings.first?.message == "step 4: no news came")
  }
}
