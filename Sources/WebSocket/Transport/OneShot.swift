import Synchronization

/// A value that comes once, from any thread, and is waited for by one task.
///
/// `isClaimed` lets one caller write the value, and `state` tells others when it is there, which is
/// what makes `@unchecked Sendable` true.
final class OneShot<Value: Sendable>: @unchecked Sendable {
  private enum State: UInt8, AtomicRepresentable {
    case pending
    case waiting
    case done
  }

  private let isClaimed = Atomic(false)
  private let state = Atomic(State.pending)
  /// Written before ``State/done``, read after it.
  private var result: Value?
  /// Written before ``State/waiting``, read by who replaces that.
  private var waiter: UnsafeContinuation<Value, Never>?

  /// Gives the value; only the first one counts.
  ///
  /// - Returns: Whether this was the first.
  @discardableResult
  func fulfil(_ value: Value) -> Bool {
    let (isFirst, _) = isClaimed.compareExchange(expected: false, desired: true, ordering: .relaxed)
    guard isFirst else { return false }
    result = value
    if state.exchange(.done, ordering: .acquiringAndReleasing) == .waiting {
      waiter?.resume(returning: value)
    }
    return true
  }

  /// The value if it is there.
  var valueIfDone: Value? {
    state.load(ordering: .acquiring) == .done ? result : nil
  }

  /// Waits for the value; a cancelled task gets `fallback` unless the value is there.
  nonisolated(nonsending) func value(ifCancelled fallback: Value) async -> Value {
    if let value = valueIfDone { return value }
    return await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        waiter = continuation
        let (isWaiting, _) = state.compareExchange(
          expected: .pending,
          desired: .waiting,
          ordering: .acquiringAndReleasing
        )
        if !isWaiting, let result { continuation.resume(returning: result) }
      }
    } onCancel: {
      fulfil(fallback)
    }
  }
}
