import Foundation
import TestSupport
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct StaticFilesTests {
  struct Example: CustomTestStringConvertible {
    var method = "GET"
    let target: String
    let status: Int
    var type: String?
    var body: String?
    let why: String
    var testDescription: String { "\(method) \(target): \(status), \(why)" }
  }

  static let page = "text/html; charset=utf-8"

  static let examples = [
    Example(target: "/", status: 200, type: page, body: "start", why: "the folder's index"),
    Example(target: "/index.html", status: 200, type: page, body: "start", why: "the file itself"),
    Example(target: "/index.html?v=1", status: 200, body: "start", why: "a query means nothing"),
    Example(
      method: "HEAD",
      target: "/index.html",
      status: 200,
      type: page,
      body: "start",
      why: "the same head"
    ),
    Example(
      target: "/app.MJS",
      status: 200,
      type: "text/javascript; charset=utf-8",
      body: "run()",
      why: "endings in any case"
    ),
    Example(
      target: "/a%20b/gr%C3%BC%C3%9Fe.json",
      status: 200,
      type: "application/json",
      body: "{}",
      why: "escapes are decoded"
    ),
    Example(target: "/noending", status: 200, type: "application/octet-stream", why: "bytes"),
    Example(target: "/empty.css", status: 200, type: "text/css; charset=utf-8", body: "", why: ""),
    Example(target: "/.well-known/x.txt", status: 200, body: "known", why: "RFC 8615"),
    Example(target: "/a%20b", status: 301, why: "a folder without its slash"),
    Example(target: "/a%20b/", status: 404, why: "a folder without an index is not listed"),
    Example(target: "/none.html", status: 404, why: "nothing there"),
    Example(target: "/index.html/", status: 404, why: "a file is no folder"),
    Example(target: "/../secret.txt", status: 404, why: "outside"),
    Example(target: "/a%20b/../index.html", status: 404, why: "no steps up, not even within"),
    Example(target: "/%2e%2e/secret.txt", status: 404, why: "outside, with escapes"),
    Example(target: "/..%2fsecret.txt", status: 404, why: "an escaped slash is no slash"),
    Example(target: "//secret.txt", status: 404, why: "an empty name"),
    Example(target: "/.hidden", status: 404, why: "hidden files stay hidden"),
    Example(target: "/link.txt", status: 404, why: "a link that leads out"),
    Example(target: "/inside.txt", status: 200, body: "start", why: "a link that stays within"),
    Example(target: "/pipe", status: 404, why: "no regular file"),
    Example(target: "/%zz", status: 400, why: "a bad escape"),
    Example(target: "/%00", status: 400, why: "a zero byte"),
    Example(target: "/%ff", status: 400, why: "no UTF-8"),
    Example(method: "POST", target: "/index.html", status: 405, why: "only reading"),
    Example(method: "DELETE", target: "/none.html", status: 405, why: "only reading"),
  ]

  @Test(arguments: examples)
  func `a folder is served, and nothing beside it`(example: Example) async throws {
    try await Self.withSite { files, _ in
      let request = PlainHTTPRequest(method: example.method, target: example.target)
      let response = files.response(to: request)
      #expect(response.status == example.status)
      if let type = example.type { #expect(response.header("content-type") == type) }
      if let body = example.body {
        #expect(response.file?.read(100, at: 0) == Array(body.utf8))
        #expect(response.byteCount == body.utf8.count)
      }
      if example.status == 405 { #expect(response.header("allow") == "GET, HEAD") }
    }
  }

  @Test func `a folder's slash is added behind its last name alone`() async throws {
    try await Self.withSite { files, _ in
      let request = PlainHTTPRequest(method: "GET", target: "/a%20b?x=1")
      #expect(files.response(to: request).header("location") == "./a%20b/?x=1")
    }
  }

  @Test func `what the client has already is not sent again`() async throws {
    try await Self.withSite { files, _ in
      func status(_ fields: HeaderField...) -> Int {
        files.response(
          to: PlainHTTPRequest(method: "GET", target: "/index.html", headers: fields)
        ).status
      }
      let first = files.response(to: PlainHTTPRequest(method: "GET", target: "/index.html"))
      let tag = try #require(first.header("etag"))
      let date = try #require(first.header("last-modified"))
      #expect(status(HeaderField("If-None-Match", "\"other\", \(tag)")) == 304)
      #expect(status(HeaderField("If-None-Match", "W/\(tag)")) == 304)
      #expect(status(HeaderField("If-None-Match", "*")) == 304)
      #expect(status(HeaderField("If-Modified-Since", date)) == 304)
      #expect(status(HeaderField("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")) == 200)
      // A tag counts more than a time.
      #expect(
        status(HeaderField("If-None-Match", "\"x\""), HeaderField("If-Modified-Since", date)) == 200
      )
    }
  }

  struct RangeExample: CustomTestStringConvertible {
    var method = "GET"
    var fields: [String: String]
    var status: Int
    var range: String?
    var body: String?
    var why: String

    var testDescription: String { "\(method) with \(fields): \(status), \(why)" }
  }

  static let ranges = [
    RangeExample(fields: [:], status: 200, body: "start", why: "nothing else is asked for"),
    RangeExample(
      fields: ["Range": "bytes=1-2"],
      status: 206,
      range: "bytes 1-2/5",
      body: "ta",
      why: "both ends are part of it"
    ),
    RangeExample(
      fields: ["Range": "Bytes=3-"],
      status: 206,
      range: "bytes 3-4/5",
      body: "rt",
      why: "to the end; the unit in any case"
    ),
    RangeExample(
      fields: ["Range": "bytes=-3"],
      status: 206,
      range: "bytes 2-4/5",
      body: "art",
      why: "the last bytes"
    ),
    RangeExample(
      fields: ["Range": "bytes=2-99999999999999999999"],
      status: 206,
      range: "bytes 2-4/5",
      body: "art",
      why: "an end behind the file's is the file's"
    ),
    RangeExample(
      fields: ["Range": "bytes=-99"],
      status: 206,
      range: "bytes 0-4/5",
      body: "start",
      why: "more than there is is all there is"
    ),
    RangeExample(
      fields: ["Range": "bytes=5-"],
      status: 416,
      range: "bytes */5",
      why: "begins behind the last byte"
    ),
    RangeExample(
      fields: ["Range": "bytes=-0"],
      status: 416,
      range: "bytes */5",
      why: "no byte at all"
    ),
    RangeExample(fields: ["Range": "bytes=3-1"], status: 200, why: "ends before it begins"),
    RangeExample(fields: ["Range": "bytes=0-0,2-3"], status: 200, why: "several are not split"),
    RangeExample(fields: ["Range": "lines=1-2"], status: 200, why: "another unit"),
    RangeExample(fields: ["Range": "bytes=-"], status: 200, why: "no number"),
    RangeExample(fields: ["Range": "bytes=+1-2"], status: 200, why: "only digits are numbers"),
    RangeExample(method: "HEAD", fields: ["Range": "bytes=1-2"], status: 200, why: "only GET"),
    RangeExample(
      fields: ["Range": "bytes=1-2", "If-Range": "\"other\""],
      status: 200,
      body: "start",
      why: "the file is another one now"
    ),
    RangeExample(
      fields: ["Range": "bytes=1-2", "If-None-Match": "*"],
      status: 304,
      why: "what the client has comes first"
    ),
  ]

  @Test(arguments: ranges)
  func `one part of a file can be asked for`(example: RangeExample) async throws {
    try await Self.withSite { files, _ in
      let response = files.response(
        to: PlainHTTPRequest(
          method: example.method,
          target: "/index.html",
          headers: example.fields.map { HeaderField($0.key, $0.value) }
        )
      )
      #expect(response.status == example.status)
      #expect(response.header("content-range") == example.range)
      #expect(response.header("accept-ranges") == "bytes")
      if let body = example.body {
        let range = response.fileRange ?? 0..<(response.file?.byteCount ?? 0)
        #expect(response.file?.read(range.count, at: range.lowerBound) == Array(body.utf8))
        #expect(response.byteCount == body.utf8.count)
      }
    }
  }

  @Test func `a part of a file is sent when it is still the same file`() async throws {
    try await Self.withSite { files, folder in
      let big = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      try Data(big).write(to: folder.appending(path: "big.bin"))
      let request = PlainHTTPRequest(method: "GET", target: "/big.bin")
      let tag = try #require(files.response(to: request).header("etag"))
      let echo = try await EchoServer.start { $0.staticFiles = files }
      let peer = try await RawPeer.connect(to: echo.server.port)
      try await peer.send(
        "GET /big.bin HTTP/1.1\r\nHost: x\r\nRange: bytes=100000-299998\r\nIf-Range: \(tag)\r\n\r\n"
      )
      let head = await peer.takeHead()
      #expect(head.hasPrefix("HTTP/1.1 206 Partial Content\r\n"))
      #expect(head.contains("\r\nContent-Range: bytes 100000-299998/300000\r\n"))
      #expect(head.contains("\r\nContent-Length: 199999\r\n"))
      #expect(await peer.take(199_999) == Array(big[100_000...299_998]))
      // The connection goes on with the next answer.
      try await peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await peer.takeHead().hasPrefix("HTTP/1.1 200 "))
      await echo.server.shutdown()
    }
  }

  @Test func `a folder that is none is told`() {
    let error = TransportError.invalidRequest("'/no/such' is no folder that can be served")
    #expect(throws: error) { try StaticFiles(folder: "/no/such") }
  }

  static let dates = [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
    (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"),
    (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (-5, "Thu, 01 Jan 1970 00:00:00 GMT"),
  ]

  @Test(arguments: dates)
  func `dates are written as HTTP has them`(seconds: Int, text: String) {
    #expect(HTTPDate.text(secondsSince1970: seconds) == text)
  }

  // MARK: On the wire

  @Test func `a file goes out in parts, and the connection is kept`() async throws {
    try await Self.withSite { files, folder in
      let big = [UInt8]((0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      try Data(big).write(to: folder.appending(path: "big.bin"))
      let echo = try await EchoServer.start { $0.staticFiles = files }
      let peer = try await RawPeer.connect(to: echo.server.port)
      try await peer.send("HEAD /big.bin HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await peer.takeHead().contains("Content-Length: 1000003\r\n"))
      try await peer.send(
        "GET /big.bin HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
      )
      #expect(await peer.takeHead().contains("Content-Length: 1000003\r\n"))
      #expect(await peer.take(big.count) == big)
      #expect(await peer.takeHead().contains("Content-Length: 5\r\n"))
      #expect(await peer.take(5) == Array("start".utf8))
      // The service's own routes come first.
      try await peer.send("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(await peer.takeHead().hasPrefix("HTTP/1.1 201 "))
      #expect(await peer.waitForEnd() == Array("GET /echo 0".utf8))
      await echo.server.shutdown()
    }
  }

  @Test func `an answer without a body has no length either`() async throws {
    try await Self.withSite { files, _ in
      let echo = try await EchoServer.start { $0.staticFiles = files }
      let peer = try await RawPeer.connect(to: echo.server.port)
      try await peer.send(
        "GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n"
      )
      let head = await peer.takeHead()
      #expect(head.hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
      #expect(!head.contains("Content-Length"))
      #expect(await peer.waitForEnd().isEmpty)
      await echo.server.shutdown()
    }
  }

  /// Runs a test with a folder that is served, and a secret beside it.
  private static func withSite(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (StaticFiles, URL) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { path in
      let folder = URL(filePath: path)
      let site = folder.appending(path: "site")
      try FileManager.default.createDirectory(
        at: site.appending(path: "a b"),
        withIntermediateDirectories: true
      )
      try FileManager.default.createDirectory(
        at: site.appending(path: ".well-known"),
        withIntermediateDirectories: true
      )
      try Data("secret".utf8).write(to: folder.appending(path: "secret.txt"))
      for (name, text) in [
        ("index.html", "start"), ("app.MJS", "run()"), ("a b/gr\u{FC}\u{DF}e.json", "{}"),
        ("noending", "?"), ("empty.css", ""), (".hidden", "no"), (".well-known/x.txt", "known"),
      ] { try Data(text.utf8).write(to: site.appending(path: name)) }
      #expect(symlink("../secret.txt", site.appending(path: "link.txt").path) == 0)
      #expect(symlink("index.html", site.appending(path: "inside.txt").path) == 0)
      #expect(mkfifo(site.appending(path: "pipe").path, 0o600) == 0)
      try await body(StaticFiles(folder: site.path), site)
    }
  }
}
