/// Which kinds of messages are sent.
package enum FuzzMode: String, Sendable, Hashable, CaseIterable {
  /// What the document allows, in plain frames.
  case valid
  /// What the document or RFC 6455 forbids, at every other step.
  case invalid
  /// Mostly what is allowed, and now and then what is forbidden.
  case all

  /// In how many of 256 random steps something is said that is not allowed.
  var provocationChance: Int {
    switch self {
    case .valid: 0
    case .invalid: 128
    case .all: 21
    }
  }
}
