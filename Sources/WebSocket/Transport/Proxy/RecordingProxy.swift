import NIOCore
import NIOPosix
internal import NIOSSL

/// Stands between a consumer and its provider, passes everything on, and has each frame recorded.
///
/// Frames go on byte for byte as they came, broken ones, too. The opening handshake is passed on
/// with all its fields, with these exceptions: `Host`, and an `Origin` that names the proxy, get the
/// provider's place; of `Sec-WebSocket-Extensions` only permessage-deflate is left, so that what is
/// recorded can be read. Where both sides agree on it the bytes still go on as they came, and the
/// recorder gets the frames decompressed.
/// A refused handshake is passed back as it is. Other HTTP is passed on, too, one request for each
/// connection, and is not recorded.
///
/// Each connection lives on one event loop. With one loop for all of them, what came on different
/// connections is recorded in the order in which it was found on the wire; with a loop for each core
/// more comes through, and only what one peer could know of the other is sure to be in order.
///
/// Spec: RFC 6455 §4, §5; RFC 7692 §6.
package final class RecordingProxy: Sendable {
  /// The port that the proxy listens on.
  package let port: Int
  /// What consumers connect to: the proxy's place with the provider's path.
  package let url: WebSocketURL

  private let channel: any Channel
  private let cores: [NIOLoopBound<ProxyCore>]

  private init(url: WebSocketURL, channel: any Channel, cores: [NIOLoopBound<ProxyCore>]) {
    self.url = url
    port = url.port
    self.channel = channel
    self.cores = cores
  }

  /// Starts to listen; the provider is connected to when a consumer comes.
  ///
  /// - Parameters:
  ///   - upstream: Where the provider is; the path is the consumer's business.
  ///   - tls: How a `wss` provider proves who it is.
  ///   - httpProxy: The HTTP proxy on the way to the provider; nil: there is none.
  ///   - host: The address or name to listen on.
  ///   - port: 0 takes a free one.
  ///   - listeningTLS: What consumers are shown, who then have to connect with `wss`; nil: `ws`.
  ///   - usesAllCores: Whether there is an event loop for each core, in place of one.
  ///   - recorder: Is told everything, on the proxy's event loops.
  ///   - limits: What the proxy allows.
  /// - Returns: The proxy, listening.
  /// - Throws: ``TransportError/cannotListen(host:port:reason:)``, or
  ///   ``TransportError/invalidRequest(_:)`` for a certificate that cannot be used.
  package static func start(
    upstream: WebSocketURL,
    tls: ClientTLS = ClientTLS(),
    httpProxy: HTTPProxy? = nil,
    host: String = "127.0.0.1",
    port: Int = 0,
    listeningTLS: ServerTLS? = nil,
    usesAllCores: Bool = false,
    recorder: any FrameRecorder,
    limits: ProxyLimits = ProxyLimits()
  ) async throws(TransportError) -> RecordingProxy {
    let toProvider = upstream.scheme == .wss ? try TLSContexts.client(tls) : nil
    let toConsumer = try TLSContexts.server(listeningTLS)
    let setting = ProxySetting(
      upstream: upstream,
      httpProxy: httpProxy,
      recorder: recorder,
      limits: limits,
      tls: toProvider
    )
    do {
      let all = MultiThreadedEventLoopGroup.singleton
      let group: any EventLoopGroup = usesAllCores ? all : all.next()
      var cores: [NIOLoopBound<ProxyCore>] = []
      for loop in group.makeIterator() {
        let core = loop.submit { NIOLoopBound(ProxyCore(loop: loop, setting), eventLoop: loop) }
        cores.append(try await core.get())
      }
      let channel = try await bootstrap(group, cores, toConsumer).bind(host: host, port: port).get()
      let url = WebSocketURL(
        scheme: listeningTLS == nil ? .ws : .wss,
        host: host,
        port: channel.localAddress?.port ?? port,
        path: upstream.path
      )
      return RecordingProxy(url: url, channel: channel, cores: cores)
    } catch {
      throw .listening(host: host, port: port, error)
    }
  }

  private static func bootstrap(
    _ group: any EventLoopGroup,
    _ cores: [NIOLoopBound<ProxyCore>],
    _ tls: NIOSSLContext?
  ) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          guard let core = cores.first(where: { $0.eventLoop === channel.eventLoop }) else {
            return
          }
          try core.value.accept(channel)
        }
      }
  }

  /// Stops listening, lets connections end by themselves for a while, then ends the others with
  /// 1001; when it returns, every ``FrameRecorder/closed(connection:by:problem:at:)`` has been
  /// called.
  ///
  /// - Parameter grace: How long connections may take to end; a consumer that has exited has ended
  ///   them already, but their last bytes may not have been read yet.
  package func shutdown(grace: Duration = .seconds(1)) async {
    // Whoever was accepted before has been told to its event loop when this is over.
    try? await channel.close()
    await withTaskGroup(of: Void.self) { group in
      for core in cores {
        group.addTask {
          await withCheckedContinuation { continuation in
            core.eventLoop.execute {
              core.value.shutDown(grace: grace) { continuation.resume() }
            }
          }
        }
      }
    }
  }
}
