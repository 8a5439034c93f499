import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for SIGINT or SIGTERM in place of being ended by them.
final class Termination {
  private let signals: AsyncStream<Void>
  private let sources: [any DispatchSourceSignal]

  /// From now on the signals are caught.
  init() {
    let (signals, caught) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    self.signals = signals
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { caught.yield() }
      source.resume()
      return source
    }
  }

  /// Comes back when one has come.
  nonisolated(nonsending) func wait() async {
    for await _ in signals { return }
  }
}
