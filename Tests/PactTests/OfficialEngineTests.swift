import Contract
import Foundation
import JSON
import Testing

@testable import Pact

/// Agreement with Pact's own engine on generated messages.
///
/// `fixtures/interop/pact_engine.py` writes what that engine says; the environment variable
/// WSPACT_PACT_VERDICTS names the file. No difference is known but those that `xml_triples.py` lists and
/// leaves out; the bar leaves room for other versions of the engine.
struct OfficialEngineTests {
  static let file = ProcessInfo.processInfo.environment["WSPACT_PACT_VERDICTS"]

  @Test(.enabled(if: file != nil, "needs WSPACT_PACT_VERDICTS"))
  func `at least 99.9 percent of verdicts are those of the official engine`() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try #require(Self.file))))
    var count = 0
    var differences: [String] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let triple = try JSONValue.parse(line)
      let type = try #require(triple["type"]?.stringValue)
      let expected = try Sample.message(
        triple["expected"] ?? .null,
        type: type,
        rules: triple["rules"] ?? [:]
      )
      let value = triple["actual"] ?? .null
      let actual: MessageContents =
        type == "application/json"
        ? .json(value, contentType: type)
        : .text(try #require(value.stringValue), contentType: type)
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
