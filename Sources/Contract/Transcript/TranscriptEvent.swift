/// One line of a transcript: something that was seen, where and when.
package struct TranscriptEvent: Sendable, Hashable {
  /// The place in the transcript, from 1, without gaps.
  package var number: Int
  /// Monotonic time since the transcript began, in nanoseconds.
  package var nanoseconds: Int64
  /// The connection's name, or `nil` for what belongs to no connection.
  package var connection: String?
  /// The step of the scenario that caused it, from 1, where one did.
  package var step: Int?
  /// What was seen.
  package var kind: Kind

  /// Records an event.
  package init(
    number: Int,
    nanoseconds: Int64,
    connection: String? = nil,
    step: Int? = nil,
    kind: Kind
  ) {
    self.number = number
    self.nanoseconds = nanoseconds
    self.connection = connection
    self.step = step
    self.kind = kind
  }

  /// What can be seen.
  package enum Kind: Sendable, Hashable {
    /// The opening handshake ended well.
    case opened(TranscriptHandshake)
    /// No connection came to be; why, in words.
    case refused(status: Int?, reason: String)
    /// A frame or message went out; the time is when its last byte was flushed.
    case sent(TranscriptFrame)
    /// A frame or message came in; the time is when its first byte was read, in a proxy's journal
    /// when its last one was.
    case received(TranscriptFrame)
    /// The connection ended.
    case closed(TranscriptClosure)
    /// A provider state was set up or torn down.
    case providerState(action: String, name: String, failure: String?)
    /// The provider's process was started.
    case providerStarted(processID: Int32)
    /// The provider's process ended, with an exit code or by a signal.
    case providerExited(code: Int32?, signal: Int32?)
    /// This program itself stood still for this many nanoseconds, so that times are not to be trusted.
    case stalled(nanoseconds: Int64)
    /// An expected message did not come in time.
    case missed(String)
    /// A remark.
    case note(String)
  }
}

/// The facts of an opening handshake.
package struct TranscriptHandshake: Sendable, Hashable {
  /// The target of the request: path and query.
  package var target: String
  /// The subprotocol that was chosen.
  package var subprotocol: String?
  /// The status of the response; 101 when it went well.
  package var status: Int

  /// Records a handshake.
  package init(target: String, subprotocol: String? = nil, status: Int = 101) {
    self.target = target
    self.subprotocol = subprotocol
    self.status = status
  }
}

/// A message, or a single frame where the recorder sees frames.
package struct TranscriptFrame: Sendable, Hashable {
  /// What the bytes mean.
  package enum Opcode: String, Sendable, Hashable, CaseIterable {
    case continuation, text, binary, close, ping, pong, reserved
    /// Bytes that were put on the socket without a frame.
    case raw
  }

  /// What the bytes mean.
  package var opcode: Opcode
  /// The bytes, unmasked.
  package var payload: [UInt8]
  /// Whether this is the last (or only) frame of its message.
  package var isFinal: Bool

  /// Records a frame.
  package init(_ opcode: Opcode, payload: [UInt8], isFinal: Bool = true) {
    self.opcode = opcode
    self.payload = payload
    self.isFinal = isFinal
  }
}

/// How a connection ended.
package struct TranscriptClosure: Sendable, Hashable {
  /// Who spoke first.
  package enum Initiator: String, Sendable, Hashable, CaseIterable {
    case local, remote, nobody
  }

  /// The code of the peer's close frame; `nil` when none came (1006 in RFC 6455 §7.1.5).
  package var code: UInt16?
  /// The reason given with it.
  package var reason: String
  /// Who closed first.
  package var initiator: Initiator
  /// Whether both close frames were exchanged.
  package var isClean: Bool
  /// What was wrong, in words, or `nil`.
  package var problem: String?

  /// Records an end.
  package init(
    code: UInt16?,
    reason: String = "",
    initiator: Initiator,
    isClean: Bool,
    problem: String? = nil
  ) {
    self.code = code
    self.reason = reason
    self.initiator = initiator
    self.isClean = isClean
    self.problem = problem
  }
}

/// Everything that was seen, in order.
package struct Transcript: Sendable, Hashable {
  /// The events, numbered from 1.
  package var events: [TranscriptEvent]

  /// Takes events in order.
  package init(events: [TranscriptEvent] = []) { self.events = events }
}
