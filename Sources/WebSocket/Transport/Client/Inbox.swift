import NIOConcurrencyHelpers
import NIOCore

/// What has arrived on a connection and was not taken yet: bounded, for one consumer.
///
/// The event loop puts events in; a task takes them out. An event that somebody waits for goes
/// straight to the waiter, so it costs one change of thread. The deadlines of the waits share one
/// timer, which is moved only when it would fire too late.
final class Inbox: ConnectionEvents, Sendable {
  /// What ended a wait.
  private enum Outcome: Sendable {
    case event(ConnectionEvent)
    case deadlinePassed
    case cancelled
  }

  private struct Waiter {
    var number: UInt64
    var deadline: MonotonicTime?
    /// Resumed by whoever takes the waiter out of the state, so once.
    var continuation: UnsafeContinuation<Outcome, Never>
  }

  private struct State {
    var queue = CircularBuffer<ConnectionEvent>(initialCapacity: 0)
    var queuedBytes = 0
    var isPaused = false
    var closure: Closure?
    var closureWaiters: [CheckedContinuation<Closure, Never>] = []
    var waiter: Waiter?
    var waits: UInt64 = 0
    var cancelledWait: UInt64 = 0
    var timerTime: MonotonicTime?
    var timer: Scheduled<Void>?
    var resumeReading: (@Sendable () -> Void)?
    var whenTaken: NIOLoopBound<() -> Void>?
  }

  private let loop: any EventLoop
  private let tasks: LoopTaskExecutor
  private let maximumBytes: Int
  private let maximumEvents: Int
  private let state = NIOLockedValueBox(State())

  init(loop: ClientLoop, maximumBytes: Int, maximumEvents: Int) {
    self.loop = loop.loop
    tasks = loop.tasks
    self.maximumBytes = maximumBytes
    self.maximumEvents = maximumEvents
  }

  /// Sets what lets the connection read on; called from any thread.
  func onRoom(_ resumeReading: @escaping @Sendable () -> Void) {
    state.withLockedValue { $0.resumeReading = resumeReading }
  }
}

// MARK: - Putting in

extension Inbox {
  /// Whether reading should stop; being asked counts as having stopped.
  var isFull: Bool {
    state.withLockedValue { state in
      state.isPaused = isFull(state)
      return state.isPaused
    }
  }

  private func isFull(_ state: State) -> Bool {
    state.queuedBytes >= maximumBytes || state.queue.count >= maximumEvents
  }

  /// Calls back when the consumer comes for the next event and there is none.
  func whenTaken(_ body: @escaping () -> Void) {
    let bound = NIOLoopBound(body, eventLoop: loop)
    let isTaken = state.withLockedValue { state in
      if state.waiter == nil || !state.queue.isEmpty {
        state.whenTaken = bound
        return false
      }
      return true
    }
    if isTaken { body() }
  }

  func received(_ message: Message, at time: MonotonicTime) {
    put(.message(message, at: time))
  }

  func receivedPing(_ payload: [UInt8], at time: MonotonicTime) {
    put(.ping(payload, at: time))
  }

  func receivedPong(_ payload: [UInt8], at time: MonotonicTime) {
    put(.pong(payload, at: time))
  }

  private func put(_ event: ConnectionEvent) {
    let waiter = state.withLockedValue { state -> Waiter? in
      if let waiter = state.waiter {
        state.waiter = nil
        return waiter
      }
      state.queue.append(event)
      state.queuedBytes += event.byteCount
      return nil
    }
    waiter?.continuation.resume(returning: .event(event))
  }

  func readingEnded() { tasks.runReady() }

  func closed(_ closure: Closure) {
    let (waiter, closureWaiters, timer) = state.withLockedValue { state in
      defer {
        state.waiter = nil
        state.closureWaiters = []
        state.timer = nil
        state.resumeReading = nil
        state.whenTaken = nil
      }
      state.closure = closure
      return (state.waiter, state.closureWaiters, state.timer)
    }
    timer?.cancel()
    waiter?.continuation.resume(returning: .event(.closed(closure)))
    for continuation in closureWaiters { continuation.resume(returning: closure) }
  }
}

// MARK: - Taking out

extension Inbox {
  /// How the connection ended; nil while it has not.
  var closure: Closure? { state.withLockedValue(\.closure) }

  /// How many bytes wait to be taken.
  var queuedBytes: Int { state.withLockedValue(\.queuedBytes) }

