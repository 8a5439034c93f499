import NIOCore
import NIOPosix

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
/// Spec: RFC 6455 §4, §5; RFC 7692 §6.
package final class RecordingProxy: Sendable {
  /// The port that the proxy listens on.
  package let port: Int
  /// What consumers connect to: the proxy's place with the provider's path.
  package let url: WebSocketURL

  private let channel: any Channel
  private let core: NIOLoopBound<ProxyCore>

  private init(url: WebSocketURL, channel: any Channel, core: NIOLoopBound<ProxyCore>) {
    self.url = url
    port = url.port
    self.channel = channel
    self.core = core
  }

  /// Starts to listen; the provider is connected to when a consumer comes.
  ///
  /// - Parameters:
  ///   - upstream: Where the provider is; the path is the consumer's business.
  ///   - tls: How a `wss` provider proves who it is.
  ///   - host: The address or name to listen on.
  ///   - port: 0 takes a free one.
  ///   - recorder: Is told everything, on the proxy's event loop.
  ///   - limits: What the proxy allows.
  /// - Returns: The proxy, listening.
  /// - Throws: ``TransportError/cannotListen(host:port:reason:)``, or
  ///   ``TransportError/invalidRequest(_:)`` for a certificate that cannot be used.
  package static func start(
    upstream: WebSocketURL,
    tls: ClientTLS = ClientTLS(),
    host: String = "127.0.0.1",
    port: Int = 0,
    recorder: any FrameRecorder,
    limits: ProxyLimits = ProxyLimits()
  ) async throws(TransportError) -> RecordingProxy {
    let context = upstream.scheme == .wss ? try TLSContexts.client(tls) : nil
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    do {
      return try await loop.flatSubmit {
        let core = ProxyCore(
          loop: loop,
          upstream: upstream,
          recorder: recorder,
          limits: limits,
          tls: context
        )
        let bound = NIOLoopBound(core, eventLoop: loop)
        return bootstrap(loop, bound).bind(host: host, port: port).map { channel in
          let url = WebSocketURL(
            host: host,
            port: channel.localAddress?.port ?? port,
            path: upstream.path
          )
          return RecordingProxy(url: url, channel: channel, core: bound)
        }
      }.get()
    } catch {
      throw .listening(host: host, port: port, error)
    }
  }

  private static func bootstrap(
    _ loop: any EventLoop,
    _ core: NIOLoopBound<ProxyCore>
  ) -> ServerBootstrap {
    ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try core.value.accept(channel) }
      }
  }

  /// Stops listening, lets connections end by themselves for a while, then ends the others with
  /// 1001; when it returns, every ``FrameRecorder/closed(connection:by:problem:at:)`` has been
  /// called.
  ///
  /// - Parameter grace: How long connections may take to end; a consumer that has exited has ended
  ///   them already, but their last bytes may not have been read yet.
  package func shutdown(grace: Duration = .seconds(1)) async {
    channel.close(promise: nil)
    await withCheckedContinuation { continuation in
      channel.eventLoop.execute {
        self.core.value.shutDown(grace: grace) { continuation.resume() }
      }
    }
  }
}
