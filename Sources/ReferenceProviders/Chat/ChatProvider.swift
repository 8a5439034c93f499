import JSON
package import JSONSchema
package import WebSocket

/// The chat service: `ws://host:port/ws`, and `POST /_states` and `GET /health` beside it.
///
/// Every message is checked against the document's schemas; what does not fit closes the connection
/// with 1002. Closes with 1003 for binary messages, 4401 without the right token, and 4408 when no
/// `pong` comes.
package actor ChatProvider: WebSocketService {
  private let configuration: Configuration
  private let document: ChatDocument
  private let loop: ServerLoop
  private let exit: @Sendable () -> Void
  private var chat: Chat
  private var connections: [Int: ServerConnection] = [:]
  private var heartbeats: [Int: Heartbeat] = [:]

  /// The server's event loop: all calls come from there, and nothing needs a lock.
  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// Makes a provider without threads.
  ///
  /// - Parameters:
  ///   - configuration: The token, the heartbeat and the planted bug.
  ///   - schemas: The payload schema of each message that clients may send, by its name.
  ///   - loop: The event loop of the server that it serves.
  ///   - exit: Ends the process with an exit code that tells of failure; planted bugs call it.
  package init(
    _ configuration: Configuration,
    schemas: [String: CompiledSchema],
    loop: ServerLoop,
    exit: @escaping @Sendable () -> Void
  ) {
    self.configuration = configuration
    self.document = ChatDocument(schemas: schemas)
    self.loop = loop
    self.exit = exit
    self.chat = Chat(bug: configuration.bug)
  }

  /// Lets everybody in who asks for `/ws`; the token is looked at when the connection is open, so
  /// that a browser's script sees the close code.
  package func accept(_ request: HandshakeRequest) -> HandshakeDecision {
    guard request.path == "/ws" else { return .refuse(status: 404, reason: "the chat is at /ws") }
    return .accept(subprotocol: nil)
  }

  /// Begins to listen, or closes with 4401.
  package func opened(_ connection: ServerConnection, request: HandshakeRequest) {
    if let token = configuration.token, request.queryValue("token") != token {
      connection.close(4401, reason: "missing or wrong token")
      return
    }
    connections[connection.id] = connection
    chat.joined(connection.id)
    startHeartbeat(connection.id)
  }

  /// Answers a message, or closes with 1002 or 1003.
  package func received(_ message: Message, on connection: ServerConnection) {
    guard connections[connection.id] != nil else { return }
    guard message.kind == .text else {
      perform([.close(connection.id, .unsupportedData, reason: "only text messages are understood")]
      )
      return
    }
    do {
      let request = try document.read(message.payload)
      if case .pong = request.content { restartTimeout(connection.id) }
      perform(chat.received(request, from: connection.id))
    } catch {
      perform([.close(connection.id, .protocolError, reason: error.reason)])
    }
  }

  /// Forgets the connection.
  package func closed(_ connection: ServerConnection, _ closure: Closure) { forget(connection.id) }

  /// Changes provider states and says that all is well.
  package func respond(to request: PlainHTTPRequest) -> PlainHTTPResponse? {
    switch (request.method, request.path) {
    case ("GET", "/health"), ("HEAD", "/health"):
      return json(200, ["status": "ok"])
    case (_, "/health"):
      return .notAllowed(request, allowed: ["GET", "HEAD"])
    case ("POST", "/_states"):
      do {
        try chat.apply(ChatStateChange(request.body))
        return json(200, [:])
      } catch {
        return json(400, ["error": .string(error.reason)])
      }
    case (_, "/_states"):
      return .notAllowed(request, allowed: ["POST"])
    default:
      return nil
    }
  }

  private func json(_ status: Int, _ value: JSONValue) -> PlainHTTPResponse {
    PlainHTTPResponse(
      status: status,
      headers: [HeaderField("Content-Type", "application/json")],
      body: value.bytes()
    )
  }

  private func perform(_ effects: [ChatEffect]) {
    for effect in effects {
      switch effect {
      case .send(_, to: []):
        break
      case .send(let value, let ids):
        let message = Message(kind: .text, payload: value.bytes())
        for id in ids { connections[id]?.send(message) }
      case .close(let id, let code, let reason):
        let connection = connections[id]
        forget(id)
        connection?.close(code, reason: reason)
      case .drop(let id):
        let connection = connections[id]
        forget(id)
        connection?.drop()
      case .exit:
        exit()
      case .later(let delay, let effects):
        _ = loop.schedule(after: delay) { self.assumeIsolated { $0.perform(effects) } }
      }
    }
  }

  private func forget(_ id: Int) {
    connections[id] = nil
    heartbeats.removeValue(forKey: id)?.cancel()
    chat.left(id)
  }
}

// MARK: - Heartbeat

extension ChatProvider {
  /// What is scheduled for one connection.
  private struct Heartbeat {
    var nextPing: ScheduledWork
    var timeout: ScheduledWork

    func cancel() {
      nextPing.cancel()
      timeout.cancel()
    }
  }

  private func startHeartbeat(_ id: Int) {
    heartbeats[id] = Heartbeat(nextPing: schedulePing(id), timeout: scheduleTimeout(id))
  }

  private func restartTimeout(_ id: Int) {
    heartbeats[id]?.timeout.cancel()
    heartbeats[id]?.timeout = scheduleTimeout(id)
  }

  private func schedulePing(_ id: Int) -> ScheduledWork {
    loop.schedule(after: configuration.pingInterval) { self.assumeIsolated { $0.ping(id) } }
  }

  private func scheduleTimeout(_ id: Int) -> ScheduledWork {
    loop.schedule(after: configuration.pongTimeout) {
      self.assumeIsolated { $0.perform([.close(id, 4408, reason: "no pong in time")]) }
    }
  }

  private func ping(_ id: Int) {
    perform([.send(ChatReply.ping(id: chat.source.nextPingID()), to: [id])])
    heartbeats[id]?.nextPing = schedulePing(id)
  }
}
