import JSON
import TestSupport
import Testing
import WebSocket

/// `wspact ping` and `wspact connect` against a server.
@Suite(.timeLimit(.minutes(2)))
struct EndpointCommandTests {
  @Test func `ping tells round trips, handshake and closing`() async throws {
    try await withEndpoint { url, folder in
      let run = try await ProgramRun.of(
        "wspact",
        ["ping", url, "--count", "3", "--interval", "1ms", "--timeout", "30s"],
        in: folder
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      for text in [
        "\(url)\n  opened        in ", ", with status 101\n", "\n  subprotocol   none\n",
        "\n  extensions    permessage-deflate",
        "\n  pings         3 of 3 answered, round trip min ",
        " ms, median ", " ms, p99 ", " ms, max ", "\n  keep-alive    no ping from the server in ",
        "\n  closing       closed by this side, the peer answered 1000 (normal closure), in ",
      ] { #expect(run.output.contains(text), "\(text) is not in\n\(run.output)") }
    }
  }

  @Test func `ping tells of a server that leaves in the middle`() async throws {
    try await withEndpoint { url, folder in
      let arguments = ["ping", url + "?leave", "--interval", "1ms", "--timeout", "30s"]
      let run = try await ProgramRun.of("wspact", arguments, in: folder)
      #expect(run.exitCode == 1, "\(run.problems)")
      #expect(run.output.contains(" 1 of 10 answered"), "\(run.output)")
      let line = "  closing       closed by the peer with 1001 (going away): enough, in 0.000 ms\n"
      #expect(run.output.hasSuffix(line), "\(run.output)")
    }
  }

  @Test func `ping has a form for programs`() async throws {
    try await withEndpoint { url, folder in
      let arguments = ["--count", "2", "--interval", "1ms", "--timeout", "30s", "--format", "json"]
      let run = try await ProgramRun.of("wspact", ["ping", url] + arguments, in: folder)
      #expect(run.exitCode == 0, "\(run.problems)")
      let report = try JSONValue.parse(Array(run.output.utf8))
      #expect(report["url"]?.stringValue == url)
      #expect(report["clean"] == true)
      #expect(report["tls"] == .null)
      #expect(report["handshake"]?["status"] == 101)
      #expect(report["pings"]?["sent"] == 2)
      #expect(report["pings"]?["answered"] == 2)
      #expect(report["pings"]?["p99Seconds"] == report["pings"]?["maxSeconds"])
      #expect(report["closing"]?["code"] == 1000)
      #expect(report["closing"]?["by"] == "client")
    }
  }

  @Test func `ping tells of TLS and its certificate`() async throws {
    let pem = PackageRoot.path + "/fixtures/tls/server.pem"
    var configuration = ServerConfiguration()
    configuration.tls = ServerTLS(certificate: pem)
    try await withEndpoint(configuration) { url, folder in
      let authority = PackageRoot.path + "/fixtures/tls/authority.pem"
      let run = try await ProgramRun.of(
        "wspact",
        ["ping", url, "--count", "1", "--timeout", "30s", "--ca", authority],
        in: folder
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      let line = run.output.split(separator: "\n").first { $0.hasPrefix("  tls ") } ?? ""
      #expect(line.contains("TLS 1.3, certificate for localhost"), "\(run.output)")
      #expect(line.contains(" by '") && line.contains("valid for another "), "\(line)")
    }
  }

  @Test func `a server's own pings are its keep-alive`() async throws {
    var configuration = ServerConfiguration()
    configuration.keepAlive = KeepAlive(interval: .milliseconds(20), timeout: .seconds(30))
    try await withEndpoint(configuration) { url, folder in
      let run = try await ProgramRun.of(
        "wspact",
        ["ping", url, "--count", "0", "--listen", "2s"],
        in: folder
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      #expect(run.output.contains(" pings from the server, every "), "\(run.output)")
    }
  }

  @Test(arguments: ["ping", "connect"])
  func `a refusal is shown with status, headers and body`(command: String) async throws {
    try await withEndpoint { url, folder in
      let run = try await ProgramRun.of("wspact", [command, url + "?refuse"], in: folder)
      #expect(run.exitCode == 2)
      #expect(run.output.isEmpty)
      for text in [
        "  | HTTP/1.1 403\n", "  | Content-Type: text/plain; charset=utf-8\n",
        "  |\n  | not today\n",
        "error: the server refused the WebSocket handshake with status 403 (Forbidden): not today\n",
      ] { #expect(run.problems.contains(text), "\(text) is not in\n\(run.problems)") }
    }
  }

  struct ProxyExample: CustomTestStringConvertible {
    var variable: String
    var value: String
    var warning: String?
    var url = "ws://127.0.0.2:1/"
    var testDescription: String { "\(variable)=\(value) for \(url)" }
  }

  static let proxies = [
    ProxyExample(
      variable: "all_proxy",
      value: "socks5://user:secret@127.0.0.1:1080",
      warning: "warning: all_proxy names a proxy of the kind 'socks5' that cannot be used, so"
        + " 127.0.0.2 is connected to directly; an HTTP proxy is written as 'http://host:port'\n"
    ),
    ProxyExample(
      variable: "HTTP_PROXY",
      value: "https://proxy.example",
      warning: "warning: HTTP_PROXY names a proxy of the kind 'https' that cannot be used, so"
        + " 127.0.0.2 is connected to directly; an HTTP proxy is written as 'http://host:port'\n"
    ),
    ProxyExample(variable: "https_proxy", value: "socks5://127.0.0.1:1080"),
    ProxyExample(
      variable: "all_proxy",
      value: "socks5://127.0.0.1:1080",
      url: "ws://127.0.0.1:1/"
    ),
  ]

  @Test(arguments: proxies)
  func `a proxy of the environment that cannot be used is named`(
    example: ProxyExample
  ) async throws {
    try await withTemporaryFolder { folder in
      let cleared = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]
        .flatMap { [$0, $0.uppercased()] }
      var environment = Dictionary(uniqueKeysWithValues: cleared.map { ($0, "") })
      environment[example.variable] = example.value
      let run = try await ProgramRun.of(
        "wspact",
        ["ping", example.url],
        in: folder,
        environment: environment
      )
      #expect(run.exitCode == 2)
      #expect(!run.problems.contains("secret"))
      if let warning = example.warning {
        #expect(run.problems.hasPrefix(warning), "\(run.problems)")
      } else {
        #expect(!run.problems.contains("warning"), "\(run.problems)")
      }
    }
  }

  @Test func `a server that says nothing runs into the time limit`() async throws {
    let listener = try #require(SilentListener())
    let url = "ws://127.0.0.1:\(listener.port)/"
    try await withTemporaryFolder { folder in
      let run = try await ProgramRun.of(
        "wspact",
        ["ping", url, "--connect-timeout", "50ms"],
        in: folder
      )
      #expect(run.exitCode == 2)
      let problem =
        "the WebSocket handshake with 127.0.0.1:\(listener.port) was not there within 50 ms\n"
      #expect(run.problems.hasSuffix(problem), "\(run.problems)")
    }
  }

  @Test func `connect sends lines and shows frames, and ends with its input`() async throws {
    try await withEndpoint { url, folder in
      let lines = ["hello", "", "/binary 00 ff", "/ping x", "/nothing", "//slash"]
      let run = try await ProgramRun.of(
        "wspact",
        ["connect", url, "--wait", "1s"],
        in: folder,
        input: lines.joined(separator: "\n") + "\n"
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      let shown = run.output.split(separator: "\n").map { $0.dropFirst(10) }
      #expect(
        shown.filter { $0.hasPrefix(">") } == [
          ">  text  hello", ">  binary  2 bytes  00 ff", ">  ping  x", ">  text  /slash",
        ]
      )
      #expect(
        shown.filter { $0.hasPrefix("<") } == [
          "<  text  hello", "<  binary  2 bytes  00 ff", "<  pong  x", "<  text  /slash",
          "<  closed by this side, the peer answered 1000 (normal closure)",
        ]
      )
      #expect(run.problems == "there is no '/nothing'; /help shows what there is\n")
      for line in run.output.split(separator: "\n") {
        let stamp = line.prefix(8).drop { $0 == " " }
        #expect(Double(stamp) != nil && stamp.contains("."), "\(line)")
      }
    }
  }

  @Test func `connect judges messages by the document`() async throws {
    try await withEndpoint { url, folder in
      let spec = Fixtures.path("chat/asyncapi.yml")
      let ping = #"{"type":"ping","ping_id":"5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01"}"#
      let run = try await ProgramRun.of(
        "wspact",
        ["connect", url, "--spec", spec],
        in: folder,
        input: #"{"type":"subscribe"}"# + "\n" + ping + "\nno JSON\n"
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      #expect(run.output.contains(#">  subscribe  {"type":"subscribe"}"#), "\(run.output)")
      #expect(run.output.contains("          !  "), "\(run.output)")
      #expect(run.output.contains("!  not JSON: "), "\(run.output)")
    }
  }

  @Test func `connect closes with a code and a reason`() async throws {
    try await withEndpoint { url, folder in
      let run = try await ProgramRun.of(
        "wspact",
        ["connect", url],
        in: folder,
        input: "/close 4001 bye\n"
      )
      #expect(run.exitCode == 0, "\(run.problems)")
      #expect(run.output.contains("<  closed by this side, the peer answered 4001 ("))
    }
  }

  /// Runs a test with a server that says each message back, and an empty folder.
  private func withEndpoint(
    _ configuration: ServerConfiguration = ServerConfiguration(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (String, String) async throws -> Void
  ) async throws {
    var configuration = configuration
    configuration.compression = CompressionSettings()
    let server = try await WebSocketServer.start(configuration) { MirrorService($0) }
    let scheme = configuration.tls == nil ? "ws" : "wss"
    do {
      try await withTemporaryFolder { folder in
        try await body("\(scheme)://localhost:\(server.port)/mirror", folder)
      }
    } catch {
      await server.shutdown()
      throw error
    }
    await server.shutdown()
  }
}

/// Says each message back.
private actor MirrorService: WebSocketService {
  private let loop: ServerLoop
  private var leaving: Set<Int> = []

  init(_ loop: ServerLoop) { self.loop = loop }

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    request.query == "refuse"
      ? .refuse(status: 403, reason: "not today") : .accept(subprotocol: nil)
  }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    if request.query == "leave" { leaving.insert(connection.id) }
  }

  func received(_ message: Message, on connection: ServerConnection) { connection.send(message) }

  func receivedPing(_ payload: [UInt8], on connection: ServerConnection) {
    if leaving.contains(connection.id) { connection.close(.goingAway, reason: "enough") }
  }
}
