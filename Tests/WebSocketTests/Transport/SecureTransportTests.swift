import TestSupport
import Testing

@testable import WebSocket

/// wss: our client, our server and the proxy, with certificates of an authority of our own.
@Suite(.timeLimit(.minutes(1)))
struct SecureTransportTests {
  private static func file(_ name: String) -> String { Fixtures.path("tls/\(name).pem") }

  private static func trusting(
    _ change: (inout ClientTLS) -> Void = { _ in }
  ) -> ClientTLS {
    var tls = ClientTLS()
    tls.authorities = file("authority")
    change(&tls)
    return tls
  }

  private static func server(_ name: String = "server") async throws -> EchoServer {
    try await EchoServer.start { $0.tls = ServerTLS(certificate: file(name)) }
  }

  private static func request(
    _ server: EchoServer,
    _ tls: ClientTLS,
    host: String = "localhost"
  ) -> ConnectRequest {
    var request = ConnectRequest(
      url: WebSocketURL(scheme: .wss, host: host, port: server.server.port, path: "/ws")
    )
    request.tls = tls
    return request
  }

  private static func problem(_ request: ConnectRequest) async -> String? {
    do {
      let connection = try await ClientConnection.connect(request)
      // A server that asks for a certificate says so only after the handshake (RFC 8446 §4.4.2).
      let closure = await connection.close()
      return closure.isClean ? nil : "\(closure)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: ["localhost", "127.0.0.1"])
  func `messages of every length come back over TLS`(host: String) async throws {
    let echo = try await Self.server()
    let client = try await ClientConnection.connect(
      Self.request(echo, Self.trusting(), host: host)
    )
    for text in ["", "hello", String(repeating: "x", count: 300_000)] {
      #expect(try await client.exchange(.text(text)) == .text(text))
    }
    let closure = await client.close(4000, reason: "done")
    #expect(closure.code == 4000)
    #expect(closure.isClean)
    #expect(await echo.service.closures(1).first?.isClean == true)
    await echo.server.shutdown()
  }

  struct Refusal: CustomTestStringConvertible {
    let certificate: String
    var tls = ClientTLS()
    let problem: String
    var testDescription: String { problem }
  }

  static let refusals = [
    Refusal(
      certificate: "server",
      problem:
        "its certificate comes from an unknown issuer; name the issuer's with --ca, or do not"
        + " check with --insecure"
    ),
    Refusal(
      certificate: "elsewhere",
      tls: trusting(),
      problem: "its certificate is for 'other.example', not for 'localhost'"
    ),
  ]

  @Test(arguments: refusals)
  func `a certificate that cannot be trusted is told apart`(refusal: Refusal) async throws {
    let echo = try await Self.server(refusal.certificate)
    #expect(
      await Self.problem(Self.request(echo, refusal.tls))
        == "no secure connection to localhost:\(echo.server.port): \(refusal.problem)"
    )
    var unchecked = refusal.tls
    unchecked.verifiesServer = false
    #expect(await Self.problem(Self.request(echo, unchecked)) == nil)
    await echo.server.shutdown()
  }

  @Test func `a certificate that has expired says since when`() async throws {
    let echo = try await Self.server("expired")
    let problem = await Self.problem(Self.request(echo, Self.trusting()))
    #expect(problem?.contains(": its certificate expired ") == true)
    #expect(problem?.hasSuffix(" days ago") == true)
    await echo.server.shutdown()
  }

  @Test func `a server may ask for the client's certificate`() async throws {
    let echo = try await EchoServer.start {
      $0.tls = ServerTLS(
        certificate: Self.file("server"),
        clientAuthorities: Self.file("authority")
      )
    }
    let problem = await Self.problem(Self.request(echo, Self.trusting()))
    #expect(
      problem?.hasSuffix("it wants a client certificate; give one with --cert and --key") == true
    )
    let proven = Self.trusting { $0.certificate = Self.file("client") }
    #expect(await Self.problem(Self.request(echo, proven)) == nil)
    await echo.server.shutdown()
  }

  @Test func `a server without TLS is told apart`() async throws {
    let echo = try await EchoServer.start()
    let problem = await Self.problem(Self.request(echo, Self.trusting()))
    #expect(problem?.hasSuffix("it does not speak TLS there; try a ws:// URL") == true)
    await echo.server.shutdown()
  }

  struct Unusable: CustomTestStringConvertible {
    let tls: ClientTLS
    let problem: String
    var testDescription: String { problem }
  }

  static let unusable = [
    Unusable(
      tls: trusting { $0.authorities = "nowhere.pem" },
      problem: "'nowhere.pem' cannot be read: No such file or directory"
    ),
    Unusable(
      tls: trusting { $0.authorities = file("make").replacing(".pem", with: ".sh") },
      problem: "'\(file("make").replacing(".pem", with: ".sh"))' has no certificate in PEM form"
    ),
    Unusable(
      tls: trusting { $0.certificate = file("authority") },
      problem: "'\(file("authority"))' has no key in PEM form, or one with a passphrase"
    ),
    Unusable(
      tls: trusting {
        $0.certificate = file("client")
        $0.key = file("server")
      },
      problem: "the key does not belong to the certificate"
    ),
    Unusable(
      tls: trusting { $0.key = file("client") },
      problem: "a key without its certificate proves nothing; name both"
    ),
  ]

  @Test(arguments: unusable)
  func `files that cannot be used are named before anything is sent`(
    example: Unusable
  ) async throws {
    var request = ConnectRequest(url: try WebSocketURL("wss://127.0.0.1:9/"))
    request.tls = example.tls
    #expect(await Self.problem(request) == example.problem)
  }

