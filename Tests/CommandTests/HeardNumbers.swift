import Synchronization

/// The numbers of what has arrived at a provider, from any thread.
final class HeardNumbers: Sendable {
  private let state = Mutex<Set<Int>>([])

  var numbers: Set<Int> { state.withLock { $0 } }

  func add(_ number: Int) { state.withLock { _ = $0.insert(number) } }
}
