package import Contract
import WebSocket

/// What a client does that misbehaves on purpose.
extension LiveSession {
  /// Writes bytes to the socket as they are.
  ///
  /// A connection that has ended takes nothing more: that is noted and is no error, as the
  /// provider may well end it in the middle of what it objects to.
  ///
  /// - Throws: ``SessionError/unknownConnection(name:open:)`` or ``SessionError/cancelled``.
  nonisolated(nonsending) package func write(
    _ bytes: BytesStep,
    step: Int? = nil
  ) async throws(SessionError) {
    let writes = bytes.delivery.writes(of: bytes.bytes)
    try await write(writes, pause: bytes.delivery.pause, on: bytes.connection, step: step) {
      bytes in
      TranscriptFrame(.raw, payload: bytes)
    }
  }

  /// Writes one frame with the header bits that it is given; in the transcript it is a frame when it
  /// is whole and a server may receive it, else its bytes on the wire.
  ///
  /// - Throws: As ``write(_:step:)-(BytesStep,_)``.
  nonisolated(nonsending) package func write(
    _ frame: FrameStep,
    step: Int? = nil
  ) async throws(SessionError) {
    let wire = frame.wireBytes
    let writes = frame.delivery.writes(of: wire)
    try await write(writes, pause: frame.delivery.pause, on: frame.connection, step: step) {
      bytes in
      bytes.count == wire.count && frame.isWellFormed
        ? TranscriptFrame(frame.frame) : TranscriptFrame(.raw, payload: bytes)
    }
  }

  nonisolated(nonsending) private func write(
    _ writes: [[UInt8]],
    pause: Duration,
    on name: String,
    step: Int?,
    recordedAs frame: ([UInt8]) -> TranscriptFrame
  ) async throws(SessionError) {
    let found = try connection(name)
    var written: [UInt8] = []
    var last: MonotonicTime?
    for (index, bytes) in writes.enumerated() {
      if index > 0 { try await Self.sleep(pause) }
      guard let time = try await transmit(bytes, on: found) else {
        recorder.record(
          .note(
            "\(writes.dropFirst(index).map(\.count).reduce(0, +)) bytes were not sent any more"
          ),
          connection: name,
          step: step
        )
        break
      }
      written += bytes
      last = time
    }
    if let last { record(frame(written), from: found, step: step, at: last) }
  }

  /// - Returns: `nil` when the connection is over or about to be.
  nonisolated(nonsending) private func transmit(
    _ bytes: [UInt8],
    on found: NamedConnection
  ) async throws(SessionError) -> MonotonicTime? {
    guard found.closure == nil else { return nil }
    do {
      return try await found.connection.sendRaw(bytes)
    } catch {
      if case .cancelled = error { throw .cancelled }
      return nil
    }
  }

  /// What comes meanwhile waits for ``next(on:until:step:)``.
  nonisolated(nonsending) private static func sleep(
    _ pause: Duration
  ) async throws(SessionError) {
    guard pause > .zero else { return }
    do {
      try await Task.sleep(for: pause)
    } catch {
      throw .cancelled
    }
  }

  /// Reads nothing more from a connection, until ``resume(_:step:)`` or its closing.
  ///
  /// - Throws: ``SessionError/unknownConnection(name:open:)``.
  package func stall(_ name: String, step: Int? = nil) throws(SessionError) {
    try connection(name).connection.stall()
    recorder.record(.note(SessionNote.stalled), connection: name, step: step)
  }

  /// Reads on after ``stall(_:step:)``.
  ///
  /// - Throws: ``SessionError/unknownConnection(name:open:)``.
  package func resume(_ name: String, step: Int? = nil) throws(SessionError) {
    try connection(name).connection.resume()
    recorder.record(.note("reading goes on"), connection: name, step: step)
  }

  /// Ends the direction to the provider without a close frame, and goes on reading.
  ///
  /// - Throws: ``SessionError/unknownConnection(name:open:)`` or ``SessionError/cancelled``.
  nonisolated(nonsending) package func endOutput(
    _ name: String,
    step: Int? = nil
  ) async throws(SessionError) {
    let found = try connection(name)
    guard found.closure == nil else { return }
    do {
      let time = try await found.connection.endOutput()
      recorder.record(.note(SessionNote.halfClosed), connection: name, step: step, at: time)
    } catch {
      if case .cancelled = error { throw .cancelled }
    }
  }
}

extension FrameStep {
  /// The frame with its header as it goes over the wire, whole.
  var wireBytes: [UInt8] {
    let form: FrameHeader.LengthForm? =
      switch lengthBits {
      case .seven: .short
      case .sixteen: .medium
      case .sixtyFour: .long
      case nil: nil
      }
    let header = FrameHeader(
      opcode: opcode,
      isFinal: isFinal,
      reservedBits: reservedBits,
      maskingKey: maskingKey.map { MaskingKey($0[0], $0[1], $0[2], $0[3]) },
      payloadByteCount: statedLength ?? UInt64(payload.count),
      lengthForm: form
    )
    guard let key = maskingKey else { return header.bytes + payload }
    return header.bytes + payload.enumerated().map { $1 ^ key[$0 & 3] }
  }

  /// The frame without what only its bytes can show.
  var frame: Frame {
    Frame(opcode: opcode, payload: payload, isFinal: isFinal, reservedBits: reservedBits)
  }

  /// Whether the header tells the truth in the form that the protocol asks for.
  var isWellFormed: Bool {
    let length = UInt64(payload.count)
    let shortest = LengthBits.allCases.first { length <= $0.maximum }
    return reservedBits == 0 && maskingKey != nil && (statedLength ?? length) == length
      && (lengthBits ?? shortest) == shortest && WebSocket.Opcode(rawValue: opcode) != nil
  }
}

extension Message {
  /// The frames that carry the message when a new one begins at each of these places.
  func frames(dividedAt places: [Int]) -> [Frame] {
    var start = 0
    let ends = places.map { max(0, min($0, payload.count)) } + [payload.count]
    return ends.enumerated().map { index, end in
      defer { start = max(start, end) }
      let opcode: WebSocket.Opcode =
        index > 0 ? .continuation : kind == .text ? .text : .binary
      return Frame(
        opcode,
        payload: Array(payload[min(start, end)..<end]),
        isFinal: index == ends.count - 1
      )
    }
  }
}
