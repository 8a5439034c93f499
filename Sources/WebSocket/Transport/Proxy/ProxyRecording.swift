import NIOCore

/// What the recorder is told about one connection, and what the frames that passed say about how
/// it ended.
final class ProxyRecording {
  /// Why a connection cannot go on.
  struct Failure: Error {
    /// How many of the bytes at hand may still be passed on.
    var acceptedBytes = 0
    var closeCode: CloseCode
    var closeReason: String
    var problem: String
  }

  /// What went wrong so far.
  var problem: String?
  private(set) var isOpened = false
  private let core: ProxyCore
  private let request: HandshakeRequest
  private let number: Int
  private var taps: (toProvider: FrameTap, toConsumer: FrameTap)
  /// Undo the compression that consumer and provider have agreed on.
  private var inflaters: (toProvider: FrameInflater, toConsumer: FrameInflater)?
  private var sentClose: (toProvider: Bool, toConsumer: Bool) = (false, false)
  /// The side that ended the conversation first; nil inside: the proxy.
  private var firstEnd: FrameDirection??
  private var isClosed = false

  init(_ core: ProxyCore, _ request: HandshakeRequest) {
    self.core = core
    self.request = request
    number = core.setting.nextNumber()
    let tap = FrameTap(maximumFrameBytes: core.limits.maximumFrameBytes)
    taps = (tap, tap)
  }

  /// Records the answer to the handshake.
  func opened(_ response: HandshakeResponse) throws(Failure) {
    isOpened = true
    inflaters = Self.inflaters(response, limit: core.limits.maximumFrameBytes)
    do {
      try core.setting.recorder.opened(
        connection: number,
        request: request,
        response: response,
        at: .now()
      )
    } catch {
      throw unrecorded(error)
    }
  }

  /// What undoes the compression that an answer agrees to; nil when it agrees to none.
  ///
  /// Spec: RFC 7692 §7.1.
  private static func inflaters(
    _ response: HandshakeResponse,
    limit: Int
  ) -> (toProvider: FrameInflater, toConsumer: FrameInflater)? {
    guard response.status == 101,
      let answers = try? WebSocketExtension.parse(response.headers),
      let answer = answers.first(where: { $0.name == DeflateParameters.extensionName }),
      let agreed = try? DeflateProposal(answer, isOffer: false).parameters
    else { return nil }
    return (
      FrameInflater(agreed.makeInflater(reader: .server), limit: limit),
      FrameInflater(agreed.makeInflater(reader: .client), limit: limit)
    )
  }

  /// Records every frame that is complete with these bytes.
  func record(
    _ buffer: ByteBuffer,
    _ direction: FrameDirection,
    at time: MonotonicTime
  ) throws(Failure) {
    let bytes = buffer.readableBytesSpan
    var position = 0
    var accepted = 0
    while let element = next(in: bytes, at: &position, direction) {
      switch element {
      case .frame(let frame):
        let plain: Frame
        do throws(ProtocolViolation) {
          plain = try decompressed(frame, direction)
        } catch {
          throw Failure(
            acceptedBytes: accepted,
            closeCode: .messageTooBig,
            closeReason: "\(error)",
            problem: "the \(direction.sender) sent a compressed \(error)"
          )
        }
        do {
          try core.setting.recorder.frame(plain, direction, connection: number, at: time)
        } catch {
          throw unrecorded(error, acceptedBytes: accepted)
        }
        accepted = position
        if frame.opcode == Opcode.close.rawValue { noteClose(direction) }
      case .oversized(let byteCount):
        let limit = core.limits.maximumFrameBytes
        let size = "a frame of \(byteCount) bytes; the limit is \(limit)"
        throw Failure(
          acceptedBytes: accepted,
          closeCode: .messageTooBig,
          closeReason: size,
          problem: "the \(direction.sender) sent \(size)"
        )
      }
    }
  }

  private func next(
    in bytes: RawSpan,
    at position: inout Int,
    _ direction: FrameDirection
  ) -> FrameTap.Element? {
    switch direction {
    case .toProvider: taps.toProvider.next(in: bytes, at: &position)
    case .toConsumer: taps.toConsumer.next(in: bytes, at: &position)
    }
  }

  private func decompressed(
    _ frame: Frame,
    _ direction: FrameDirection
  ) throws(ProtocolViolation) -> Frame {
    guard inflaters != nil else { return frame }
    return switch direction {
    case .toProvider: try inflaters?.toProvider.plain(frame) ?? frame
    case .toConsumer: try inflaters?.toConsumer.plain(frame) ?? frame
    }
  }

  private func unrecorded(_ error: any Error, acceptedBytes: Int = 0) -> Failure {
    Failure(
      acceptedBytes: acceptedBytes,
      closeCode: .internalError,
      closeReason: "the proxy cannot record",
      problem: "it cannot be recorded: \(error)"
    )
  }

  /// Whether a frame of the proxy's own may go in this direction now.
  func mayInterrupt(_ direction: FrameDirection) -> Bool {
    switch direction {
    case .toProvider: taps.toProvider.isBetweenFrames && !sentClose.toProvider
    case .toConsumer: taps.toConsumer.isBetweenFrames && !sentClose.toConsumer
    }
  }

  // MARK: The end

  private func noteClose(_ direction: FrameDirection) {
    if firstEnd == nil { firstEnd = .some(direction) }
    switch direction {
    case .toProvider: sentClose.toProvider = true
    case .toConsumer: sentClose.toConsumer = true
    }
  }

  /// The proxy itself ends the conversation.
  func endedByProxy() {
    if firstEnd == nil { firstEnd = .some(nil) }
  }

  /// A side ended its direction.
  func ended(_ direction: FrameDirection, _ error: (any Error)?) {
    let isFirst = firstEnd == nil
    if isFirst { firstEnd = .some(direction) }
    guard problem == nil, isOpened, firstEnd != .some(nil) else { return }
    let hasClosed = direction == .toProvider ? sentClose.toProvider : sentClose.toConsumer
    let tap = direction == .toProvider ? taps.toProvider : taps.toConsumer
    if !hasClosed, !tap.isBetweenFrames {
      problem = "the \(direction.sender) ended in the middle of a frame"
    } else if !hasClosed, direction == .toConsumer, isFirst {
      problem =
        error.map { "the provider's connection broke: \(describe($0))" }
        ?? "the provider ended the connection without a close frame"
    }
  }

  /// Tells the recorder that it is over, once.
  func closed() {
    guard isOpened, !isClosed else { return }
    isClosed = true
    try? core.setting.recorder.closed(
      connection: number,
      by: firstEnd ?? nil,
      problem: problem,
      at: .now()
    )
  }
}

/// What an error of a channel means.
func describe(_ error: any Error) -> String {
  switch error {
  case let error as IOError where error.isReset: "reset by the peer"
  case let error as IOError: ConnectionErrno.text(error.errnoCode)
  default: "\(error)"
  }
}
