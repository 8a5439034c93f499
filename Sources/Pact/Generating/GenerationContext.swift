package import JSON

/// What generators draw on.
package struct GenerationContext: Sendable {
  /// What chance depends on.
  package var seed: UInt64
  /// The time that dates count from.
  package var now: CalendarTime
  /// The values that setting up provider states answered with.
  package var stateValues: JSONObject
  /// The URL of a mock server, or `nil` where there is none.
  package var mockServerURL: String?

  /// Gathers what is known.
  package init(
    seed: UInt64,
    now: CalendarTime,
    stateValues: JSONObject = [:],
    mockServerURL: String? = nil
  ) {
    self.seed = seed
    self.now = now
    self.stateValues = stateValues
    self.mockServerURL = mockServerURL
  }
}

/// A value that could not be made.
package struct GenerationProblem: Error, Sendable, Hashable {
  /// Where it belongs (`$.user.id`).
  package var path: String
  /// Why not, in words, without a full stop.
  package var reason: String
}

extension GenerationProblem: CustomStringConvertible {
  /// One sentence with the path.
  package var description: String { "no value could be made for \(path): \(reason)" }
}
