import Synchronization

/// A value that comes once, from any thread, and that any number of tasks wait for.
final class FirstOutcome<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
    var lastWaiter = 0
  }

  private let state = Mutex(State())

  /// The value, or `nil` while there is none.
  var current: Value? { state.withLock(\.value) }

  /// Gives the value; only the first one counts.
  func fulfil(_ value: Value) {
    let waiters = state.withLock { state -> [CheckedContinuation<Value?, Never>] in
      guard state.value == nil else { return [] }
      state.value = value
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume(returning: value) }
  }

  /// Waits for the value.
  ///
  /// - Parameter limit: How long to wait; `nil` waits without end.
  /// - Returns: `nil` when the time is over or the task is cancelled.
  nonisolated(nonsending) func value(within limit: Duration?) async -> Value? {
    if let current { return current }
    let number = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    // Bridges a timer to the continuation below; ends with this call.
    let timer = limit.map { limit in
      Task {
        try? await Task.sleep(for: limit)
        self.giveUp(number)
      }
    }
    defer { timer?.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Value?? in
          if let value = state.value { return .some(value) }
          guard !Task.isCancelled else { return .some(nil) }
          state.waiters[number] = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      giveUp(number)
    }
  }

  private func giveUp(_ number: Int) {
    state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: nil)
  }
}
