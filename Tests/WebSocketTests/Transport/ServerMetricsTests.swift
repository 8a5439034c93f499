import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ServerMetricsTests {
  @Test func `metrics count connections, messages, refusals, closes and requests`() async throws {
    let metrics = ServerMetrics()
    let echo = try await EchoServer.start(
      { $0.metrics = metrics },
      decide: { request in
        request.path == "/no" ? .refuse(status: 403, reason: "no") : .accept(subprotocol: nil)
      }
    )
    let staying = try await echo.connect()
    let leaving = try await echo.connect()
    _ = try await staying.exchange(.text("grüße"))
    _ = try await staying.exchange(.binary([1, 2, 3]))
    await leaving.close(4000)
    await #expect(throws: TransportError.self) { try await echo.connect("/no") }
    let broken = try await RawPeer.connect(to: echo.server.port)
    try await broken.send("nonsense\r\n\r\n")
    _ = await broken.waitForEnd()
    let rude = try await echo.connect()
    try await rude.sendFrame(Frame(opcode: 3, payload: []))
    _ = await echo.service.closures(2)
    let place = "http://127.0.0.1:\(echo.server.port)"
    let nothing = PlainHTTPRequest(method: "GET", target: "/none")
    _ = try await PlainHTTPClient.send(nothing, to: place)
    let request = PlainHTTPRequest(method: "GET", target: "/metrics")
    let response = try await PlainHTTPClient.send(request, to: place)
    #expect(response.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
    let lines = String(decoding: response.body, as: UTF8.self).split(separator: "\n").map(
      String.init
    )
    for line in [
      "# TYPE websocket_server_connections gauge",
      "websocket_server_connections 1",
      "websocket_server_accepted_total 3",
      "websocket_server_refused_total{reason=\"invalid_request\",status=\"400\"} 1",
      "websocket_server_refused_total{reason=\"service\",status=\"403\"} 1",
      "websocket_server_closed_total{code=\"1002\",by=\"server\"} 1",
      "websocket_server_closed_total{code=\"4000\",by=\"client\"} 1",
      "websocket_server_messages_total{direction=\"received\",kind=\"text\"} 1",
      "websocket_server_messages_total{direction=\"sent\",kind=\"binary\"} 1",
      "websocket_server_message_bytes_total{direction=\"received\"} 10",
      "websocket_server_message_bytes_total{direction=\"sent\"} 10",
      "websocket_server_http_responses_total{status=\"404\"} 1",
      "websocket_server_handshake_seconds_bucket{le=\"+Inf\"} 3",
      "websocket_server_handshake_seconds_count 3",
    ] { #expect(lines.contains(line), "\(line)") }
    await staying.close()
    await echo.server.shutdown()
  }

  @Test func `each metric is described once, and a histogram only grows`() {
    let metrics = ServerMetrics()
    for milliseconds in [0, 1, 7, 20_000] { metrics.opened(within: .milliseconds(milliseconds)) }
    let lines = metrics.text.split(separator: "\n")
    let types = lines.filter { $0.hasPrefix("# TYPE ") }
    #expect(Set(types).count == types.count)
    #expect(lines.count { $0.hasPrefix("# HELP ") } == types.count)
    let counts = lines.filter { $0.contains("_bucket{") }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(counts == counts.sorted())
    #expect(counts.last == 4)
    #expect(lines.contains("websocket_server_handshake_seconds_bucket{le=\"0.0025\"} 2"))
    #expect(lines.contains("websocket_server_handshake_seconds_bucket{le=\"10\"} 3"))
    #expect(lines.contains("websocket_server_handshake_seconds_sum 20.008"))
  }

  @Test func `without metrics there is no such page`() async throws {
    let echo = try await EchoServer.start()
    let request = PlainHTTPRequest(method: "GET", target: "/metrics")
    let place = "http://127.0.0.1:\(echo.server.port)"
    #expect(try await PlainHTTPClient.send(request, to: place).status == 404)
    await echo.server.shutdown()
  }
}
