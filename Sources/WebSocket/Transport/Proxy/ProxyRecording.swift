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
  private var sentClose: (toProvider: Bool, toConsumer: Bool) = (false, false)
  /// The side that ended the conversation first; nil inside: the proxy.
  private var firstEnd: FrameDirection??
  private var isClosed = false

  init(_ core: ProxyCore, _ request: HandshakeRequest) {
    self.core = core
    self.request = request
    number = core.nextNumber()
    let tap = FrameTap(maximumFrameBytes: core.limits.maximumFrameBytes)
    taps = (tap, tap)
  }

  /// Records the answer to the handshake.
  func opened(_ response: HandshakeResponse) throws(Failure) {
    isOpened = true
    do {
      try core.recorder.opened(
        connection: number,
        request: request,
        response: response,
        at: .now()
      )
    } catch {
      throw unrecorded(error)
    }
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
        do {
          try core.recorder.frame(frame, direction, connection: number, at: time)
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
    try? core.recorder.closed(
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
