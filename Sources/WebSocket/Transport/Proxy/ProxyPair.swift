import NIOCore

/// One connection through the proxy: the consumer's channel and, in time, the provider's.
///
/// Bytes go on as they came. What is read from one side while the other does not read waits in
/// TCP: a side is read from only while the other one can be written to.
final class ProxyPair {
  /// How far the conversation is.
  enum Stage {
    /// The consumer's request is not complete.
    case request(HTTPHeadParser)
    /// The provider is being connected to; the bytes are for it.
    case connecting(ByteBuffer)
    /// The provider has not answered the opening handshake.
    case response(HTTPHeadParser)
    /// Frames pass and are recorded.
    case frames
    /// Bytes pass that are no frames.
    case bytes
    /// Nothing passes any more.
    case ended
  }

  /// The pair's number among those of its proxy.
  let identity: Int
  private let core: ProxyCore
  private var consumer: ProxySide?
  private var provider: ProxySide?
  private var stage: Stage
  private var recording: ProxyRecording?
  private var timer: Scheduled<Void>?
  private var endTimer: Scheduled<Void>?

  init(_ core: ProxyCore, identity: Int) {
    self.core = core
    self.identity = identity
    stage = .request(HTTPHeadParser(limits: core.limits.headLimits))
  }

  /// Where the provider is.
  var upstream: WebSocketURL { core.upstream }

  /// Begins with a consumer that has connected.
  func start(_ side: ProxySide) {
    consumer = side
    startTimer(core.limits.requestTimeout) {
      self.answer(.init(status: 408, reason: "no complete request came in time"))
    }
  }

  /// The consumer can say nothing.
  func missed(_ problem: String) { core.setting.recorder.missed(problem: problem, at: .now()) }

  /// Whether bytes of a side have somewhere to go.
  func mayRead(_ side: ProxySide) -> Bool {
    switch stage {
    case .request, .ended: true
    case .connecting: false
    case .response: side === provider
    case .frames, .bytes: partner(of: side)?.isWritable ?? true
    }
  }

  private func partner(of side: ProxySide) -> ProxySide? {
    side === consumer ? provider : consumer
  }

  private func startTimer(_ limit: Duration, _ body: @escaping () -> Void) {
    timer?.cancel()
    timer = core.loop.assumeIsolated().scheduleTask(in: limit.timeAmount, body)
  }
}

// MARK: - Passing bytes

extension ProxyPair {
  func received(_ buffer: ByteBuffer, from side: ProxySide) {
    switch stage {
    case .request(let parser): readRequest(buffer, parser)
    case .connecting(var waiting):
      waiting.writeImmutableBuffer(buffer)
      stage = .connecting(waiting)
    case .response(let parser):
      if side === provider {
        readResponse(buffer, parser)
      } else {
        provider?.write(buffer)
        provider?.flush()
      }
    case .frames: pass(buffer, from: side)
    case .bytes: partner(of: side)?.write(buffer)
    case .ended: break
    }
  }

  func flush(from side: ProxySide) {
    partner(of: side)?.flush()
  }

  func isWritableAgain(_ side: ProxySide) {
    partner(of: side)?.read()
  }

  /// Records every frame that is complete, then lets the bytes go on.
  private func pass(_ buffer: ByteBuffer, from side: ProxySide) {
    do throws(ProxyRecording.Failure) {
      try recording?.record(buffer, side.direction, at: .now())
      partner(of: side)?.write(buffer)
    } catch {
      // What came before the bad frame was recorded and may go on.
      if error.acceptedBytes > 0 {
        let start = buffer.getSlice(at: buffer.readerIndex, length: error.acceptedBytes)
        partner(of: side)?.write(start ?? ByteBuffer())
      }
      end(error.closeCode, reason: error.closeReason, problem: error.problem)
    }
  }
}

// MARK: - The opening handshake

