import NIOCore

/// Sends the opening handshake, judges the answer, and makes way for the frames.
///
/// Spec: RFC 6455 §4.1.
final class ClientHandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum State {
    case waitingForHead
    case collectingBody(HTTPResponseHead, RefusalBody)
    case done
  }

  private let request: ConnectRequest
  private let handshake: ClientHandshake
  private let loop: ClientLoop
  private let outcome: OneShot<Result<ClientConnection, TransportError>>
  private var state = State.waitingForHead
  private var parser = HTTPHeadParser()
  private var timer: Scheduled<Void>?

  init(
    _ request: ConnectRequest,
    _ handshake: ClientHandshake,
    _ loop: ClientLoop,
    _ outcome: OneShot<Result<ClientConnection, TransportError>>
  ) {
    self.request = request
    self.handshake = handshake
    self.loop = loop
    self.outcome = outcome
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let limit = request.handshakeTimeout
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit.timeAmount) {
      self.timeOut(context)
    }
    let bytes = ByteBuffer(bytes: handshake.request.bytes)
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = Self.unwrapInboundIn(data)
    switch state {
    case .waitingForHead: readHead(buffer, context)
    case .collectingBody(let head, var body):
      body.append(buffer.readableBytesView)
      state = .collectingBody(head, body)
      finishBody(context, evenIfIncomplete: false)
    case .done: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.read()
  }

  func channelInactive(context: ChannelHandlerContext) {
    finishBody(context, evenIfIncomplete: true)
    let found = parser.isEmpty ? "without answering" : "in the middle of its answer"
    fail(.invalidHandshake(reason: "the server ended the connection \(found)"), context)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let reason = TLSFailure.reason(error, request.url, in: context.pipeline) {
      fail(.tlsFailed(request.url, reason: reason), context)
    } else if let error = error as? IOError, error.isReset {
      fail(.invalidHandshake(reason: "the server reset the connection"), context)
    } else {
      fail(.connectFailed(request.url, reason: "\(error)"), context)
    }
  }

  private func timeOut(_ context: ChannelHandlerContext) {
    finishBody(context, evenIfIncomplete: true)
    fail(
      .timedOut(.handshake, after: request.handshakeTimeout, url: request.url),
      context
    )
  }

  private func readHead(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    let bytes = buffer.readableBytesSpan
    var position = 0
    do throws(HTTPHeadError) {
      while try parser.collect(bytes, at: &position) {
        let head = try parser.response()
        // Interim answers such as 103 come before the real one (RFC 9110 §15.2).
        if (100..<200).contains(head.status), head.status != 101 {
          parser = HTTPHeadParser()
          continue
        }
        let rest = buffer.getSlice(
          at: buffer.readerIndex + position,
          length: buffer.readableBytes - position
        )
        received(head, rest: rest ?? ByteBuffer(), context)
        return
      }
      try parser.checkResponseStart()
    } catch {
      fail(.invalidHandshake(reason: "\(error)"), context)
    }
  }

  private func received(
    _ head: HTTPResponseHead,
    rest: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    do throws(ClientHandshake.Problem) {
      let agreement = try handshake.check(head)
      open(
        HandshakeResponse(
          status: 101,
          headers: head.headers,
          subprotocol: agreement.subprotocol
        ),
        compression: agreement.compression,
        rest: rest,
        context
      )
    } catch {
      switch error {
      case .invalid(let reason):
        fail(.invalidHandshake(reason: reason), context)
      case .refused:
        var body = RefusalBody(headers: head.headers)
        body.append(rest.readableBytesView)
        state = .collectingBody(head, body)
        finishBody(context, evenIfIncomplete: false)
      }
    }
  }

  private func open(
    _ response: HandshakeResponse,
    compression: DeflateParameters?,
    rest: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    state = .done
    timer?.cancel()
    let inbox = Inbox(
      loop: loop,
      maximumBytes: request.maximumQueuedBytes,
      maximumEvents: request.maximumQueuedEvents
    )
    var options = request.options
    options.compression = compression
    let listening = request.listener.map { ListenerEvents($0, inbox) }
    let handler = WebSocketHandler(
      role: .client,
      options: options,
      events: listening ?? inbox,
      memory: loop.memory
    )
    do {
      try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
    } catch {
      fail(.connectFailed(request.url, reason: "\(error)"), context)
      return
    }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    let connection = ClientConnection(
      handshake: response,
      tls: request.url.scheme == .wss ? TLSFacts(context.pipeline) : nil,
      handler: NIOLoopBound(handler, eventLoop: loop.loop),
      loop: loop,
      inbox: inbox
    )
    listening?.attach(connection)
    handler.start(with: rest, at: .now())
    // A caller that was cancelled meanwhile will never close it.
    if !outcome.fulfil(.success(connection)) { handler.drop() }
  }

  private func finishBody(_ context: ChannelHandlerContext, evenIfIncomplete: Bool) {
    guard case .collectingBody(let head, let body) = state,
      evenIfIncomplete || body.isComplete
    else { return }
    let response = HandshakeResponse(
      status: head.status,
      headers: head.headers,
      bodyStart: body.start
    )
    fail(.handshakeRefused(response), context)
  }

  private func fail(_ error: TransportError, _ context: ChannelHandlerContext) {
    guard !isDone else { return }
    state = .done
    timer?.cancel()
    outcome.fulfil(.failure(error))
    context.close(promise: nil)
  }

  private var isDone: Bool {
    if case .done = state { true } else { false }
  }
}
