import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct PlainHTTPTests {
  @Test func `a request on the WebSocket port is answered`() async throws {
    let echo = try await EchoServer.start()
    let place = "http://127.0.0.1:\(echo.server.port)"
    let post = PlainHTTPRequest(method: "POST", target: "/echo?a=b", body: Array("12345".utf8))
    let response = try await PlainHTTPClient.send(post, to: place)
    #expect(response.status == 201)
    #expect(response.header("content-type") == "text/plain; charset=utf-8")
    #expect(String(decoding: response.body, as: UTF8.self) == "POST /echo?a=b 5")
    let header = PlainHTTPRequest(
      method: "GET",
      target: "/headers",
      headers: [HeaderField("X-Test", "yes")]
    )
    #expect(try await PlainHTTPClient.send(header, to: place + "/").header("x-test") == "yes")
    let nothing = PlainHTTPRequest(method: "GET", target: "/none")
    let missing = try await PlainHTTPClient.send(nothing, to: place)
    #expect(missing.status == 404)
    #expect(String(decoding: missing.body, as: UTF8.self) == "nothing is at /none\n")
    await echo.server.shutdown()
  }

  @Test func `a connection is kept for the next request, also a pipelined one`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    let request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    try await peer.send(request)
    #expect(await peer.takeHead().hasPrefix("HTTP/1.1 201 Created\r\n"))
    #expect(await peer.take(12) == Array("POST /echo 3".utf8))
    try await peer.send(request + request)
    for _ in 0..<2 {
      #expect(await peer.takeHead().contains("Content-Length: 12\r\n"))
      #expect(await peer.take(12) == Array("POST /echo 3".utf8))
    }
    try await peer.send("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    #expect(await peer.takeHead().contains("Connection: close\r\n"))
    #expect(await peer.waitForEnd() == Array("GET /echo 0".utf8))
    await echo.server.shutdown()
  }

  @Test func `HEAD has the length but not the body, chunks are understood`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(await peer.takeHead().contains("Content-Length: 12\r\n"))
    let chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    try await peer.send(chunked + "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")
    _ = await peer.takeHead()
    #expect(await peer.take(12) == Array("POST /echo 5".utf8))
    try await peer.send("GET /echo HTTP/1.0\r\n\r\n")
    _ = await peer.takeHead()
    #expect(await peer.waitForEnd() == Array("GET /echo 0".utf8))
    await echo.server.shutdown()
  }

  @Test func `a client that expects 100 gets it`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    )
    #expect(await peer.takeHead() == "HTTP/1.1 100 Continue\r\n\r\n")
    try await peer.send("ab")
    #expect(await peer.takeHead().hasPrefix("HTTP/1.1 201 "))
    try await peer.close()
    await echo.server.shutdown()
  }

  @Test func `a body over the limit is refused`() async throws {
    let echo = try await EchoServer.start { $0.maximumBodyBytes = 10 }
    let request = PlainHTTPRequest(
      method: "POST",
      target: "/echo",
      body: [UInt8](repeating: 1, count: 11)
    )
    let response = try await PlainHTTPClient.send(
      request,
      to: "http://127.0.0.1:\(echo.server.port)"
    )
    #expect(response.status == 413)
    #expect(String(decoding: response.body, as: UTF8.self) == "the body is longer than 10 bytes\n")
    await echo.server.shutdown()
  }

  @Test func `a kept connection may become a WebSocket`() async throws {
    let echo = try await EchoServer.start()
    let peer = try await RawPeer.connect(to: echo.server.port)
    try await peer.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = await peer.takeHead()
    _ = await peer.take(11)
    #expect(try await peer.openWebSocket().hasPrefix("HTTP/1.1 101 "))
    try await peer.send(Frame.text("still here").masked)
    #expect(await peer.takeFrame() == .text("still here"))
    try await peer.close()
    await echo.server.shutdown()
  }

  // MARK: Client

  @Test func `an unreachable place, a wrong URL and no answer are explained`() async throws {
    let request = PlainHTTPRequest(method: "POST", target: "/_states")
    let server = try await RawServer.start()
    let place = "http://127.0.0.1:\(server.port)"
    async let sending = Result { try await PlainHTTPClient.send(request, to: place) }
    let peer = try await server.accept()
    #expect(await peer.takeHead().contains("Content-Length: 0\r\n"))
    try await peer.close()
    let result = await sending
    guard case .failure(let error as TransportError) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(
      error.description
        == "no usable HTTP response from 127.0.0.1:\(server.port):"
        + " the server ended the connection before its response was complete"
    )
    let port = try #require(ReservedPort())
    let refused = TransportError.connectionRefused(
      WebSocketURL(host: "127.0.0.1", port: port.number)
    )
    await #expect(throws: refused) {
      try await PlainHTTPClient.send(request, to: "http://127.0.0.1:\(port.number)")
    }
    let problem = "'localhost:80' is not an http:// or https:// URL"
    await #expect(throws: TransportError.invalidRequest(problem)) {
      try await PlainHTTPClient.send(request, to: "localhost:80")
    }
    let wrong = TransportError.invalidRequest(
      "'http://h:x' has the port 'x'; a port is a number from 1 to 65535"
    )
    await #expect(throws: wrong) { try await PlainHTTPClient.send(request, to: "http://h:x") }
  }

  @Test func `a server that does not answer runs into the time limit`() async throws {
    let server = try await RawServer.start()
    let request = PlainHTTPRequest(method: "GET", target: "/")
    let place = "http://127.0.0.1:\(server.port)"
    let error = await #expect(throws: TransportError.self) {
      try await PlainHTTPClient.send(request, to: place, timeout: .milliseconds(50))
    }
    #expect(error?.description.hasSuffix(":\(server.port) was not there within 50 ms") == true)
  }
}