extension ProxyPair {
  private func readRequest(_ buffer: ByteBuffer, _ parser: HTTPHeadParser) {
    var parser = parser
    let bytes = buffer.readableBytesSpan
    var position = 0
    do throws(HTTPHeadError) {
      guard try parser.collect(bytes, at: &position) else {
        try parser.checkRequestStart()
        stage = .request(parser)
        return
      }
      let head = try parser.request()
      var outgoing = core.forwarded(head, parser.bytes)
      outgoing.writeImmutableBuffer(rest(of: buffer, from: position))
      if head.headers.hasToken("websocket", named: "Upgrade") {
        recording = ProxyRecording(
          core,
          HandshakeRequest(target: head.target, headers: head.headers)
        )
      }
      connect(sending: outgoing)
    } catch {
      answer(.init(status: error.status, reason: "\(error)"))
    }
  }

  private func connect(sending bytes: ByteBuffer) {
    timer?.cancel()
    guard !core.setting.isOverfull else {
      let limit = core.limits.maximumConnections
      answer(.init(status: 503, reason: "more than \(limit) connections pass through the proxy"))
      return
    }
    stage = .connecting(bytes)
    core.connect(self) { result in
      switch result {
      case .success(let side): self.connected(side)
      case .failure(let error):
        let problem = TransportError.connecting(
          to: self.core.upstream,
          through: self.core.setting.httpProxy,
          within: self.core.limits.connectTimeout,
          error
        )
        self.answer(.init(status: 502, reason: "the provider cannot be reached: \(problem)"))
      }
    }
  }

  private func connected(_ side: ProxySide) {
    guard case .connecting(let bytes) = stage else {
      side.close()
      return
    }
    provider = side
    side.write(bytes)
    side.flush()
    if recording == nil {
      stage = .bytes
    } else {
      stage = .response(HTTPHeadParser(limits: core.limits.headLimits))
      let limit = core.limits.handshakeTimeout
      startTimer(limit) {
        self.answer(
          .init(
            status: 504,
            reason: "the provider did not answer the WebSocket handshake within \(limit.brief)"
          )
        )
      }
    }
    if consumer?.hasEnded == true { side.endOutput() }
    side.read()
    consumer?.read()
  }

  private func readResponse(_ buffer: ByteBuffer, _ parser: HTTPHeadParser) {
    var parser = parser
    let bytes = buffer.readableBytesSpan
    var position = 0
    do throws(HTTPHeadError) {
      while try parser.collect(bytes, at: &position) {
        let head = try parser.response()
        if (100..<200).contains(head.status), head.status != 101 {
          consumer?.write(ByteBuffer(bytes: parser.bytes))
          parser = HTTPHeadParser(limits: core.limits.headLimits)
          continue
        }
        answered(head, parser.bytes, rest: rest(of: buffer, from: position))
        return
      }
      stage = .response(parser)
    } catch {
      answer(
        .init(
          status: 502,
          reason: "the provider's answer to the WebSocket handshake is not HTTP: \(error)"
        )
      )
    }
  }

  private func answered(_ head: HTTPResponseHead, _ bytes: [UInt8], rest: ByteBuffer) {
    timer?.cancel()
    let isOpen = head.status == 101
    let response = HandshakeResponse(
      status: head.status,
      headers: head.headers,
      subprotocol: isOpen ? head.headers.first(named: "Sec-WebSocket-Protocol") : nil,
      bodyStart: isOpen
        ? [] : Array(rest.readableBytesView.prefix(HandshakeResponse.maximumBodyStartBytes))
    )
    do throws(ProxyRecording.Failure) {
      try recording?.opened(response)
    } catch {
      answer(.init(status: 502, reason: error.problem))
      return
    }
    guard isOpen, let provider else {
      recording?.problem = TransportError.handshakeRefused(response).description
      var refusal = ForwardedHead(bytes: bytes)
      // The consumer's next request needs a connection of its own, to be recorded, too.
      refusal.remove("Connection")
      refusal.append("Connection", "close")
      stage = .bytes
      consumer?.write(ByteBuffer(bytes: refusal.bytes))
      consumer?.write(rest)
      return
    }
    stage = .frames
    consumer?.write(ByteBuffer(bytes: bytes))
    if rest.readableBytes > 0 { pass(rest, from: provider) }
    consumer?.flush()
    consumer?.read()
  }

