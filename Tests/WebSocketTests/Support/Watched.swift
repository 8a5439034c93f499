import NIOConcurrencyHelpers

/// A value that several threads change and that tests wait on.
final class Watched<Value: Sendable>: Sendable {
  private struct Waiter {
    var number: Int
    var isSatisfied: @Sendable (Value) -> Bool
    var continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var value: Value
    var waiters: [Waiter] = []
    var count = 0
    var cancelled: Set<Int> = []
  }

  private let state: NIOLockedValueBox<State>

  init(_ value: Value) {
    state = NIOLockedValueBox(State(value: value))
  }

  /// The value now.
  var value: Value { state.withLockedValue(\.value) }

  /// Changes the value and wakes who waited for that.
  @discardableResult
  func update<Outcome: Sendable>(_ change: (inout Value) -> Outcome) -> Outcome {
    let (outcome, woken) = state.withLockedValue { state in
      let outcome = change(&state.value)
      let woken = state.waiters.filter { $0.isSatisfied(state.value) }
      state.waiters.removeAll { waiter in woken.contains { $0.number == waiter.number } }
      return (outcome, woken)
    }
    for waiter in woken { waiter.continuation.resume() }
    return outcome
  }

  /// Waits until something is true of the value, or the test is cancelled by its time limit.
  func wait(until isSatisfied: @escaping @Sendable (Value) -> Bool) async {
    let number = state.withLockedValue { state in
      state.count += 1
      return state.count
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDone = state.withLockedValue { state in
          if state.cancelled.contains(number) || isSatisfied(state.value) { return true }
          state.waiters.append(
            Waiter(number: number, isSatisfied: isSatisfied, continuation: continuation)
          )
          return false
        }
        if isDone { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLockedValue { state -> Waiter? in
        state.cancelled.insert(number)
        let waiter = state.waiters.first { $0.number == number }
        state.waiters.removeAll { $0.number == number }
        return waiter
      }
      waiter?.continuation.resume()
    }
  }
}
