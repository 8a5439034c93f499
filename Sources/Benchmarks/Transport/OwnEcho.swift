import WebSocket

/// Echo with this package's server and client, every rule checked, each on one loop.
struct OwnEcho {
  private let server: WebSocketServer
  private let clients: ClientLoop

  static func start() async throws -> OwnEcho {
    var clients = ClientLoop.next()
    let server = try await WebSocketServer.start { loop in
      clients = .next(besides: loop)
      return EchoService(loop: loop)
    }
    return OwnEcho(server: server, clients: clients)
  }

  /// Lets so many connections play ping-pong for some time.
  ///
  /// - Returns: Round trips a second.
  func rate(
    connections: Int,
    _ style: EchoClients.Style,
    payload: [UInt8],
    for time: Duration
  ) async throws -> Double {
    try await EchoClients.rate(
      WebSocketURL(host: "127.0.0.1", port: server.port),
      connections: connections,
      style,
      on: [clients],
      payload: payload,
      for: time
    ).perSecond
  }

  func stop() async {
    await server.shutdown()
  }
}
