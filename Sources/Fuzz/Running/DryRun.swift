package import Contract
import Generation
import JSON

/// Shows what would be sent, without a provider.
///
/// What a provider answers has a say in later messages: its values are used again, and a case may begin
/// with what led somewhere new before. So a real run sends other messages after the first ones.
package struct DryRun {
  /// How many cases are shown unless it is said.
  package static let defaultCases = 10
  /// How many bytes of an invalid text are shown.
  static let shownLimit = 120

  private let vocabulary: Vocabulary
  private let limits: CaseLimits
  private var schedule: CaseSchedule

  /// Prepares the messages.
  ///
  /// - Parameters:
  ///   - api: What may be said.
  ///   - seed: Where all chance comes from.
  ///   - phases: Where messages come from.
  ///   - mode: Which kinds of messages are sent.
  ///   - tempo: How long clients wait before they go on.
  ///   - maximumSteps: The most messages in a case.
  ///   - maximumConnections: The most connections in a case.
  /// - Throws: ``FuzzError`` when there is nothing to say.
  package init(
    _ api: APIDescription,
    seed: UInt64,
    phases: Set<FuzzPhase>,
    mode: FuzzMode = .valid,
    tempo: FuzzTempo = .mixed,
    maximumSteps: Int,
    maximumConnections: Int
  ) throws(FuzzError) {
    vocabulary = try Vocabulary(APIIndex(api), mode: mode, tempo: tempo)
    limits = CaseLimits(
      seed: seed,
      phases: phases,
      mode: mode,
      maximumSteps: maximumSteps,
      maximumConnections: maximumConnections
    )
    schedule = CaseSchedule(vocabulary, limits)
  }

  /// Messages that cannot be made, and why.
  package var notes: [String] { vocabulary.notes }

  /// The steps of the next case, a line each; `nil` when there is none.
  ///
  /// The first line has the case's number and phase; the others say what is done on which connection,
  /// messages as JSON.
  package mutating func next() -> [String]? {
    guard let planned = schedule.next() else { return nil }
    var planner = CasePlanner(
      vocabulary: vocabulary,
      source: planned.source,
      maximumConnections: limits.maximumConnections
    )
    var lines = ["case \(planned.number) (\(planned.phase.rawValue))"]
    for _ in 0..<max(1, limits.maximumSteps) {
      let step: CaseStep
      do {
        guard let next = try planner.next() else { break }
        step = next
      } catch {
        lines.append("  a payload could not be made: \(error)")
        break
      }
      let connection = "c\(step.connection + 1)"
      switch step.kind {
      case .send(let entry, let payload, let isPipelined):
        let message = vocabulary.entries[entry].message
        planner.remember(payload, as: message)
        let wait = isPipelined ? " and go on" : ""
        lines.append("  \(connection) \(message.name)\(wait): \(payload.text())")
      case .input(let input):
        lines.append("  \(connection) \(input.shown(limit: Self.shownLimit))")
      case .close: lines.append("  \(connection) close")
      case .drop: lines.append("  \(connection) drop")
      }
    }
    return lines
  }
}
