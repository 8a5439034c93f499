import NIOCore
import NIOPosix
internal import NIOSSL
import Synchronization

/// What all connections of one proxy share, whatever event loop they live on.
final class ProxySetting: Sendable {
  let upstream: WebSocketURL
  /// The HTTP proxy on the way there; nil: there is none.
  let httpProxy: HTTPProxy?
  let recorder: any FrameRecorder
  let limits: ProxyLimits
  let tls: NIOSSLContext?
  /// How many connections there are.
  private let count = Atomic(0)
  private let lastNumber = Atomic(0)

  init(
    upstream: WebSocketURL,
    httpProxy: HTTPProxy?,
    recorder: any FrameRecorder,
    limits: ProxyLimits,
    tls: NIOSSLContext?
  ) {
    self.upstream = upstream
    self.httpProxy = httpProxy
    self.recorder = recorder
    self.limits = limits
    self.tls = tls
  }

  /// The number for the next recorded connection.
  func nextNumber() -> Int { lastNumber.add(1, ordering: .relaxed).newValue }

  /// Whether there are more connections than the proxy takes.
  var isOverfull: Bool { count.load(ordering: .relaxed) > limits.maximumConnections }

  /// Counts a connection that has come (1) or is over (-1).
  func count(_ change: Int) { count.add(change, ordering: .relaxed) }
}

/// The connections of one proxy that live on one event loop.
final class ProxyCore {
  let loop: any EventLoop
  let setting: ProxySetting
  let memory = OutputMemory()
  private var pairs: [Int: ProxyPair] = [:]
  private var lastPair = 0
  private var graceTimer: Scheduled<Void>?
  private var whenEmpty: [@Sendable () -> Void] = []

  init(loop: any EventLoop, _ setting: ProxySetting) {
    self.loop = loop
    self.setting = setting
  }

  var upstream: WebSocketURL { setting.upstream }
  var limits: ProxyLimits { setting.limits }

  /// A consumer has connected.
  func accept(_ channel: any Channel) throws {
    lastPair += 1
    let pair = ProxyPair(self, identity: lastPair)
    let side = ProxySide(.toProvider, pair, memory)
    try channel.pipeline.syncOperations.addHandler(side)
    pairs[pair.identity] = pair
    setting.count(1)
    pair.start(side)
  }

  /// A connection is over.
  func remove(_ pair: ProxyPair) {
    pairs[pair.identity] = nil
    setting.count(-1)
    notifyIfEmpty()
  }

  /// Connects to the provider, through a tunnel where there is an HTTP proxy.
  func connect(_ pair: ProxyPair, then body: @escaping (Result<ProxySide, any Error>) -> Void) {
    ClientBootstrap.onRequest(loop, connectTimeout: limits.connectTimeout)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(to: setting.httpProxy?.place ?? upstream)
      .assumeIsolated()
      .whenComplete { result in
        do {
          try self.open(result.get(), pair, body)
        } catch {
          body(.failure(error))
        }
      }
  }

  private func open(
    _ channel: any Channel,
    _ pair: ProxyPair,
    _ body: @escaping (Result<ProxySide, any Error>) -> Void
  ) throws {
    let pipeline = channel.pipeline.syncOperations
    let proceed = { () throws in
      let side = ProxySide(.toConsumer, pair, self.memory)
      try pipeline.addTLS(self.setting.tls, host: self.upstream.host)
      try pipeline.addHandler(side)
      body(.success(side))
    }
    guard let proxy = setting.httpProxy else { return try proceed() }
    let tunnel = TunnelHandler(
      proxy,
      to: upstream,
      within: limits.handshakeTimeout,
      onFailure: { body(.failure($0)) },
      then: proceed
    )
    try pipeline.addHandler(tunnel)
  }

  /// A request's head as the provider gets it.
  func forwarded(_ head: HTTPRequestHead, _ bytes: [UInt8]) -> ByteBuffer {
    var forwarded = ForwardedHead(bytes: bytes)
    if let host = head.headers.first(named: "Host") {
      forwarded.replace("Host", with: upstream.hostHeader)
      // A provider that compares the two would refuse a page that the proxy served.
      if head.headers.first(named: "Origin")?.hasSuffix("://\(host)") == true {
        let scheme = upstream.scheme == .wss ? "https" : "http"
        forwarded.replace("Origin", with: "\(scheme)://\(upstream.hostHeader)")
      }
    }
    if head.headers.hasToken("websocket", named: "Upgrade") {
      keepReadableExtensions(head, &forwarded)
    } else {
      forwarded.remove("Connection")
      forwarded.append("Connection", "close")
    }
    return ByteBuffer(bytes: forwarded.bytes)
  }

  /// Passes on what is offered of permessage-deflate, as it was written, and takes other extensions
  /// out: what they make of messages could not be recorded.
  private func keepReadableExtensions(_ head: HTTPRequestHead, _ forwarded: inout ForwardedHead) {
    guard let offers = try? WebSocketExtension.parse(head.headers) else { return }
    let readable = offers.filter { $0.name == DeflateParameters.extensionName }
    guard readable.count < offers.count else { return }
    forwarded.remove("Sec-WebSocket-Extensions")
    guard !readable.isEmpty else { return }
    let value = readable.map(\.description).joined(separator: ", ")
    forwarded.append("Sec-WebSocket-Extensions", value)
  }

  /// Calls back when no connection is left; those that last longer end with 1001.
  func shutDown(grace: Duration, whenEmpty done: @escaping @Sendable () -> Void) {
    whenEmpty.append(done)
    notifyIfEmpty()
    guard !pairs.isEmpty else { return }
    graceTimer = loop.assumeIsolated().scheduleTask(in: grace.timeAmount) {
      for identity in self.pairs.keys.sorted() {
        self.pairs[identity]?.end(.goingAway, reason: "", problem: nil)
      }
    }
  }

  private func notifyIfEmpty() {
    guard pairs.isEmpty else { return }
    graceTimer?.cancel()
    let done = whenEmpty
    whenEmpty = []
    for body in done { body() }
  }
}
