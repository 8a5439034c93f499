import Testing

@testable import WebSocket

struct ClientHandshakeTests {
  private static func handshake(
    headers: [HeaderField] = [],
    subprotocols: [String] = [],
    compression: CompressionSettings? = nil
  ) -> ClientHandshake {
    ClientHandshake(
      url: WebSocketURL(host: "server.example.com", port: 8080, path: "/chat?x=1"),
      headers: headers,
      subprotocols: subprotocols,
      compression: compression,
      key: "dGhlIHNhbXBsZSBub25jZQ=="
    )
  }

  @Test func `the request has every field of section 4_1 and the user's own`() {
    let handshake = Self.handshake(
      headers: [HeaderField("Authorization", "Bearer t")],
      subprotocols: ["chat", "superchat"]
    )
    #expect(handshake.problem == nil)
    #expect(
      String(decoding: handshake.request.bytes, as: UTF8.self) == """
        GET /chat?x=1 HTTP/1.1\r
        Host: server.example.com:8080\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Protocol: chat, superchat\r
        Authorization: Bearer t\r
        \r\n
        """
    )
  }

  @Test func `a user's Host takes the place of ours`() {
    let request = Self.handshake(headers: [HeaderField("host", "other")]).request
    #expect(request.headers.all(named: "Host") == ["other"])
  }

  struct Unsendable: CustomTestStringConvertible {
    var headers: [HeaderField] = []
    var subprotocols: [String] = []
    let problem: String
    var testDescription: String { problem }
  }

  static let unsendable = [
    Unsendable(
      headers: [HeaderField("X Y", "1")],
      problem: "header name 'X Y' is not a token"
    ),
    Unsendable(
      headers: [HeaderField("X", "1\r\nEvil: 2")],
      problem: "value of header 'X' has control characters"
    ),
    Unsendable(
      headers: [HeaderField("sec-websocket-key", "x")],
      problem: "the header 'Sec-WebSocket-Key' belongs to the handshake and cannot be given"
    ),
    Unsendable(subprotocols: ["a b"], problem: "subprotocol 'a b' is not a token"),
    Unsendable(subprotocols: [""], problem: "subprotocol '' is not a token"),
    Unsendable(subprotocols: ["a", "b", "a"], problem: "subprotocol 'a' is offered twice"),
  ]

  @Test(arguments: unsendable)
  func `a request that cannot be sent is named`(example: Unsendable) {
    let handshake = Self.handshake(headers: example.headers, subprotocols: example.subprotocols)
    #expect(handshake.problem == example.problem)
  }

  private static let good = [
    HeaderField("Upgrade", "websocket"), HeaderField("Connection", "Upgrade"),
    HeaderField("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
  ]

  struct Answer: CustomTestStringConvertible {
    var status = 101
    var headers: [HeaderField]
    var offered: [String] = []
    let expected: Result<String?, ClientHandshake.Problem>
    let why: String
    var testDescription: String { why }
  }

  private static func without(_ name: String, _ added: HeaderField...) -> [HeaderField] {
    good.filter { !$0.isNamed(name) } + added
  }

  static let answers = [
    Answer(headers: good, expected: .success(nil), why: "the answer of section 1.3"),
    Answer(
      headers: without("Upgrade", HeaderField("upgrade", "WebSocket")),
      expected: .success(nil),
      why: "another case"
    ),
    Answer(
      headers: good + [HeaderField("Sec-WebSocket-Protocol", "b")],
      offered: ["a", "b"],
      expected: .success("b"),
      why: "an offered subprotocol"
    ),
    Answer(headers: good, offered: ["a"], expected: .success(nil), why: "no subprotocol chosen"),
    Answer(status: 403, headers: good, expected: .failure(.refused), why: "another status"),
    Answer(
      headers: without("Upgrade"),
      expected: .failure(.invalid("its Upgrade header does not name 'websocket'")),
      why: "item 2: no Upgrade"
    ),
    Answer(
      headers: without("Connection", HeaderField("Connection", "close")),
      expected: .failure(.invalid("its Connection header does not name 'Upgrade'")),
      why: "item 3: no Connection: Upgrade"
    ),
    Answer(
      headers: without("Sec-WebSocket-Accept"),
      expected: .failure(
        .invalid(
          "its Sec-WebSocket-Accept header is missing; 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' was expected"
        )
      ),
      why: "item 4: no accept key"
    ),
    Answer(
      headers: without("Sec-WebSocket-Accept", HeaderField("Sec-WebSocket-Accept", "wrong")),
      expected: .failure(
        .invalid(
          "its Sec-WebSocket-Accept header is 'wrong'; 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' was expected"
        )
      ),
      why: "item 4: another accept key"
    ),
    Answer(
      headers: good + [HeaderField("Sec-WebSocket-Extensions", "permessage-deflate; x=1")],
      expected: .failure(
        .invalid("it agrees to the extension 'permessage-deflate; x=1', which was not offered")
      ),
      why: "item 5: an extension that was not offered"
    ),
    Answer(
      headers: good + [HeaderField("Sec-WebSocket-Protocol", "c")],
      offered: ["a", "b"],
      expected: .failure(
        .invalid("it chose the subprotocol 'c', which was not offered (offered: a, b)")
      ),
      why: "item 6: a subprotocol that was not offered"
    ),
    Answer(
      headers: good + [HeaderField("Sec-WebSocket-Protocol", "a")],
      expected: .failure(
        .invalid("it chose the subprotocol 'a', which was not offered (none was offered)")
      ),
      why: "item 6: none was offered"
    ),
    Answer(
      headers: good + [
        HeaderField("Sec-WebSocket-Protocol", "a"), HeaderField("Sec-WebSocket-Protocol", "b"),
      ],
      offered: ["a", "b"],
      expected: .failure(.invalid("it names more than one subprotocol")),
      why: "two subprotocols"
    ),
  ]

  @Test(arguments: answers)
  func `an answer is checked item by item`(answer: Answer) {
    let handshake = Self.handshake(subprotocols: answer.offered)
    let head = HTTPResponseHead(
      status: answer.status,
      reason: "",
      minorVersion: 1,
      headers: answer.headers
    )
    let found = Result { () throws(ClientHandshake.Problem) in try handshake.check(head) }
    #expect(found.map(\.subprotocol) == answer.expected)
  }

  @Test func `compression is offered in one field and taken from the answer`() throws {
    let handshake = Self.handshake(compression: CompressionSettings())
    #expect(
      handshake.request.headers.all(named: "Sec-WebSocket-Extensions")
        == ["permessage-deflate; client_max_window_bits"]
    )
    let agreed = try handshake.check(
      Self.answer("permessage-deflate; client_max_window_bits=10; server_no_context_takeover")
    )
    var expected = DeflateParameters()
    expected.clientMaxWindowBits = 10
    expected.serverNoContextTakeover = true
    #expect(agreed.compression == expected)
    #expect(try handshake.check(Self.answer(nil)).compression == nil)
  }

  @Test func `settings that zlib has no meaning for are not offered`() {
    var settings = CompressionSettings()
    settings.serverMaxWindowBits = 16
    #expect(
      Self.handshake(compression: settings).problem == "a compression window has 8 to 15 bits"
    )
    settings.serverMaxWindowBits = 15
    settings.level = 0
    #expect(
      Self.handshake(compression: settings).problem == "the compression level 0 is not from 1 to 9"
    )
  }

  private static func answer(_ extensions: String?) -> HTTPResponseHead {
    HTTPResponseHead(
      status: 101,
      reason: "",
      minorVersion: 1,
      headers: good
        + [extensions.map { HeaderField("Sec-WebSocket-Extensions", $0) }].compactMap { $0 }
    )
  }

  @Test(arguments: [
    ("x-other", "it agrees to the extension 'x-other', which was not offered"),
    ("permessage-deflate,", nil),
    (
      "permessage-deflate, permessage-deflate; server_no_context_takeover",
      "it agrees to 'permessage-deflate; server_no_context_takeover' beside"
        + " 'permessage-deflate', which exclude each other"
    ),
    (
      "permessage-deflate; =",
      "its Sec-WebSocket-Extensions header 'permessage-deflate; =' cannot be read"
    ),
    (
      "permessage-deflate; x=1",
      "its answer 'permessage-deflate; x=1' has the parameter 'x=1'"
    ),
    (
      "permessage-deflate; client_max_window_bits",
      "its answer 'permessage-deflate; client_max_window_bits' has"
        + " the parameter 'client_max_window_bits'"
    ),
  ])
  func `an answer about compression is checked (RFC 7692 section 5_1)`(
    extensions: String,
    problem: String?
  ) {
    let handshake = Self.handshake(compression: CompressionSettings())
    let found = Result { () throws(ClientHandshake.Problem) in
      try handshake.check(Self.answer(extensions))
    }
    if let problem {
      #expect(found == .failure(.invalid(problem)))
    } else {
      #expect(throws: Never.self) { try found.get() }
    }
  }
}
