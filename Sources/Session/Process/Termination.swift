import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for SIGINT or SIGTERM in place of being ended by them.
///
/// The handler writes into a pipe: that is allowed in a handler, and works whatever thread the signal
/// comes to.
package struct Termination: Sendable {
  /// From now on the signals are caught.
  package init() {
    guard signalPipe.reading >= 0 else { return }
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        let before = errno
        var byte: UInt8 = 0
        _ = write(signalPipe.writing, &byte, 1)
        errno = before
      }
    }
  }

  /// Comes back when one has come.
  package func wait() async {
    await withCheckedContinuation { continuation in
      // Reading blocks a thread, so it is done on none of those that tasks run on.
      DispatchQueue(label: "termination").async {
        var byte: UInt8 = 0
        while read(signalPipe.reading, &byte, 1) < 0, errno == EINTR {}
        continuation.resume()
      }
    }
  }
}

/// The ends of the pipe that the handler writes into; -1 when there is none.
private let signalPipe: (reading: Int32, writing: Int32) = {
  var ends: [Int32] = [-1, -1]
  return pipe(&ends) == 0 ? (ends[0], ends[1]) : (-1, -1)
}()
