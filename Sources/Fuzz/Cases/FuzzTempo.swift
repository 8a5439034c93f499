/// How long a client waits before it goes on.
package enum FuzzTempo: String, Sendable, Hashable, CaseIterable {
  /// Mostly until what it asked is answered.
  case patient
  /// Hardly ever: many messages go out together.
  case bursts
  /// Each sequence has a tempo of its own; half of them are patient.
  case mixed

  /// How likely a case is whose client mostly waits for answers, does so now and then, or hardly ever.
  var weights: [Int] {
    switch self {
    case .patient: [1, 0, 0]
    case .bursts: [0, 0, 1]
    case .mixed: [2, 1, 1]
    }
  }

  /// In how many of 256 steps such a client sends the next message without waiting for an answer.
  static let pipelining = [20, 128, 248]
}
