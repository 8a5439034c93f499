import Contract
import Foundation
import JSON
import Testing

@testable import Pact

/// Agreement with Pact's own engine on generated messages.
///
/// `fixtures/interop/pact_engine.py` writes what that engine says; the environment variable
/// WSPACT_PACT_VERDICTS names the file. No difference is known; the bar leaves room for other versions
/// of the engine.
struct OfficialEngineTests {
  static let file = ProcessInfo.processInfo.environment["WSPACT_PACT_VERDICTS"]

  @Test(.enabled(if: file != nil, "needs WSPACT_PACT_VERDICTS"))
  func `at least 99.9 percent of verdicts are those of the official engine`() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try #require(Self.file))))
    var count = 0
    var differences: [String] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let triple = try JSONValue.parse(line)
      let expected = try Sample.message(
        triple["expected"] ?? .null,
        type: "application/json",
        rules: triple["rules"] ?? [:]
      )
      let actual = MessageContents.json(triple["actual"] ?? .null, contentType: "application/json")
      let mismatches = Matching.mismatches(expected: expected, actual: ReceivedMessage(actual))
      count += 1
      if mismatches.isEmpty != triple["matches"]?.boolValue {
        differences.append("\(triple.text())\n  here: \(mismatches)")
      }
    }
    #expect(count > 0)
    #expect(
      differences.count * 1_000 <= count,
      "\(differences.count) of \(count) differ:\n\(differences.prefix(20).joined(separator: "\n"))"
    )
  }
}
