import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A client's side of a WebSocket connection.
///
/// Sending may be done from any number of tasks; ``nextEvent(until:)`` has one consumer. Nothing
/// is lost when nobody listens: reading stops when the bounds of ``ConnectRequest`` are reached, and
/// then TCP stops the peer. Memory is bounded in the other direction, too, since each send returns
/// when its last byte was handed to the system.
/// A ``ConnectionListener`` in the request is told of events at once; its connection need not be kept.
/// A connection that is let go without ``close(_:reason:)`` is dropped; ``withConnection(_:_:)``
/// closes it properly.
///
/// Spec: RFC 6455.
package final class ClientConnection: Sendable {
  /// The server's answer to the opening handshake.
  package let handshake: HandshakeResponse
  /// What is known about TLS; nil for `ws`.
  package let tls: TLSFacts?

  private let handler: NIOLoopBound<WebSocketHandler>
  private let clientLoop: ClientLoop
  private let inbox: Inbox
  private let outbox = NIOLockedValueBox<[Submission]>([])

  init(
    handshake: HandshakeResponse,
    tls: TLSFacts?,
    handler: NIOLoopBound<WebSocketHandler>,
    loop: ClientLoop,
    inbox: Inbox
  ) {
    self.handshake = handshake
    self.tls = tls
    self.handler = handler
    clientLoop = loop
    self.inbox = inbox
    inbox.onRoom { loop.loop.execute { handler.value.resumeReading() } }
  }

  deinit {
    loop.execute { [handler] in handler.value.drop() }
  }

  /// Runs tasks where the connection's bytes are read.
  ///
  /// A task with `withTaskExecutorPreference(connection.executor)` sends and receives without a
  /// change of thread, which makes a closed loop faster. Meanwhile nothing else happens on the
  /// connection, so such a task must not compute for long.
  package var executor: any TaskExecutor { clientLoop.executor }

  private var loop: any EventLoop { clientLoop.loop }

  /// The subprotocol that was agreed; nil when none was.
  package var subprotocol: String? { handshake.subprotocol }

  /// How the connection ended; nil while it has not.
  package var closure: Closure? { inbox.closure }

  /// How many received bytes wait to be taken.
  var queuedBytes: Int { inbox.queuedBytes }
}

// MARK: - Receiving

extension ClientConnection {
  /// The next thing that the peer did, in order; nil when the deadline passes before it.
  ///
  /// The end of the connection comes once behind everything else; asked again, it is given again.
  ///
  /// - Parameter deadline: nil waits without end.
  /// - Returns: The event; nil when there was none in time.
  /// - Throws: `CancellationError` when the task is cancelled while it waits.
  nonisolated(nonsending) package func nextEvent(
    until deadline: MonotonicTime?
  ) async throws(CancellationError) -> ConnectionEvent? {
    try await inbox.next(until: deadline)
  }
}

// MARK: - Sending

extension ClientConnection {
  fileprivate struct Submission {
    enum Content {
      case message(Message)
      case messages([Message])
      case ping([UInt8])
      case frame(Frame)
      case raw([UInt8])
      case endOfOutput
    }

    var content: Content
    var outcome: SendOutcome
  }

  /// Sends a message in one frame.
  ///
  /// - Returns: When its last byte was handed to the system.
  /// - Throws: ``TransportError/closed(_:)``, ``TransportError/closing`` or
  ///   ``TransportError/cancelled``; a cancelled message may still go out.
  @discardableResult
  nonisolated(nonsending) package func send(
    _ message: Message
  ) async throws(TransportError) -> MonotonicTime {
    try await submit(.message(message))
  }

  /// Sends messages one behind the other, each in one frame, with as few writes as they fit into.
  ///
  /// - Returns: When the last byte of all was handed to the system.
  /// - Throws: As ``send(_:)-(Message)``.
  @discardableResult
  nonisolated(nonsending) package func send(
    _ messages: [Message]
  ) async throws(TransportError) -> MonotonicTime {
    try await submit(.messages(messages))
  }

  /// Sends a message from the connection's loop, as a listener does, without waiting for anything.
  ///
  /// It goes out with everything else that is sent while the same bytes are read; nothing happens
  /// when the connection is closing.
  package func post(_ message: Message) {
    handler.value.send(message, promise: nil)
  }

  /// Sends bytes without any framing, whatever they mean to the peer.
  ///
  /// - Returns: When the last byte was handed to the system.
  /// - Throws: As ``send(_:)``.
  @discardableResult
  nonisolated(nonsending) package func sendRaw(
    _ bytes: [UInt8]
  ) async throws(TransportError) -> MonotonicTime {
    try await submit(.raw(bytes))
  }

