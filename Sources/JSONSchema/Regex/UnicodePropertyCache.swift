import Synchronization

/// Sets that were worked out before, because walking all of Unicode takes milliseconds.
final class UnicodePropertyCache: Sendable {
  /// The one cache; it only ever holds facts of Unicode.
  static let shared = UnicodePropertyCache()

  /// Names beyond this number are worked out anew each time.
  static let maximumCount = 512

  private let sets = Mutex<[String: ScalarSet]>([:])

  func value(_ name: String) -> ScalarSet? { sets.withLock { $0[name] } }

  func store(_ set: ScalarSet, named name: String) {
    sets.withLock { sets in
      if sets.count < Self.maximumCount { sets[name] = set }
    }
  }
}
