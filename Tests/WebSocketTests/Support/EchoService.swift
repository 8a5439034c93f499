import WebSocket

/// Sends each message back; keeps how connections ended for the test.
actor EchoService: WebSocketService {
  typealias Decide = @Sendable (HandshakeRequest) -> HandshakeDecision

  nonisolated let loop: ServerLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }
  private let decide: Decide
  private var connections: [Int: ServerConnection] = [:]
  private let closures = Watched<[Closure]>([])
  private let count = Watched(0)

  /// How long each of the numbered messages is.
  static let numberBytes = 1000

  init(_ loop: ServerLoop, decide: @escaping Decide = { _ in .accept(subprotocol: nil) }) {
    self.loop = loop
    self.decide = decide
  }

  /// Waits until so many connections have ended.
  nonisolated func closures(_ count: Int) async -> [Closure] {
    await closures.wait { $0.count >= count }
    return closures.value
  }

  /// Waits until so many connections have been opened.
  nonisolated func opened(_ total: Int) async -> Int {
    await count.wait { $0 >= total }
    return count.value
  }

  /// The open connections, oldest first.
  var open: [ServerConnection] { connections.keys.sorted().compactMap { connections[$0] } }

  func accept(_ request: HandshakeRequest) -> HandshakeDecision { decide(request) }

  func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    connections[connection.id] = connection
    if let count = request.queryValue("greetings").flatMap(Int.init) {
      for number in 0..<count { connection.send(.text("greeting \(number)")) }
    }
    if let count = request.queryValue("numbers").flatMap(Int.init) {
      sendNumbers(count, on: connection)
    }
    count.update { $0 += 1 }
  }

  private func sendNumbers(_ count: Int, on connection: ServerConnection) {
    for number in 0..<count {
      let byte = UInt8(truncatingIfNeeded: number)
      connection.send(.binary([UInt8](repeating: byte, count: Self.numberBytes)))
    }
  }

  func received(_ message: Message, on connection: ServerConnection) {
    switch message.text {
    case "drop": connection.drop()
    case let text? where text.hasPrefix("again "):
      sendNumbers(Int(text.dropFirst(6)) ?? 0, on: connection)
    case let text? where text.hasPrefix("close "):
      connection.close(CloseCode(rawValue: UInt16(text.dropFirst(6)) ?? 1000), reason: "asked")
    default: connection.send(message)
    }
  }

  func receivedPong(_ payload: [UInt8], on connection: ServerConnection) {
    connection.send(.binary(payload))
  }

  func closed(_ connection: ServerConnection, _ closure: Closure) {
    connections[connection.id] = nil
    connection.send(.text("nobody gets this"))
    closures.update { $0.append(closure) }
  }

  func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    switch request.path {
    case "/echo": .text("\(request.method) \(request.target) \(request.body.count)", status: 201)
    case "/headers":
      PlainHTTPResponse(
        status: 200,
        headers: [HeaderField("X-Test", request.header("x-test") ?? "none")]
      )
    default: nil
    }
  }
}

/// A server with an ``EchoService``.
struct EchoServer {
  static func start(
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws -> EchoServer {
    try await start(change, decide: { _ in .accept(subprotocol: nil) })
  }

  let server: WebSocketServer
  let service: EchoService

  static func start(
    _ change: (inout ServerConfiguration) -> Void = { _ in },
    decide: @escaping EchoService.Decide
  ) async throws -> EchoServer {
    var configuration = ServerConfiguration()
    change(&configuration)
    var made: EchoService?
    let server = try await WebSocketServer.start(configuration) { loop in
      let service = EchoService(loop, decide: decide)
      made = service
      return service
    }
    guard let service = made else { throw CancellationError() }
    return EchoServer(server: server, service: service)
  }

  func url(_ path: String = "/ws") -> WebSocketURL {
    WebSocketURL(host: "127.0.0.1", port: server.port, path: path)
  }

  func connect(
    _ path: String = "/ws",
    _ change: (inout ConnectRequest) -> Void = { _ in }
  ) async throws -> ClientConnection {
    var request = ConnectRequest(url: url(path))
    change(&request)
    return try await ClientConnection.connect(request)
  }
}

extension ClientConnection {
  /// Waits for a message; other events are passed over.
  func nextMessage() async throws -> Message? {
    while let event = try await nextEvent(until: nil) {
      switch event {
      case .message(let message, _): return message
      case .closed: return nil
      case .ping, .pong: continue
      }
    }
    return nil
  }

  /// Sends a message and waits for the next one.
  func exchange(_ message: Message) async throws -> Message? {
    try await send(message)
    return try await nextMessage()
  }
}
