import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A proxy that writes nothing down: what is left is the price of passing frames on.
enum SilentProxy {
  /// Says where it listens, and runs until it is killed.
  static func run(upstream: WebSocketURL) async throws {
    let proxy = try await RecordingProxy.start(
      upstream: upstream,
      usesAllCores: true,
      recorder: Silence()
    )
    print("READY \(proxy.url)")
    fflush(nil)
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}

/// Hears everything and keeps nothing.
private struct Silence: FrameRecorder {
  func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) {}

  func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) {}

  func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) {}
}