  private func rest(of buffer: ByteBuffer, from position: Int) -> ByteBuffer {
    buffer.getSlice(at: buffer.readerIndex + position, length: buffer.readableBytes - position)
      ?? ByteBuffer()
  }

  /// Answers the request in the provider's place, and ends the connection.
  private func answer(_ refusal: ServerHandshake.Refusal) {
    if recording?.isOpened == false {
      let response = HandshakeResponse(
        status: refusal.status,
        bodyStart: [UInt8](refusal.reason.utf8)
      )
      try? recording?.opened(response)
    }
    recording?.problem = recording?.problem ?? refusal.reason
    stage = .ended
    timer?.cancel()
    consumer?.write(ByteBuffer(bytes: refusal.bytes))
    endBoth()
  }
}

// MARK: - Ending

extension ProxyPair {
  /// A side has ended its direction: so does the other one's.
  func ended(_ side: ProxySide) {
    recording?.ended(side.direction, side.error)
    switch stage {
    case .request:
      stage = .ended
      side.close()
    case .connecting:
      return
    case .response where side === provider, .bytes where side.isUnreachable:
      answer(.init(status: 502, reason: silence(of: side)))
    case .frames:
      // One direction alone is no conversation: the other one may end, too, but not linger.
      partner(of: side)?.endOutput { self.startEndTimer() }
    case .response, .bytes:
      partner(of: side)?.endOutput()
    case .ended: break
    }
    if consumer?.hasEnded != false, provider?.hasEnded != false { finish() }
  }

  /// Why the provider has not answered.
  private func silence(of side: ProxySide) -> String {
    if side.isUnreachable, let error = side.error {
      return "the provider cannot be reached: \(error)"
    }
    let how = side.error.map { ": \(describe($0))" } ?? ""
    return "the provider ended the connection before it answered the handshake\(how)"
  }

  /// A side's channel is closed.
  func isGone(_ side: ProxySide) {
    partner(of: side)?.endOutput()
    startEndTimer()
    if side === consumer { consumer = nil } else { provider = nil }
    guard consumer == nil, provider == nil else { return }
    finish()
    timer?.cancel()
    endTimer?.cancel()
    stage = .ended
    core.remove(self)
  }

  /// Ends the conversation with a close frame to each side that can take one.
  func end(_ code: CloseCode, reason: String, problem: String?) {
    recording?.problem = recording?.problem ?? problem
    if case .frames = stage, let recording {
      recording.endedByProxy()
      for side in [consumer, provider].compactMap({ $0 })
      where recording.mayInterrupt(side.direction.opposite) {
        var keys = MaskingKeyGenerator()
        let frame = Frame(.close, payload: ClosePayload(code: code, reason: reason).bytes)
        let key = side === provider ? keys.next() : nil
        side.write(ByteBuffer(bytes: frame.serialized(maskedWith: key)))
      }
    }
    stage = .ended
    timer?.cancel()
    endBoth()
  }

  /// Ends the direction to each side, and both channels when that is not followed in time.
  private func endBoth() {
    consumer?.endOutput()
    provider?.endOutput()
    startEndTimer()
    consumer?.read()
    provider?.read()
  }

  /// Closes both channels at once.
  func drop() {
    consumer?.close()
    provider?.close()
  }

  private func startEndTimer() {
    guard endTimer == nil else { return }
    endTimer = core.loop.assumeIsolated().scheduleTask(in: core.limits.closeTimeout.timeAmount) {
      self.drop()
    }
  }

  /// Both directions are over.
  private func finish() {
    recording?.closed()
    recording = nil
    consumer?.endOutput()
    provider?.endOutput()
  }
}
