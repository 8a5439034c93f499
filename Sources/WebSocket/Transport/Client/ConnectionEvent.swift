/// Something that the peer did.
package enum ConnectionEvent: Hashable, Sendable {
  /// A whole message; `at` is when its first byte was read from the socket.
  case message(Message, at: MonotonicTime)
  /// A ping, already answered with its pong unless that is switched off.
  case ping([UInt8], at: MonotonicTime)
  /// A pong, asked for or not.
  case pong([UInt8], at: MonotonicTime)
  /// The connection is over; always the last event.
  case closed(Closure)

  /// How many bytes the event keeps.
  var byteCount: Int {
    switch self {
    case .message(let message, _): message.payload.count
    case .ping(let payload, _), .pong(let payload, _): payload.count
    case .closed: 0
    }
  }
}
