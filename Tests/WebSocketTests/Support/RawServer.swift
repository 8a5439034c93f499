import NIOCore
import NIOPosix
import Synchronization

@testable import WebSocket

/// A TCP server whose connections the test plays itself, one after the other.
final class RawServer: Sendable {
  private struct State {
    var accepted: [RawPeer] = []
    var waiters: [CheckedContinuation<RawPeer, Never>] = []
  }

  private final class Queue: Sendable {
    let state = Mutex(State())

    func put(_ peer: RawPeer) {
      let waiter = state.withLock { state -> CheckedContinuation<RawPeer, Never>? in
        guard !state.waiters.isEmpty else {
          state.accepted.append(peer)
          return nil
        }
        return state.waiters.removeFirst()
      }
      waiter?.resume(returning: peer)
    }
  }

  let port: Int
  private let channel: any Channel
  private let queue: Queue

  private init(_ channel: any Channel, _ queue: Queue) {
    self.channel = channel
    self.queue = queue
    port = channel.localAddress?.port ?? 0
  }

  static func start(host: String = "127.0.0.1") async throws -> RawServer {
    let queue = Queue()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let peer = RawPeer(channel)
          try channel.pipeline.syncOperations.addHandler(RawPeer.Handler(peer))
          queue.put(peer)
        }
      }
      .bind(host: host, port: 0).get()
    return RawServer(channel, queue)
  }

  var url: WebSocketURL { WebSocketURL(host: "127.0.0.1", port: port, path: "/ws") }

  /// Waits for the next connection.
  func accept() async -> RawPeer {
    await withCheckedContinuation { continuation in
      let peer = queue.state.withLock { state -> RawPeer? in
        guard !state.accepted.isEmpty else {
          state.waiters.append(continuation)
          return nil
        }
        return state.accepted.removeFirst()
      }
      if let peer { continuation.resume(returning: peer) }
    }
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
  let peer = await server.accept()
  try await peer.acceptWebSocket()
  let client = try await connecting
  try await server.close()
  return (client, peer)
}