  @Test func `a server does not start without its certificate`() async throws {
    let error = await #expect(throws: TransportError.self) {
      _ = try await EchoServer.start { $0.tls = ServerTLS(certificate: "nowhere.pem") }
    }
    #expect(error?.description == "'nowhere.pem' cannot be read: No such file or directory")
  }

  @Test func `plain HTTP is answered on the secure port`() async throws {
    let echo = try await Self.server()
    let response = try await PlainHTTPClient.send(
      PlainHTTPRequest(method: "GET", target: "/echo"),
      to: "https://localhost:\(echo.server.port)",
      tls: Self.trusting()
    )
    #expect(response.status == 201)
    await echo.server.shutdown()
  }

  @Test func `a server that ends TCP without ending TLS has ended the connection`() async throws {
    let echo = try await Self.server()
    let client = try await ClientConnection.connect(Self.request(echo, Self.trusting()))
    try await client.send(.text("drop"))
    guard case .closed(let closure) = try await client.nextEvent(until: nil) else {
      Issue.record("no end")
      return
    }
    #expect(closure.failure == .ended)
    await echo.server.shutdown()
  }

  // MARK: Proxy

  private static func proxy(
    _ echo: EchoServer,
    _ log: FrameLog,
    _ tls: ClientTLS
  ) async throws -> RecordingProxy {
    try await RecordingProxy.start(
      upstream: WebSocketURL(
        scheme: .wss,
        host: "localhost",
        port: echo.server.port,
        path: "/ws"
      ),
      tls: tls,
      recorder: log
    )
  }

  @Test func `the proxy records what a consumer and a wss provider say`() async throws {
    let echo = try await Self.server()
    let log = FrameLog()
    let proxy = try await Self.proxy(echo, log, Self.trusting())
    #expect(proxy.url.scheme == .ws)
    let client = try await ClientConnection.connect(ConnectRequest(url: proxy.url))
    let long = String(repeating: "long ", count: 50_000)
    for text in ["hello", long] {
      #expect(try await client.exchange(.text(text)) == .text(text))
    }
    #expect(await client.close().isClean)
    #expect(await log.waitForClosed() == [.closed(1, by: .toProvider, problem: nil)])
    #expect(log.frames(.toProvider).dropLast() == [.text("hello"), .text(long)])
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  @Test func `a consumer that speaks TLS to the proxy is told apart`() async throws {
    let echo = try await Self.server()
    let proxy = try await Self.proxy(echo, FrameLog(), Self.trusting())
    var request = ConnectRequest(
      url: WebSocketURL(scheme: .wss, host: "localhost", port: proxy.port)
    )
    request.tls = Self.trusting()
    let problem = await Self.problem(request)
    #expect(problem?.hasSuffix("it does not speak TLS there; try a ws:// URL") == true)
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  @Test func `the proxy answers 502 when the provider cannot be trusted`() async throws {
    let echo = try await Self.server()
    let proxy = try await Self.proxy(echo, FrameLog(), ClientTLS())
    let problem = await Self.problem(ConnectRequest(url: proxy.url))
    #expect(
      problem?.contains(
        "status 502 (Bad Gateway): the provider cannot be reached: no secure connection to"
      ) == true
    )
    let response = try await PlainHTTPClient.send(
      PlainHTTPRequest(method: "GET", target: "/echo"),
      to: "http://127.0.0.1:\(proxy.port)"
    )
    #expect(response.status == 502)
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  // MARK: The proxy towards consumers

  @Test func `consumers can talk to the proxy over TLS`() async throws {
    let log = FrameLog()
    let echo = try await EchoServer.start()
    let proxy = try await RecordingProxy.start(
      upstream: echo.url("/ws"),
      listeningTLS: ServerTLS(certificate: Self.file("server")),
      recorder: log
    )
    #expect("\(proxy.url)" == "wss://127.0.0.1:\(proxy.port)/ws")
    var request = ConnectRequest(url: proxy.url)
    request.tls = Self.trusting()
    let client = try await ClientConnection.connect(request)
    let long = String(repeating: "x", count: 300_000)
    for text in ["hello", long] {
      #expect(try await client.exchange(.text(text)) == .text(text))
    }
    let closure = await client.close(4000, reason: "done")
    #expect(closure.code == 4000)
    #expect(closure.isClean)
    #expect(await log.waitForClosed() == [.closed(1, by: .toProvider, problem: nil)])
    #expect(log.frames(.toConsumer).dropLast() == [.text("hello"), .text(long)])
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  @Test func `consumers that cannot connect over TLS are told, and so is the recorder`()
    async throws
  {
    let echo = try await EchoServer.start()
    let log = FrameLog()
    let proxy = try await RecordingProxy.start(
      upstream: echo.url("/ws"),
      listeningTLS: ServerTLS(certificate: Self.file("server")),
      recorder: log
    )
    let untrusted = await Self.problem(ConnectRequest(url: proxy.url))
    #expect(untrusted?.contains("its certificate comes from an unknown issuer") == true)
    let plain = WebSocketURL(host: "127.0.0.1", port: proxy.port, path: "/ws")
    #expect(await Self.problem(ConnectRequest(url: plain)) != nil)
    await log.waitForMissed(2)
    #expect(
      log.missed.sorted() == [
        "a consumer does not trust the certificate; it has to know who issued it",
        "a consumer speaks no TLS; it has to connect with wss://",
      ]
    )
    #expect(log.entries == [])
    await proxy.shutdown()
    await echo.server.shutdown()
  }

  @Test func `a proxy does not listen without its certificate`() async throws {
    await #expect(throws: TransportError.self) {
      _ = try await RecordingProxy.start(
        upstream: WebSocketURL(host: "127.0.0.1", port: 1),
        listeningTLS: ServerTLS(certificate: Self.file("authority")),
        recorder: FrameLog()
      )
    }
  }
}
