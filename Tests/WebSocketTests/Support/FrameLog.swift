@testable import WebSocket

/// Keeps what a proxy recorded, and can be waited on.
final class FrameLog: FrameRecorder {
  enum Entry: Hashable, Sendable, CustomStringConvertible {
    case opened(Int, target: String, status: Int)
    case frame(Int, FrameDirection, Frame)
    case closed(Int, by: FrameDirection?, problem: String?)

    var description: String {
      switch self {
      case .opened(let number, let target, let status): "\(number) opened \(target) \(status)"
      case .frame(let number, let direction, let frame):
        "\(number) \(direction) \(frame.opcode) \(frame.payload.count)"
      case .closed(let number, let side, let problem):
        "\(number) closed by \(String(describing: side)): \(problem ?? "no problem")"
      }
    }
  }

  private struct State: Sendable {
    var entries: [Entry] = []
    var requests: [HandshakeRequest] = []
    var responses: [HandshakeResponse] = []
    var missed: [String] = []
  }

  private let state = Watched(State())
  private let beforeFrame: @Sendable (Frame, FrameDirection) throws -> Void

  init(beforeFrame: @escaping @Sendable (Frame, FrameDirection) throws -> Void = { _, _ in }) {
    self.beforeFrame = beforeFrame
  }

  var entries: [Entry] { state.value.entries }
  var requests: [HandshakeRequest] { state.value.requests }
  var responses: [HandshakeResponse] { state.value.responses }

  /// Why consumers could not connect.
  var missed: [String] { state.value.missed }

  /// Waits until so many consumers could not connect.
  func waitForMissed(_ count: Int) async {
    await state.wait { $0.missed.count >= count }
  }

  func missed(problem: String, at time: MonotonicTime) {
    state.update { $0.missed.append(problem) }
  }

  /// The frames in one direction.
  func frames(_ direction: FrameDirection) -> [Frame] {
    entries.compactMap { entry in
      if case .frame(_, direction, let frame) = entry { frame } else { nil }
    }
  }

  /// Waits until something has been recorded.
  func wait(until isSatisfied: @escaping @Sendable ([Entry]) -> Bool) async {
    await state.wait { isSatisfied($0.entries) }
  }

  /// Waits for the end of so many connections; gives how they ended.
  @discardableResult
  func waitForClosed(_ count: Int = 1) async -> [Entry] {
    await wait { $0.filter(\.isClosed).count >= count }
    return entries.filter(\.isClosed)
  }

  func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) throws {
    state.update { state in
      state.requests.append(request)
      state.responses.append(response)
    }
    add(.opened(connection, target: request.target, status: response.status))
  }

  func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) throws {
    try beforeFrame(frame, direction)
    add(.frame(connection, direction, frame))
  }

  func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) throws {
    add(.closed(connection, by: direction, problem: problem))
  }

  private func add(_ entry: Entry) {
    state.update { $0.entries.append(entry) }
  }
}

extension FrameLog.Entry {
  var isClosed: Bool {
    if case .closed = self { true } else { false }
  }
}

/// A proxy between a raw consumer and a raw provider, with an open WebSocket.
struct ProxiedPair {
  let proxy: RecordingProxy
  let log: FrameLog
  let consumer: RawPeer
  let provider: RawPeer
  /// The handshake as the provider got it.
  let forwarded: String

  static func open(
    log: FrameLog = FrameLog(),
    headers: String = "",
    answering: String = "",
    _ change: (inout ProxyLimits) -> Void = { _ in }
  ) async throws -> ProxiedPair {
    var limits = ProxyLimits()
    change(&limits)
    let server = try await RawServer.start()
    let proxy = try await RecordingProxy.start(
      upstream: server.url,
      recorder: log,
      limits: limits
    )
    let consumer = try await RawPeer.connect(to: proxy.port)
    try await consumer.openWebSocketWithoutAnswer(path: "/ws?x=1", headers: headers)
    let provider = try await server.accept()
    let forwarded = try await provider.acceptWebSocket(headers: answering)
    _ = await consumer.takeHead()
    try await server.close()
    return ProxiedPair(
      proxy: proxy,
      log: log,
      consumer: consumer,
      provider: provider,
      forwarded: forwarded
    )
  }

  /// Ends both sides and the proxy.
  func end() async throws {
    try? await consumer.close()
    try? await provider.close()
    await proxy.shutdown()
  }
}