  /// Waits for the end of the connection.
  nonisolated(nonsending) func waitForClosure() async -> Closure {
    await withCheckedContinuation { continuation in
      let closure = state.withLockedValue { state -> Closure? in
        if state.closure == nil { state.closureWaiters.append(continuation) }
        return state.closure
      }
      if let closure { continuation.resume(returning: closure) }
    }
  }

  /// The next event; nil when the deadline passes before it comes.
  nonisolated(nonsending) func next(
    until deadline: MonotonicTime?
  ) async throws(CancellationError) -> ConnectionEvent? {
    let number: UInt64
    switch takeQueued() {
    case .event(let event): return event
    case .wait(let next): number = next
    }
    if let deadline, deadline <= .now() { return nil }
    let outcome = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        wait(Waiter(number: number, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      cancel(number)
    }
    switch outcome {
    case .event(let event): return event
    case .deadlinePassed: return nil
    case .cancelled: throw CancellationError()
    }
  }

  private enum Taken {
    case event(ConnectionEvent)
    /// There is none; the wait for the next one has this number.
    case wait(UInt64)
  }

  private func takeQueued() -> Taken {
    let (taken, next) = state.withLockedValue { state -> (Taken, (@Sendable () -> Void)?) in
      guard let event = state.queue.popFirst() else {
        let next = onLoop(state.whenTaken.take())
        if let closure = state.closure { return (.event(.closed(closure)), next) }
        precondition(state.waiter == nil, "a connection's events have one consumer")
        state.waits += 1
        return (.wait(state.waits), next)
      }
      state.queuedBytes -= event.byteCount
      // Half empty is soon enough: reading on costs a change of thread.
      guard state.isPaused, state.queuedBytes <= maximumBytes / 2,
        state.queue.count <= maximumEvents / 2
      else { return (.event(event), nil) }
      state.isPaused = false
      return (.event(event), state.resumeReading)
    }
    next?()
    return taken
  }

  private func onLoop(_ body: NIOLoopBound<() -> Void>?) -> (@Sendable () -> Void)? {
    guard let body else { return nil }
    return { [loop] in loop.execute { body.value() } }
  }

  private func wait(_ waiter: Waiter) {
    enum Next {
      case nothing
      case finish(Outcome)
      case arm(MonotonicTime)
    }
    let next = state.withLockedValue { state -> Next in
      if state.cancelledWait == waiter.number { return .finish(.cancelled) }
      // Something may have come since the queue was looked at.
      if let event = state.queue.popFirst() {
        state.queuedBytes -= event.byteCount
        return .finish(.event(event))
      }
      if let closure = state.closure { return .finish(.event(.closed(closure))) }
      state.waiter = waiter
      guard let deadline = waiter.deadline else { return .nothing }
      if let timerTime = state.timerTime, timerTime <= deadline { return .nothing }
      state.timerTime = deadline
      return .arm(deadline)
    }
    switch next {
    case .nothing: break
    case .finish(let outcome): waiter.continuation.resume(returning: outcome)
    case .arm(let time): arm(time)
    }
  }

  private func cancel(_ number: UInt64) {
    let waiter = state.withLockedValue { state -> Waiter? in
      state.cancelledWait = number
      guard let waiter = state.waiter, waiter.number == number else { return nil }
      state.waiter = nil
      return waiter
    }
    waiter?.continuation.resume(returning: .cancelled)
  }
}

// MARK: - Deadlines

extension Inbox {
  private func arm(_ time: MonotonicTime) {
    let timer = loop.scheduleTask(deadline: time.deadline) { [weak self] in
      guard let self else { return }
      timerFired(time)
    }
    let old = state.withLockedValue { state in
      defer { state.timer = timer }
      return state.timer
    }
    old?.cancel()
  }

  private func timerFired(_ time: MonotonicTime) {
    let now = MonotonicTime.now()
    let (waiter, next) = state.withLockedValue { state -> (Waiter?, MonotonicTime?) in
      // A timer that was moved to an earlier time has nothing to say any more.
      guard state.timerTime == time else { return (nil, nil) }
      state.timerTime = nil
      guard let waiter = state.waiter, let deadline = waiter.deadline else { return (nil, nil) }
      guard deadline > now else {
        state.waiter = nil
        return (waiter, nil)
      }
      state.timerTime = deadline
      return (nil, deadline)
    }
    waiter?.continuation.resume(returning: .deadlinePassed)
    if let next { arm(next) }
  }
}
