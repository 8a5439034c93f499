import NIOCore
import NIOPosix

extension ClientBootstrap {
  /// A bootstrap for channels that are read from by request.
  static func onRequest(_ loop: any EventLoop, connectTimeout: Duration) -> ClientBootstrap {
    ClientBootstrap(group: loop)
      .connectTimeout(connectTimeout.timeAmount)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.autoRead, value: false)
  }

  /// Connects to the place of a URL; only a name needs a look-up, which costs a change of thread.
  func connect(to url: WebSocketURL) -> EventLoopFuture<any Channel> {
    if let address = try? SocketAddress(ipAddress: url.host, port: url.port) {
      return connect(to: address)
    }
    return connect(host: url.host, port: url.port)
  }
}
