import Synchronization

/// A value that comes once, from any thread, and is waited for by one task.
final class OneShot<Value: Sendable>: Sendable {
  private enum State {
    case pending
    /// Resumed by whoever ends this state, so once.
    case waiting(UnsafeContinuation<Value, Never>)
    case done(Value)
  }

  private let state = Mutex(State.pending)

  /// Gives the value; only the first one counts.
  func fulfil(_ value: Value) {
    let waiter = state.withLock { state -> UnsafeContinuation<Value, Never>? in
      switch state {
      case .pending:
        state = .done(value)
        return nil
      case .waiting(let continuation):
        state = .done(value)
        return continuation
      case .done:
        return nil
      }
    }
    waiter?.resume(returning: value)
  }

  /// The value if it is there.
  var valueIfDone: Value? {
    state.withLock { state in
      if case .done(let value) = state { value } else { nil }
    }
  }

  /// Waits for the value; a cancelled task gets `fallback` unless the value is there.
  nonisolated(nonsending) func value(ifCancelled fallback: Value) async -> Value {
    if let value = valueIfDone { return value }
    return await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let done = state.withLock { state -> Value? in
          if case .done(let value) = state { return value }
          state = .waiting(continuation)
          return nil
        }
        if let done { continuation.resume(returning: done) }
      }
    } onCancel: {
      fulfil(fallback)
    }
  }
}
