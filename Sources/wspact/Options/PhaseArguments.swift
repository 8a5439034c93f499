import ArgumentParser
import Fuzz

/// Phases of fuzzing as they are typed: names with commas between them.
struct PhaseArguments: ExpressibleByArgument {
  /// The phases.
  var phases = Set(FuzzPhase.allCases)

  init() {}

  init?(argument: String) {
    phases = []
    for name in argument.split(separator: ",") {
      guard let phase = FuzzPhase(rawValue: String(name)) else { return nil }
      phases.insert(phase)
    }
    guard !phases.isEmpty else { return nil }
  }

  var defaultValueDescription: String {
    FuzzPhase.allCases.map(\.rawValue).joined(separator: ",")
  }
}
