import Synchronization
import WebSocket

/// Connections of this package's client that play ping-pong with an echo server.
enum EchoClients {
  /// How the messages come to who answers them.
  enum Style: String {
    /// A task for each connection sends, and waits for what comes.
    case tasks
    /// A listener is told, and answers at once.
    case listener
  }

  /// Lets so many connections play for some time, each with one message on the way.
  ///
  /// - Parameters:
  ///   - url: The server.
  ///   - connections: How many, spread over `loops`.
  ///   - style: How the messages come.
  ///   - loops: Where everything runs.
  ///   - payload: The text that goes there and back.
  ///   - time: How long to count.
  /// - Returns: Round trips, in a second and in processor time.
  /// - Throws: When a connection cannot be opened, or ends on the way.
  static func rate(
    _ url: WebSocketURL,
    connections: Int,
    _ style: Style,
    on loops: [ClientLoop],
    payload: [UInt8],
    for time: Duration
  ) async throws -> RateOverTime {
    let counter = Counter()
    let message = Message(kind: .text, payload: payload)
    var open: [ClientConnection] = []
    for number in 0..<connections {
      var request = ConnectRequest(url: url)
      request.loop = loops[number % loops.count]
      if style == .listener { request.listener = Answerer(message: message, counter: counter) }
      open.append(try await ClientConnection.connect(request))
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for connection in open {
        group.addTask(executorPreference: connection.executor) {
          try await connection.send(message)
          guard style == .tasks else { return }
          try await Self.play(connection, message, counter)
        }
      }
      let rate = try await RateOverTime.measure(time) { counter.count }
      for connection in open { connection.drop() }
      while await group.nextResult() != nil {}
      guard open.allSatisfy({ ($0.closure?.failure ?? .dropped) == .dropped }) else {
        throw EndedEarly()
      }
      return rate
    }
  }

  nonisolated(nonsending) private static func play(
    _ connection: ClientConnection,
    _ message: Message,
    _ counter: Counter
  ) async throws {
    while case .message = try await connection.nextEvent(until: nil) {
      counter.add()
      try await connection.send(message)
    }
  }

  private struct Answerer: ConnectionListener {
    var message: Message
    var counter: Counter

    func received(_ message: Message, on connection: ClientConnection, at time: MonotonicTime) {
      counter.add()
      connection.post(self.message)
    }

    func closed(_ connection: ClientConnection, _ closure: Closure) {}
  }

  private struct EndedEarly: Error, CustomStringConvertible {
    var description: String { "a connection ended before its time" }
  }
}

/// Counts from any thread.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  var count: Int { value.load(ordering: .relaxed) }

  func add() { value.wrappingAdd(1, ordering: .relaxed) }
}
