import JSONSchema
import TestSupport
import Testing

/// The official suite in numbers, a line for each draft.
@Suite(.enabled(if: TestData.isPresent(Suite.folder), "needs \(Suite.folder)"))
struct ConformanceSummaryTests {
  @Test func `every case that is not listed as a failure passes`() {
    var lines = ["JSON Schema Test Suite, passed of all   required  optional    format"]
    var failures: [String] = []
    var totals: [SuiteGroup.Part: (count: Int, failed: Int)] = [:]
    for dialect in Suite.dialects {
      let cells = SuiteGroup.Part.allCases.map { part in
        let groups = Suite.groups.filter { $0.dialect == dialect && $0.part == part }
        let failed = groups.flatMap(Self.failures)
        let count = groups.map(\.cases.count).reduce(0, +)
        failures += failed
        totals[part, default: (0, 0)].count += count
        totals[part, default: (0, 0)].failed += failed.count
        return Self.cell(count, failed.count)
      }
      lines.append(Self.padded("  \(dialect.title)", 38) + cells.joined())
    }
    let cells = SuiteGroup.Part.allCases.compactMap { totals[$0].map(Self.cell) }
    lines.append(Self.padded("  all drafts", 38) + cells.joined())
    lines += failures.map { "  not passed: \($0): \(ExpectedFailures.reasons[$0] ?? "unexpected")" }
    print(lines.joined(separator: "\n"))
    #expect(Set(failures) == Set(ExpectedFailures.reasons.keys))
  }

  @Test func `no required case is listed as a failure, and each that is listed is there`() {
    let required = Set(Suite.groups(in: .required).flatMap { group in group.cases.map(group.name) })
    let all = Set(Suite.groups.flatMap { group in group.cases.map(group.name) })
    for name in ExpectedFailures.reasons.keys {
      #expect(!required.contains(name))
      #expect(all.contains(name))
    }
  }

  /// The names of a group's cases that are judged otherwise than the suite says.
  private static func failures(of group: SuiteGroup) -> [String] {
    guard let schema = try? group.compiled() else { return group.cases.map(group.name) }
    return group.cases.filter { schema.isValid($0.data) != $0.isValid }.map(group.name)
  }

  /// `927/927` in a column of its own.
  private static func cell(_ count: Int, _ failed: Int) -> String {
    let text = "\(count - failed)/\(count)"
    return String(repeating: " ", count: max(1, 10 - text.count)) + text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
