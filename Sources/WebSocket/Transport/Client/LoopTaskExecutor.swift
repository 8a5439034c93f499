import NIOCore

/// Runs tasks on an event loop, so that they and the loop's channels need not change threads.
final class LoopTaskExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    loop.execute { unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
