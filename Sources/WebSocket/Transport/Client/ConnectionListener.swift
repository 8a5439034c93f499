/// Hears what happens on a client's connection, at once and on the connection's loop.
///
/// The way without tasks, for those who hold thousands of connections: between the arrival of a
/// message and the answer there is no change of task. A listener must not compute for long, as
/// nothing else happens on the loop's connections meanwhile.
package protocol ConnectionListener: Sendable {
  /// A whole message came; `time` is when its first byte was read from the socket.
  func received(_ message: Message, on connection: ClientConnection, at time: MonotonicTime)
  /// A ping came, already answered unless that is switched off; the default does nothing more.
  func receivedPing(_ payload: [UInt8], on connection: ClientConnection, at time: MonotonicTime)
  /// A pong came; the default does nothing.
  func receivedPong(_ payload: [UInt8], on connection: ClientConnection, at time: MonotonicTime)
  /// The connection is over; the last call.
  func closed(_ connection: ClientConnection, _ closure: Closure)
}

extension ConnectionListener {
  /// Does nothing.
  package func receivedPing(
    _ payload: [UInt8],
    on connection: ClientConnection,
    at time: MonotonicTime
  ) {}
  /// Does nothing.
  package func receivedPong(
    _ payload: [UInt8],
    on connection: ClientConnection,
    at time: MonotonicTime
  ) {}
}

/// Tells a listener what happens; the connection's own inbox hears of the end alone.
final class ListenerEvents: ConnectionEvents {
  private let listener: any ConnectionListener
  private let inbox: Inbox
  /// Kept until the connection is over, as nobody else need keep it.
  private var connection: ClientConnection?

  init(_ listener: any ConnectionListener, _ inbox: Inbox) {
    self.listener = listener
    self.inbox = inbox
  }

  /// Sets whom the events are about; before the first one.
  func attach(_ connection: ClientConnection) {
    self.connection = connection
  }

  /// A listener takes everything at once; a peer that does not read is not read from.
  var isFull: Bool { false }

  func whenTaken(_ body: @escaping () -> Void) { body() }

  func received(_ message: Message, at time: MonotonicTime) {
    if let connection { listener.received(message, on: connection, at: time) }
  }

  func receivedPing(_ payload: [UInt8], at time: MonotonicTime) {
    if let connection { listener.receivedPing(payload, on: connection, at: time) }
  }

  func receivedPong(_ payload: [UInt8], at time: MonotonicTime) {
    if let connection { listener.receivedPong(payload, on: connection, at: time) }
  }

  func closed(_ closure: Closure) {
    inbox.closed(closure)
    if let connection { listener.closed(connection, closure) }
    connection = nil
  }
}
