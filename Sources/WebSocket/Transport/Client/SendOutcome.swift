/// When one thing that was sent was handed to the system, or why it was not.
///
/// Belongs to the connection's loop from the moment when it is handed to it, which is what makes
/// `@unchecked Sendable` true. A task on the loop itself looks whether it is there; only what has to
/// be waited for needs more than that.
final class SendOutcome: @unchecked Sendable {
  typealias Value = Result<MonotonicTime, TransportError>

  /// The outcome, if it is there; for the loop.
  private(set) var onLoop: Value?
  private var waited: OneShot<Value>?

  /// What another thread, or a task that has to wait, is told by.
  func elsewhere() -> OneShot<Value> {
    let waited = OneShot<Value>()
    self.waited = waited
    return waited
  }

  /// Sets the outcome; for the loop.
  func fulfil(_ value: Value) {
    onLoop = value
    waited?.fulfil(value)
  }
}
