import NIOCore
import NIOPosix

extension ClientBootstrap {
  /// A bootstrap for TCP channels that are read from by request.
  static func onRequest(_ loop: any EventLoop, connectTimeout: Duration) -> ClientBootstrap {
    anyOnRequest(loop, connectTimeout: connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
  }

  /// A bootstrap for channels of any kind that are read from by request.
  static func anyOnRequest(_ loop: any EventLoop, connectTimeout: Duration) -> ClientBootstrap {
    ClientBootstrap(group: loop)
      .connectTimeout(connectTimeout.timeAmount)
      .channelOption(.autoRead, value: false)
  }

  /// Connects as a request says: to a Unix socket, a proxy, or the server itself.
  static func connect(
    _ loop: any EventLoop,
    _ request: ConnectRequest
  ) -> EventLoopFuture<any Channel> {
    if let path = request.socketPath {
      return anyOnRequest(loop, connectTimeout: request.connectTimeout)
        .connect(unixDomainSocketPath: path)
    }
    return onRequest(loop, connectTimeout: request.connectTimeout)
      .connect(to: request.httpProxy?.place ?? request.url)
  }

  /// Connects to the place of a URL; only a name needs a look-up, which costs a change of thread.
  func connect(to url: WebSocketURL) -> EventLoopFuture<any Channel> {
    if let address = try? SocketAddress(ipAddress: url.host, port: url.port) {
      return connect(to: address)
    }
    return connect(host: url.host, port: url.port)
  }
}
