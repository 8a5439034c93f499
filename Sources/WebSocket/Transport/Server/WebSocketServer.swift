import NIOCore
import NIOPosix
internal import NIOSSL

/// A WebSocket server on one event loop, with plain HTTP on the same port.
///
/// Spec: RFC 6455 §4.2, §5, §7.
package final class WebSocketServer: Sendable {
  /// The port that the server listens on.
  package let port: Int

  private let channel: any Channel
  private let core: NIOLoopBound<ServerCore>

  private init(port: Int, channel: any Channel, core: NIOLoopBound<ServerCore>) {
    self.port = port
    self.channel = channel
    self.core = core
  }

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - configuration: Where to listen and what to allow.
  ///   - makeService: Makes the service; it has to run on the loop's executor.
  /// - Returns: The server, listening.
  /// - Throws: ``TransportError/cannotListen(host:port:reason:)``, or
  ///   ``TransportError/invalidRequest(_:)`` for a certificate that cannot be used.
  package static func start<Service: WebSocketService>(
    _ configuration: ServerConfiguration = ServerConfiguration(),
    service makeService: (ServerLoop) -> Service
  ) async throws(TransportError) -> WebSocketServer {
    let tls = try TLSContexts.server(configuration.tls)
    // A few more than the connections: the listener, the service's own files.
    OpenFileLimit.raise(to: configuration.maximumConnections + 256)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let service = makeService(ServerLoop(loop: loop))
    let (host, port) = (configuration.host, configuration.port)
    do {
      return try await loop.flatSubmit {
        let core = ServerCore(
          configuration: configuration,
          loop: loop,
          service: LoopService(service)
        )
        let bound = NIOLoopBound(core, eventLoop: loop)
        let bootstrap = bootstrap(loop, bound, tls)
        let listening =
          if let path = configuration.socketPath {
            bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true)
          } else {
            bootstrap
              .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
              .bind(host: host, port: port)
          }
        return listening.map { channel in
          WebSocketServer(
            port: channel.localAddress?.port ?? port,
            channel: channel,
            core: bound
          )
        }
      }.get()
    } catch {
      throw .listening(host: configuration.socketPath ?? host, port: port, error)
    }
  }

  private static func bootstrap(
    _ loop: any EventLoop,
    _ core: NIOLoopBound<ServerCore>,
    _ tls: NIOSSLContext?
  ) -> ServerBootstrap {
    ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          core.value.track(channel)
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          try channel.pipeline.syncOperations.addHandler(ServerHandshakeHandler(core.value))
        }
      }
  }

  /// Stops listening and closes every connection with 1001; returns when all are gone.
  ///
  /// Takes at most the configuration's close timeout.
  package func shutdown() async {
    channel.close(promise: nil)
    await withCheckedContinuation { continuation in
      channel.eventLoop.execute {
        self.core.value.shutDown { continuation.resume() }
      }
    }
    await waitUntilClosed()
  }

  /// Waits until the server no longer listens.
  package func waitUntilClosed() async {
    await withCheckedContinuation { continuation in
      channel.closeFuture.whenComplete { _ in continuation.resume() }
    }
  }
}

extension TransportError {
  /// Says in our words why a port cannot be listened on.
  static func listening(host: String, port: Int, _ error: any Error) -> TransportError {
    guard let error = error as? IOError else {
      return .cannotListen(host: host, port: port, reason: "\(error)")
    }
    let reason =
      switch error.errnoCode {
      case ConnectionErrno.addressInUse: "the port is in use; port 0 takes a free one"
      case ConnectionErrno.accessDenied: "not permitted; ports below 1024 need privileges"
      case ConnectionErrno.addressNotAvailable: "this machine has no such address"
      default: ConnectionErrno.text(error.errnoCode)
      }
    return .cannotListen(host: host, port: port, reason: reason)
  }
}
