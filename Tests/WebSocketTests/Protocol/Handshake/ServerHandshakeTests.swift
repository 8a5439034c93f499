import Testing

@testable import WebSocket

struct ServerHandshakeTests {
  static let good = HTTPRequestHead(
    method: "GET",
    target: "/chat",
    minorVersion: 1,
    headers: [
      HeaderField("Host", "server.example.com"), HeaderField("Upgrade", "websocket"),
      HeaderField("Connection", "Upgrade"),
      HeaderField("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
      HeaderField("Origin", "http://example.com"),
      HeaderField("Sec-WebSocket-Protocol", "chat, superchat"),
      HeaderField("Sec-WebSocket-Version", "13"),
    ]
  )

  private static func changed(_ change: (inout HTTPRequestHead) -> Void) -> HTTPRequestHead {
    var head = good
    change(&head)
    return head
  }

  /// The good request with another value for a field; nil removes it.
  private static func with(_ name: String, _ value: String?) -> HTTPRequestHead {
    changed { head in
      head.headers.removeAll { $0.isNamed(name) }
      if let value { head.headers.append(HeaderField(name, value)) }
    }
  }

  @Test func `the request of RFC 6455 section 1_2 is a handshake`() {
    let request = HandshakeRequest(target: "/chat", headers: Self.good.headers)
    #expect(
      ServerHandshake.judge(Self.good) == .handshake(request, key: "dGhlIHNhbXBsZSBub25jZQ==")
    )
    #expect(request.subprotocols == ["chat", "superchat"])
  }

  static let alsoGood = [
    with("Upgrade", "WebSocket"), with("Connection", "keep-alive, UPGRADE"),
    with("Upgrade", "h2c, websocket"), with("Origin", nil),
  ]

  @Test(arguments: alsoGood)
  func `tokens are compared without regard to case, in lists too`(head: HTTPRequestHead) {
    guard case .handshake = ServerHandshake.judge(head) else {
      Issue.record("\(ServerHandshake.judge(head))")
      return
    }
  }

  @Test(arguments: [with("Upgrade", nil), with("Upgrade", "h2c")])
  func `a request for something else is plain HTTP`(head: HTTPRequestHead) {
    #expect(ServerHandshake.judge(head) == .plainHTTP)
  }

  struct Bad: CustomTestStringConvertible {
    let head: HTTPRequestHead
    let status: Int
    let reason: String
    var testDescription: String { reason }
  }

  static let bad = [
    Bad(
      head: changed { $0.method = "POST" },
      status: 405,
      reason: "a WebSocket handshake is a GET request, not POST"
    ),
    Bad(
      head: changed { $0.minorVersion = 0 },
      status: 400,
      reason: "a WebSocket handshake needs HTTP/1.1"
    ),
    Bad(
      head: with("Host", nil),
      status: 400,
      reason: "a WebSocket handshake needs one Host header"
    ),
    Bad(
      head: changed { $0.headers.append(HeaderField("Host", "b")) },
      status: 400,
      reason: "a WebSocket handshake needs one Host header"
    ),
    Bad(
      head: with("Connection", "keep-alive"),
      status: 400,
      reason: "the Connection header does not name 'Upgrade'"
    ),
    Bad(
      head: with("Sec-WebSocket-Key", nil),
      status: 400,
      reason: "the Sec-WebSocket-Key header is missing"
    ),
    Bad(
      head: with("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ=="),
      status: 400,
      reason: "the Sec-WebSocket-Key header is not base 64 of 16 bytes"
    ),
    Bad(
      head: with("Sec-WebSocket-Version", nil),
      status: 426,
      reason: "the Sec-WebSocket-Version header is missing; this server speaks 13"
    ),
    Bad(
      head: with("Sec-WebSocket-Version", "8"),
      status: 426,
      reason: "WebSocket version '8' is not known; this server speaks 13"
    ),
  ]

  @Test(arguments: bad)
  func `a handshake that breaks a rule of section 4_2_1 is refused`(bad: Bad) {
    guard case .refuse(let refusal) = ServerHandshake.judge(bad.head) else {
      Issue.record("\(ServerHandshake.judge(bad.head))")
      return
    }
    #expect(refusal.status == bad.status)
    #expect(refusal.reason == bad.reason)
    if bad.status == 426 {
      #expect(refusal.headers.first(named: "Sec-WebSocket-Version") == "13")
    }
  }

  @Test func `the response accepts the key and names the chosen subprotocol`() {
    let response = ServerHandshake.response(key: "dGhlIHNhbXBsZSBub25jZQ==", subprotocol: "chat")
    #expect(
      String(decoding: response.bytes, as: UTF8.self) == """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
        Sec-WebSocket-Protocol: chat\r
        \r\n
        """
    )
  }

  @Test func `a request tells its path, query and decoded items`() {
    let request = HandshakeRequest(
      target: "/ws/a?token=a%20b+c&flag&x=%zz&token=2",
      headers: [HeaderField("Cookie", "k=v")]
    )
    #expect(request.path == "/ws/a")
    #expect(request.query == "token=a%20b+c&flag&x=%zz&token=2")
    #expect(request.queryItems.map(\.name) == ["token", "flag", "x", "token"])
    #expect(request.queryItems.map(\.value) == ["a b c", "", "%zz", "2"])
    #expect(request.queryValue("token") == "a b c")
    #expect(request.queryValue("none") == nil)
    #expect(request.header("cookie") == "k=v")
    #expect(HandshakeRequest(target: "/ws").query == nil)
  }
}
