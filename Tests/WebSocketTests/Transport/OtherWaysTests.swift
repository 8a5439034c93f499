import TestSupport
import Testing

@testable import WebSocket

/// Ways to a server that are not a TCP connection of its own.
@Suite(.timeLimit(.minutes(1)))
struct OtherWaysTests {
  // MARK: Unix sockets

  @Test func `client and server talk over a Unix socket, also where one is left over`() async throws
  {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/server.sock"
      for _ in 0..<2 {
        let echo = try await EchoServer.start { $0.socketPath = path }
        var request = ConnectRequest(url: try WebSocketURL("ws://localhost/ws"))
        request.socketPath = path
        let client = try await ClientConnection.connect(request)
        #expect(try await client.exchange(.text("hello")) == .text("hello"))
        #expect(await client.close().isClean)
        await echo.server.shutdown()
      }
    }
  }

  @Test func `a Unix socket that is not there is told`() async throws {
    var request = ConnectRequest(url: try WebSocketURL("ws://localhost/ws"))
    request.socketPath = "/nowhere/server.sock"
    let error = await #expect(throws: TransportError.self) {
      _ = try await ClientConnection.connect(request)
    }
    let problem =
      "cannot connect to localhost: the Unix socket '/nowhere/server.sock':"
      + " No such file or directory"
    #expect(error?.description == problem)
  }

  // MARK: HTTP proxies

  /// Plays the proxy for a client until it has answered the request for a tunnel.
  private static func tunnel(
    to url: WebSocketURL = WebSocketURL(host: "server.example", port: 8000, path: "/ws"),
    answering: String
  ) async throws -> (request: String, peer: RawPeer, client: Task<ClientConnection, any Error>) {
    let server = try await RawServer.start()
    var request = ConnectRequest(url: url)
    request.httpProxy = HTTPProxy(host: "127.0.0.1", port: server.port)
    let fixed = request
    // The proxy is played meanwhile.
    let client = Task { try await ClientConnection.connect(fixed) }
    let peer = try await server.accept()
    let head = await peer.takeHead()
    try await peer.send(answering)
    try await server.close()
    return (head, peer, client)
  }

  @Test func `a proxy that does not run is told from a server that does not`() async throws {
    let port = try #require(ReservedPort())
    var request = ConnectRequest(url: try WebSocketURL("ws://server.example/ws"))
    request.httpProxy = HTTPProxy(host: "127.0.0.1", port: port.number)
    let error = await #expect(throws: TransportError.self) {
      _ = try await ClientConnection.connect(request)
    }
    #expect(
      error?.description == "cannot connect to 127.0.0.1:\(port.number):"
        + " the HTTP proxy refuses connections; is it running?"
    )
  }

  @Test func `a tunnel carries the handshake and what comes after it`() async throws {
    let (request, peer, client) = try await Self.tunnel(
      answering: "HTTP/1.1 200 Connection established\r\n\r\n"
    )
    #expect(request.hasPrefix("CONNECT server.example:8000 HTTP/1.1\r\n"))
    let handshake = try await peer.acceptWebSocket(followedBy: Frame.text("hello").plain)
    #expect(handshake.contains("\r\nHost: server.example:8000\r\n"))
    let connection = try await client.value
    #expect(try await connection.nextMessage() == .text("hello"))
    try await connection.send(.text("there"))
    #expect(await peer.takeFrame() == .text("there"))
    connection.drop()
    await peer.waitForEnd()
  }

  @Test(arguments: [
    (
      "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
      "it answered with status 407 (Proxy Authentication Required)"
    ),
    ("SSH-2.0-x\r\n", "'SSH-2.0-x\\u{d}\\u{a}' is not an HTTP status line"),
  ])
  func `a proxy that opens no tunnel says why`(answer: String, reason: String) async throws {
    let (_, peer, client) = try await Self.tunnel(answering: answer)
    let error = await #expect(throws: TransportError.self) { _ = try await client.value }
    #expect(error?.description.contains("opens no tunnel: \(reason)") == true)
    await peer.waitForEnd()
  }

  // MARK: Misbehaviour

  @Test func `a client may end its direction and go on receiving`() async throws {
    let (client, peer) = try await connectedPair()
    try await client.send(.text("last"))
    try await client.endOutput()
    #expect(await peer.takeFrame() == .text("last"))
    #expect(await peer.waitForEnd().isEmpty)
    try await peer.send(Frame.text("still here").plain)
    #expect(try await client.nextMessage() == .text("still here"))
    try await peer.close()
  }

  @Test func `a client may reset its connection`() async throws {
    let echo = try await EchoServer.start()
    let client = try await echo.connect()
    #expect(try await client.exchange(.text("x")) == .text("x"))
    client.reset()
    #expect(await echo.service.closures(1).first?.failure == .reset)
    #expect(client.closure?.failure == .dropped)
    await echo.server.shutdown()
  }

  @Test func `a client that stalls reads nothing until it goes on`() async throws {
    let (client, peer) = try await connectedPair { $0.maximumFrameBytes = 64 << 20 }
    client.stall()
    try await client.send(.text("stalled"))
    #expect(await peer.takeFrame() == .text("stalled"))
    // More than the sockets of both sides hold, so it cannot all be written.
    let bytes = Frame(.binary, payload: [UInt8](repeating: 1, count: 16 << 20)).plain
    async let sending: Void = peer.send(bytes)
    #expect(try await client.nextEvent(until: .now().advanced(by: .milliseconds(20))) == nil)
    client.resume()
    guard case .message(let message, _) = try await client.nextEvent(until: nil) else {
      Issue.record("no message")
      return
    }
    #expect(message.payload.count == 16 << 20)
    try await sending
    client.drop()
    await peer.waitForEnd()
  }
}
