import NIOCore

/// Runs tasks on an event loop, so that they and the loop's channels need not change threads.
///
/// What becomes ready on the loop itself waits in a queue of its own: a connection that has just
/// been read from runs it at once, otherwise it runs with the loop's next tasks.
///
/// The queue is touched on the loop alone, which is what makes `@unchecked Sendable` true.
final class LoopTaskExecutor: TaskExecutor, @unchecked Sendable {
  private let loop: any EventLoop
  private var ready = CircularBuffer<UnownedJob>()
  private var isScheduled = false
  private var isRunning = false

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    guard loop.inEventLoop else {
      loop.execute { unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
      return
    }
    ready.append(unowned)
    schedule()
  }

  /// Runs what is ready now; to be called on the loop, where nothing is half done.
  func runReady() {
    guard !isRunning, !ready.isEmpty else { return }
    isRunning = true
    // What these make ready has to wait, so that tasks cannot keep the loop to themselves.
    for _ in 0..<ready.count {
      ready.popFirst()?.runSynchronously(on: asUnownedTaskExecutor())
    }
    isRunning = false
    if !ready.isEmpty { schedule() }
  }

  private func schedule() {
    guard !isScheduled else { return }
    isScheduled = true
    loop.execute {
      self.isScheduled = false
      self.runReady()
    }
  }
}
