import NIOCore
import NIOPosix
internal import NIOSSL

/// What the connections of one proxy share; lives on its event loop.
final class ProxyCore {
  let loop: any EventLoop
  let upstream: WebSocketURL
  let recorder: any FrameRecorder
  let limits: ProxyLimits
  private let tls: NIOSSLContext?
  private var pairs: [Int: ProxyPair] = [:]
  private var lastPair = 0
  private var lastNumber = 0
  private var graceTimer: Scheduled<Void>?
  private var whenEmpty: [@Sendable () -> Void] = []

  init(
    loop: any EventLoop,
    upstream: WebSocketURL,
    recorder: any FrameRecorder,
    limits: ProxyLimits,
    tls: NIOSSLContext?
  ) {
    self.loop = loop
    self.upstream = upstream
    self.recorder = recorder
    self.limits = limits
    self.tls = tls
  }

  /// The number for the next recorded connection.
  func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// Whether there are more connections than the proxy takes.
  var isOverfull: Bool { pairs.count > limits.maximumConnections }

  /// A consumer has connected.
  func accept(_ channel: any Channel) throws {
    lastPair += 1
    let pair = ProxyPair(self, identity: lastPair)
    let side = ProxySide(.toProvider, pair)
    try channel.pipeline.syncOperations.addHandler(side)
    pairs[pair.identity] = pair
    pair.start(side)
  }

  /// A connection is over.
  func remove(_ pair: ProxyPair) {
    pairs[pair.identity] = nil
    notifyIfEmpty()
  }

  /// Connects to the provider.
  func connect(_ pair: ProxyPair) -> EventLoopFuture<ProxySide>.Isolated {
    ClientBootstrap.onRequest(loop, connectTimeout: limits.connectTimeout)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(to: upstream)
      .assumeIsolated()
      .flatMapThrowing { channel in
        let side = ProxySide(.toConsumer, pair)
        try channel.pipeline.syncOperations.addTLS(self.tls, host: self.upstream.host)
        try channel.pipeline.syncOperations.addHandler(side)
        return side
      }
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
