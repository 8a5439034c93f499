import NIOCore

/// Hands what happens on one connection to the service.
///
/// The calls are plain closures, made once for each server, so that the handlers below need not
/// know the service's type.
final class ServiceEvents: ConnectionEvents {
  private let connection: ServerConnection
  private let core: ServerCore

  init(_ connection: ServerConnection, _ core: ServerCore) {
    self.connection = connection
    self.core = core
  }

  /// A service takes everything at once; a peer that does not read is not read from.
  var isFull: Bool { false }

  func whenTaken(_ body: @escaping () -> Void) { body() }

  func received(_ message: Message, at time: MonotonicTime) {
    core.configuration.metrics?.received.count(message)
    core.service.received(message, on: connection)
  }

  func receivedPing(_ payload: [UInt8], at time: MonotonicTime) {
    core.service.receivedPing(payload, on: connection)
  }

  func receivedPong(_ payload: [UInt8], at time: MonotonicTime) {
    core.service.receivedPong(payload, on: connection)
  }

  func closed(_ closure: Closure) {
    connection.attach(nil)
    core.connections[connection.id] = nil
    core.configuration.metrics?.closed(closure)
    core.service.closed(connection, closure)
  }
}
