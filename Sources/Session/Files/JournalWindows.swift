import Dispatch
import Synchronization

/// Keeps the next part of a growing file ready, on a thread of its own.
final class JournalWindows: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "journal")
  private let prepared = DispatchSemaphore(value: 0)
  private let ready = Mutex<Result<JournalWindow, JournalWindow.Failure>?>(nil)
  private let isOver = Mutex(false)

  /// Begins with what comes after the first part.
  init(of descriptor: Int32, after first: JournalWindow) {
    self.descriptor = descriptor
    prepare(after: first)
  }

  /// The part after one that is full; waits for it only when the disk is slower than the traffic.
  ///
  /// - Throws: Why there is none; the caller must not ask again.
  func next(after full: JournalWindow) throws(JournalWindow.Failure) -> JournalWindow {
    prepared.wait()
    let next = ready.withLock { ready in
      defer { ready = nil }
      return ready
    }
    guard let next else { throw .cannotWrite(reason: "it is closed") }
    let window = try next.get()
    prepare(after: window)
    // Giving memory back takes time, too.
    queue.async { withExtendedLifetime(full) {} }
    return window
  }

  private func prepare(after window: JournalWindow) {
    let offset = window.offset + window.byteCount
    let byteCount = min(2 * window.byteCount, JournalWindow.mostBytes)
    queue.async { [self] in
      let isOver = isOver.withLock { $0 }
      let next = isOver ? nil : JournalWindow.make(of: descriptor, at: offset, byteCount: byteCount)
      ready.withLock { $0 = next }
      prepared.signal()
    }
  }

  /// Waits until nothing touches the file any more.
  func end() {
    isOver.withLock { $0 = true }
    queue.sync {}
    ready.withLock { $0 = nil }
  }
}
