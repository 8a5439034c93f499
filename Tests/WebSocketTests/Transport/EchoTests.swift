import Testing
import WebSocket

struct EchoTests {
  @Test func `a message comes back with its times`() async throws {
    let server = try await WebSocketServer.start { EchoService($0) }
    let url = WebSocketURL(host: "127.0.0.1", port: server.port, path: "/ws")
    try await withConnection(ConnectRequest(url: url)) { connection in
      let sent = try await connection.send(.text("hello"))
      let event = try await connection.nextEvent(until: nil)
      guard case .message(let message, let received) = event else {
        Issue.record("\(String(describing: event))")
        return
      }
      #expect(message == .text("hello"))
      #expect(sent < received)
      let closure = await connection.close(.normalClosure, reason: "done")
      #expect(closure.code == .normalClosure)
      #expect(closure.isClean)
      #expect(closure.initiator == .local)
    }
    let response = try await PlainHTTPClient.send(
      PlainHTTPRequest(method: "POST", target: "/hello", body: [1, 2, 3]),
      to: "http://127.0.0.1:\(server.port)"
    )
    #expect(response.status == 200)
    #expect(response.body == Array("hello 3".utf8))
    await server.shutdown()
  }
}