  /// Sends one masked frame with any header bits, such as a fragment.
  ///
  /// - Returns: When its last byte was handed to the system.
  /// - Throws: As ``send(_:)``.
  @discardableResult
  nonisolated(nonsending) package func sendFrame(
    _ frame: Frame
  ) async throws(TransportError) -> MonotonicTime {
    try await submit(.frame(frame))
  }

  /// Sends a ping; the pong comes as an event.
  ///
  /// - Parameter payload: At most 125 bytes; more are cut off.
  /// - Returns: When its last byte was handed to the system.
  /// - Throws: As ``send(_:)``.
  @discardableResult
  nonisolated(nonsending) package func ping(
    _ payload: [UInt8] = []
  ) async throws(TransportError) -> MonotonicTime {
    try await submit(.ping(payload))
  }

  /// Ends the direction to the peer without a close frame, and goes on receiving.
  ///
  /// - Returns: When that was handed to the system.
  /// - Throws: As ``send(_:)``.
  @discardableResult
  nonisolated(nonsending) package func endOutput() async throws(TransportError) -> MonotonicTime {
    try await submit(.endOfOutput)
  }

  nonisolated(nonsending) private func submit(
    _ content: Submission.Content
  ) async throws(TransportError) -> MonotonicTime {
    let outcome = SendOutcome()
    let result: SendOutcome.Value
    if loop.inEventLoop {
      drainOutbox()
      write(content, outcome)
      if let known = outcome.onLoop {
        // Mostly the system takes the bytes at once.
        result = known
      } else {
        result = await outcome.elsewhere().value(ifCancelled: .failure(.cancelled))
      }
    } else {
      let elsewhere = outcome.elsewhere()
      let isFirst = outbox.withLockedValue { waiting in
        waiting.append(Submission(content: content, outcome: outcome))
        return waiting.count == 1
      }
      if isFirst { loop.execute { self.drainOutbox() } }
      result = await elsewhere.value(ifCancelled: .failure(.cancelled))
    }
    switch result {
    case .success(let time):
      return time
    case .failure(let error):
      if error != .cancelled, let closure { throw .closed(closure) }
      throw error
    }
  }

  private func drainOutbox() {
    let waiting = outbox.withLockedValue { waiting in
      guard !waiting.isEmpty else { return [Submission]() }
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
    for submission in waiting { write(submission.content, submission.outcome) }
  }

  private func write(_ content: Submission.Content, _ outcome: SendOutcome) {
    let promise = loop.makePromise(of: Void.self)
    promise.futureResult.whenComplete { result in
      switch result {
      case .success: outcome.fulfil(.success(.now()))
      case .failure: outcome.fulfil(.failure(.closing))
      }
    }
    switch content {
    case .message(let message): handler.value.send(message, promise: promise)
    case .messages(let messages): handler.value.send(messages, promise: promise)
    case .ping(let payload): handler.value.ping(payload, promise: promise)
    case .frame(let frame): handler.value.send(frame, promise: promise)
    case .raw(let bytes): handler.value.sendRaw(bytes, promise: promise)
    case .endOfOutput: handler.value.endOutput(promise: promise)
    }
  }
}

// MARK: - Ending

extension ClientConnection {
  /// Plays the whole closing handshake; takes at most the request's close timeout.
  ///
  /// - Parameters:
  ///   - code: Goes out as it is, also one that may not be sent; 1005 sends an empty frame.
  ///   - reason: At most 123 bytes of UTF-8; more are cut off.
  /// - Returns: How the connection ended, also when it had ended before.
  @discardableResult
  nonisolated(nonsending) package func close(
    _ code: CloseCode = .normalClosure,
    reason: String = ""
  ) async -> Closure {
    if let closure { return closure }
    loop.execute {
      self.drainOutbox()
      self.handler.value.close(code, reason: reason)
    }
    return await inbox.waitForClosure()
  }

  /// Ends TCP without a close frame, as a client that crashes does.
  package func drop() {
    loop.execute { self.handler.value.drop() }
  }

  /// Ends TCP with a reset, as a client whose machine goes down does.
  package func reset() {
    loop.execute { self.handler.value.reset() }
  }

  /// Reads nothing from the socket, as a client that hangs, until ``resume()``.
  package func stall() {
    loop.execute { self.handler.value.setStalled(true) }
  }

  /// Reads on after ``stall()``.
  package func resume() {
    loop.execute { self.handler.value.setStalled(false) }
  }
}

/// Opens a connection for the time of a closure, and closes it whatever happens.
///
/// - Throws: ``TransportError`` when there is no connection, otherwise what `body` throws.
nonisolated(nonsending) package func withConnection<Outcome>(
  _ request: ConnectRequest,
  _ body: (ClientConnection) async throws -> Outcome
) async throws -> Outcome {
  let connection = try await ClientConnection.connect(request)
  do {
    let outcome = try await body(connection)
    await connection.close()
    return outcome
  } catch {
    await connection.close()
    throw error
  }
}
