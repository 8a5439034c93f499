import Synchronization
import WebSocket

/// Connections of this package's client that play ping-pong with an echo server.
enum EchoClients {
  /// Lets so many connections play for some time, each with one message on the way.
  ///
  /// - Parameters:
  ///   - url: The server.
  ///   - connections: How many, spread over `loops`.
  ///   - loops: Where they and their tasks run.
  ///   - payload: The text that goes there and back.
  ///   - time: How long to count.
  /// - Returns: Round trips a second.
  /// - Throws: When a connection cannot be opened, or ends on the way.
  static func rate(
    _ url: WebSocketURL,
    connections: Int,
    on loops: [ClientLoop],
    payload: [UInt8],
    for time: Duration
  ) async throws -> Double {
    let open = try await open(url, connections, loops)
    let counter = Counter()
    let message = Message(kind: .text, payload: payload)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for connection in open {
        group.addTask(executorPreference: connection.executor) {
          while true {
            try await connection.send(message)
            guard case .message = try await connection.nextEvent(until: nil) else {
              throw EndedEarly()
            }
            counter.add()
          }
        }
      }
      let rate = try await RateOverTime.measure(time) { counter.count }
      for connection in open { connection.drop() }
      while await group.nextResult() != nil {}
      guard open.allSatisfy({ $0.closure?.failure == .dropped }) else { throw EndedEarly() }
      return rate
    }
  }

  private static func open(
    _ url: WebSocketURL,
    _ count: Int,
    _ loops: [ClientLoop]
  ) async throws -> [ClientConnection] {
    var open: [ClientConnection] = []
    for number in 0..<count {
      var request = ConnectRequest(url: url)
      request.loop = loops[number % loops.count]
      open.append(try await ClientConnection.connect(request))
    }
    return open
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
