import Foundation
import ReferenceProviders

/// `make bugbench`: fuzzes every planted bug, decoy and correct provider, and prints what was found.
///
/// Every run of one system has the same command line. Times are printed and never judged.
struct BugBench {
  /// What the command line says.
  struct Options {
    /// The seeds; each provider is fuzzed with each.
    var seeds = [1, 2, 3]
    /// How long each run may search, in seconds.
    var seconds = 20
    /// Names or classes of bugs, parts of names, or `correct` for all that must not be blamed; empty
    /// for everything.
    var only: [String] = []
    /// Further options of `wspact fuzz`, the same for every run.
    var flags: [String] = []
    /// An interpreter for the Python providers.
    var python: String?
  }

  let options: Options
  private var rows: [BugRow] = []
  private var falsePositives: [String] = []
  private var failures: [String] = []
  private var correctRuns = 0

  init(_ options: Options) { self.options = options }

  /// Runs everything.
  ///
  /// - Returns: 0, 1 when a correct provider was blamed, 2 when a run did not work.
  mutating func run() throws -> Int32 {
    let subjects = BugSubject.all(python: options.python).filter(isWanted)
    guard !subjects.isEmpty else {
      print("nothing is called \(options.only.joined(separator: " or "))")
      return 2
    }
    print(BugRow.heading)
    for subject in subjects { try play(subject) }
    print()
    for line in BugTotals(rows).lines { print(line) }
    print("false positives: \(falsePositives.count) in \(correctRuns) runs of correct providers")
    for line in falsePositives + failures { print("  \(line)") }
    if !failures.isEmpty { return 2 }
    return falsePositives.isEmpty ? 0 : 1
  }

  private mutating func play(_ subject: BugSubject) throws {
    var found: [FuzzRun.Finding] = []
    for seed in options.seeds {
      switch try FuzzRun.play(subject, seed: seed, options) {
      case .found(let finding): found.append(finding)
      case .nothing: break
      case .failed(let reason): failures.append("\(subject.title), seed \(seed): \(reason)")
      }
    }
    switch subject.expectation {
    case .finding(let kind, let optimum):
      let row = BugRow(
        title: subject.title,
        kind: kind,
        optimum: optimum,
        runs: options.seeds.count,
        found: found
      )
      rows.append(row)
      print(row.text)
    case .nothing:
      correctRuns += options.seeds.count
      let verdict = found.isEmpty ? "no finding, as it should be" : "blamed"
      print(BugRow.padded(subject.title, BugRow.titleWidth) + verdict)
      falsePositives += found.map { "\(subject.title): \($0.signature)" }
    }
    fflush(nil)
  }

  private func isWanted(_ subject: BugSubject) -> Bool {
    guard !options.only.isEmpty else { return true }
    return options.only.contains { wanted in
      switch subject.expectation {
      case .finding(let kind, _) where kind.rawValue == wanted: true
      case .nothing where wanted == "correct": true
      default: subject.title.contains(wanted)
      }
    }
  }
}

extension BugBench {
  /// Reads the options of the part `bugs`.
  ///
  /// - Returns: `nil` when they make no sense.
  static func options(_ arguments: ArraySlice<String>) -> Options? {
    var options = Options()
    var rest = arguments
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      let words = value.split { " ,".contains($0) }.map(String.init)
      switch name {
      case "--seeds":
        options.seeds = words.compactMap { Int($0) }
        guard options.seeds.count == words.count, !words.isEmpty else { return nil }
      case "--time":
        guard value.hasSuffix("s"), let seconds = Int(value.dropLast()), seconds > 0 else {
          return nil
        }
        options.seconds = seconds
      case "--bugs": options.only = words
      case "--flags": options.flags = words
      case "--python": options.python = value.isEmpty ? nil : value
      default: return nil
      }
    }
    return options
  }
}
