import JSON
package import JSONSchema
package import WebSocket

/// The order desk: `ws://host:port/desk`, and `GET /health` beside it.
///
/// Every message is checked against the document's schemas; what does not fit is answered with
/// `error`. Closes with 1007 for what is no JSON and with 1003 for binary messages.
package actor DeskProvider: WebSocketService {
  private let configuration: Configuration
  private let loop: ServerLoop
  private let surroundings: DeskSurroundings
  private var desk: Desk
  private var writer: DeskWriter
  private var oddities: DeskOddities
  private var connections: [Int: ServerConnection] = [:]

  /// The server's event loop: all calls come from there, and nothing needs a lock.
  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// Makes a provider without orders.
  ///
  /// - Parameters:
  ///   - configuration: The planted bug or decoy.
  ///   - schemas: The payload schema of each message that clients may send, by its name.
  ///   - loop: The event loop of the server that it serves.
  ///   - surroundings: What planted bugs do to the process.
  package init(
    _ configuration: Configuration,
    schemas: [String: CompiledSchema],
    loop: ServerLoop,
    surroundings: DeskSurroundings
  ) {
    self.configuration = configuration
    self.loop = loop
    self.surroundings = surroundings
    desk = Desk(schemas: schemas, bug: configuration.bug)
    writer = DeskWriter(decoy: configuration.decoy)
    oddities = DeskOddities(decoy: configuration.decoy)
  }

  /// The sizes and extensions that the server of a desk has.
  package static func server(
    _ configuration: Configuration,
    host: String = "127.0.0.1",
    port: Int = 0
  ) -> ServerConfiguration {
    var server = ServerConfiguration(host: host, port: port)
    if configuration.bug != .longMessageCut {
      server.maximumFrameBytes = DeskLimits.messageBytes
      server.maximumMessageBytes = DeskLimits.messageBytes
    }
    server.compression = configuration.decoy == .compressed ? CompressionSettings() : nil
    return server
  }

  /// Lets everybody in who asks for `/desk`.
  package func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    guard request.path == "/desk" else {
      return .refuse(status: 404, reason: "the desk is at /desk")
    }
    return .accept(subprotocol: nil)
  }

  /// Begins to listen.
  package func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    connections[connection.id] = connection
    desk.joined(connection.id)
    if configuration.bug == .leaksDescriptors { perform([.openFile]) }
  }

  /// Answers a message.
  package func received(_ message: Message, on connection: ServerConnection) {
    guard connections[connection.id] != nil else { return }
    let effects = desk.received(message, from: connection.id)
    let shown = oddities.applied(to: effects, connection.id)
    if oddities.isPingDue { connection.ping(Array("still there?".utf8)) }
    perform(shown)
  }

  /// Forgets the connection.
  package func closed(_ connection: ServerConnection, _ closure: Closure) {
    connections[connection.id] = nil
    desk.left(connection.id, isClean: closure.code != nil)
  }

  /// Says that all is well.
  package func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    switch (request.method, request.path) {
    case ("GET", "/health"), ("HEAD", "/health"):
      PlainHTTPResponse(
        status: 200,
        headers: [HeaderField("Content-Type", "application/json")],
        body: JSONValue.object(["status": "ok"]).bytes()
      )
    case (_, "/health"):
      .notAllowed(request, allowed: ["GET", "HEAD"])
    default:
      nil
    }
  }

  private func perform(_ effects: [DeskEffect]) {
    for effect in effects {
      switch effect {
      case .send(_, to: []): break
      case .send(let value, let ids): send(value, to: ids)
      case .sendIfLatest(let value, let id, let request):
        if desk.isLatest(request, of: id) { send(value, to: [id]) }
      case .close(let id, let code, let reason):
        forget(id, isClean: true)?.close(code, reason: reason)
      case .drop(let id):
        forget(id, isClean: false)?.drop()
      case .exit: surroundings.exit()
      case .block(let time): surroundings.block(time)
      case .retain(let bytes): surroundings.retain(bytes)
      case .openFile: surroundings.openFile()
      case .later(let delay, let effects):
        _ = loop.schedule(after: delay) { self.assumeIsolated { $0.perform(effects) } }
      }
    }
  }

  private func send(_ value: JSONValue, to ids: [Int]) {
    let frames = writer.frames(of: value)
    for id in ids {
      guard let connection = connections[id] else { continue }
      if frames.count == 1, let frame = frames.first {
        connection.send(Message(kind: .text, payload: frame.payload))
      } else {
        for frame in frames { connection.sendFrame(frame) }
      }
    }
  }

  private func forget(_ id: Int, isClean: Bool) -> ServerConnection? {
    desk.left(id, isClean: isClean)
    return connections.removeValue(forKey: id)
  }
}
