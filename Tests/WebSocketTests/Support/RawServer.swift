import NIOCore
import NIOPosix

@testable import WebSocket

/// A TCP server whose connections the test plays itself, one after the other.
final class RawServer: Sendable {
  let port: Int
  private let channel: any Channel
  private let accepted: Watched<[RawPeer]>

  private init(_ channel: any Channel, _ accepted: Watched<[RawPeer]>) {
    self.channel = channel
    self.accepted = accepted
    port = channel.localAddress?.port ?? 0
  }

  static func start(host: String = "127.0.0.1") async throws -> RawServer {
    let accepted = Watched<[RawPeer]>([])
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let peer = RawPeer(channel)
          try channel.pipeline.syncOperations.addHandler(RawPeer.Handler(peer))
          accepted.update { $0.append(peer) }
        }
      }
      .bind(host: host, port: 0).get()
    return RawServer(channel, accepted)
  }

  var url: WebSocketURL { WebSocketURL(host: "127.0.0.1", port: port, path: "/ws") }

  /// Waits for the next connection.
  func accept() async throws -> RawPeer {
    await accepted.wait { !$0.isEmpty }
    try Task.checkCancellation()
    return accepted.update { $0.removeFirst() }
  }

  func close() async throws {
    try await channel.close()
  }
}

/// Connects a client to a raw server, which accepts its handshake.
func connectedPair(
  _ change: (inout ConnectRequest) -> Void = { _ in }
) async throws -> (client: ClientConnection, peer: RawPeer) {
  let server = try await RawServer.start()
  var request = ConnectRequest(url: server.url)
  change(&request)
  async let connecting = ClientConnection.connect(request)
  let peer = try await server.accept()
  try await peer.acceptWebSocket()
  let client = try await connecting
  try await server.close()
  return (client, peer)
}
