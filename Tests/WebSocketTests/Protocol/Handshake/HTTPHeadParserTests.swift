import Testing

@testable import WebSocket

struct HTTPHeadParserTests {
  /// Collects a text in pieces; how many bytes were left behind the head.
  private func collect(
    _ text: String,
    inPiecesOf size: Int = .max,
    limits: HTTPHeadLimits = HTTPHeadLimits()
  ) throws(HTTPHeadError) -> (parser: HTTPHeadParser, isComplete: Bool, left: Int) {
    var parser = HTTPHeadParser(limits: limits)
    var taken = 0
    let bytes = Array(text.utf8)
    for piece in bytes.pieces(of: size) {
      var position = 0
      let isComplete = try parser.collect(piece.span.bytes, at: &position)
      taken += position
      if isComplete { return (parser, true, bytes.count - taken) }
    }
    return (parser, false, bytes.count - taken)
  }

  private func request(_ text: String) throws(HTTPHeadError) -> HTTPRequestHead {
    try collect(text).parser.request()
  }

  @Test(arguments: [1, 2, 3, 10, Int.max])
  func `a head is read however it is cut, and what follows is left`(size: Int) throws {
    let text = "GET /ws?a=b HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nx-Two:  a, b \t\r\n\r\n"
    let result = try collect(text + "frames", inPiecesOf: size)
    #expect(result.isComplete)
    #expect(result.left == 6)
    let head = try result.parser.request()
    #expect(head.method == "GET")
    #expect(head.target == "/ws?a=b")
    #expect(head.minorVersion == 1)
    #expect(
      head.headers == [
        HeaderField("Host", "x"), HeaderField("X-Empty", ""), HeaderField("x-Two", "a, b"),
      ]
    )
  }

  @Test func `bare line feeds and empty lines before the head are accepted`() throws {
    let head = try request("\r\n\nGET / HTTP/1.0\nHost: x\n\n")
    #expect(head.minorVersion == 0)
    #expect(head.headers == [HeaderField("Host", "x")])
  }

  @Test func `a head without fields is one`() throws {
    #expect(try request("GET / HTTP/1.1\r\n\r\n").headers.isEmpty)
  }

  struct Bad: CustomTestStringConvertible {
    let text: String
    let error: HTTPHeadError
    var testDescription: String { "\(error)" }
  }

  static let bad = [
    Bad(text: "GET /\r\n\r\n", error: .malformedRequestLine("GET /")),
    Bad(text: "GET  / HTTP/1.1\r\n\r\n", error: .malformedRequestLine("GET  / HTTP/1.1")),
    Bad(text: "G@T / HTTP/1.1\r\n\r\n", error: .malformedRequestLine("G@T / HTTP/1.1")),
    Bad(text: "GET / HTTP/2.0\r\n\r\n", error: .unsupportedVersion("2.0")),
    Bad(text: "GET / ICY/1.1\r\n\r\n", error: .malformedRequestLine("GET / ICY/1.1")),
    Bad(
      text: "GET /\u{1} HTTP/1.1\r\n\r\n",
      error: .malformedRequestLine("GET /\\u{1} HTTP/1.1")
    ),
    Bad(text: "GET / HTTP/1.1\r\nHost\r\n\r\n", error: .malformedField("Host")),
    Bad(text: "GET / HTTP/1.1\r\nHost : x\r\n\r\n", error: .malformedField("Host : x")),
    Bad(text: "GET / HTTP/1.1\r\n: x\r\n\r\n", error: .malformedField(": x")),
    Bad(
      text: "GET / HTTP/1.1\r\nA: b\r\n folded: c\r\n\r\n",
      error: .malformedField(" folded: c")
    ),
    Bad(text: "GET / HTTP/1.1\r\nA: b\u{0}c\r\n\r\n", error: .malformedField("A: b\\u{0}c")),
  ]

  @Test(arguments: bad)
  func `a malformed head is named`(bad: Bad) {
    #expect(throws: bad.error) { try request(bad.text) }
  }

  @Test func `a head has limits`() {
    var limits = HTTPHeadLimits()
    limits.maximumBytes = 40
    limits.maximumFields = 2
    let long = "GET / HTTP/1.1\r\nA: \(String(repeating: "b", count: 40))\r\n\r\n"
    #expect(throws: HTTPHeadError.headTooLong(limit: 40)) { try collect(long, limits: limits) }
    let many = "GET / HTTP/1.1\r\nA:b\r\nA:b\r\nA:b\r\n\r\n"
    #expect(throws: HTTPHeadError.tooManyFields(limit: 2)) {
      try collect(many, limits: limits).parser.request()
    }
    #expect(HTTPHeadError.headTooLong(limit: 40).status == 431)
    #expect(HTTPHeadError.unsupportedVersion("2.0").status == 505)
    #expect(HTTPHeadError.malformedField("x").status == 400)
  }

  @Test func `a status line is read with and without a phrase`() throws {
    let full = try collect("HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n").parser.response()
    #expect(full.status == 101)
    #expect(full.reason == "Switching Protocols")
    #expect(full.headers == [HeaderField("A", "b")])
    let short = try collect("HTTP/1.1 404\r\n\r\n").parser.response()
    #expect(short.status == 404)
    #expect(short.reason.isEmpty)
  }

  @Test(arguments: ["HTTP/1.1 1010 x", "HTTP/1.1 abc", "SSH-2.0-OpenSSH", "HTTP/1.1"])
  func `what is no status line is named`(line: String) throws {
    let parser = try collect(line + "\r\n\r\n").parser
    #expect(throws: HTTPHeadError.malformedStatusLine(line)) { try parser.response() }
  }

  @Test func `a peer that does not speak HTTP is found out at once`() throws {
    #expect(throws: Never.self) { try collect("HTT").parser.checkResponseStart() }
    #expect(throws: HTTPHeadError.malformedStatusLine("SSH-2")) {
      try collect("SSH-2").parser.checkResponseStart()
    }
  }

  @Test func `heads are written as they are read`() throws {
    let text = "GET /x HTTP/1.1\r\nHost: a\r\nB: c\r\n\r\n"
    #expect(try request(text).bytes == Array(text.utf8))
    let answer = "HTTP/1.1 400 Bad Request\r\nB: c\r\n\r\n"
    #expect(try collect(answer).parser.response().bytes == Array(answer.utf8))
  }
}
