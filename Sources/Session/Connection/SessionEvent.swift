package import WebSocket

/// Something that the provider did on a connection.
package struct SessionEvent: Hashable, Sendable {
  /// What it did.
  package enum Kind: Hashable, Sendable {
    /// A whole message.
    case message(Message)
    /// The answer to a ping.
    case pong([UInt8])
    /// The end of the connection; nothing comes after it.
    case closed(Closure)
  }

  /// What it did.
  package var kind: Kind
  /// When its first byte was read.
  package var at: MonotonicTime
  /// The number of the frame on the connection, from 1, both directions counted.
  package var frameNumber: Int
  /// The number of the event in the transcript.
  package var eventNumber: Int

  /// Describes an event.
  package init(kind: Kind, at: MonotonicTime, frameNumber: Int, eventNumber: Int) {
    self.kind = kind
    self.at = at
    self.frameNumber = frameNumber
    self.eventNumber = eventNumber
  }

  /// The message, or `nil` for another kind.
  package var message: Message? {
    if case .message(let message) = kind { message } else { nil }
  }

  /// How the connection ended, or `nil` for another kind.
  package var closure: Closure? {
    if case .closed(let closure) = kind { closure } else { nil }
  }
}
