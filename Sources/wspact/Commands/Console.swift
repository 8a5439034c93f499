import Dispatch
import Synchronization
import WebSocket

/// The two directions of `wspact connect`.
final class Console: Sendable {
  private let connection: ClientConnection
  private let text: FrameText
  private let wait: Duration
  private let began = MonotonicTime.now()
  /// When the last message came.
  private let lastMessage: Mutex<MonotonicTime>

  init(_ connection: ClientConnection, _ text: FrameText, wait: Duration) {
    self.connection = connection
    self.text = text
    self.wait = wait
    lastMessage = Mutex(began)
  }

  /// Sends lines and shows what comes, until the connection has ended.
  ///
  /// When the input has ended, this side closes as soon as no message has come for a while.
  ///
  /// - Returns: How the connection ended.
  /// - Throws: When the task is cancelled.
  func run() async throws -> Closure {
    // Reading a line cannot be cancelled, so nobody waits for this task: the program's end ends it.
    Task.detached { await self.sendLines() }
    while true {
      switch try await connection.nextEvent(until: nil) {
      case .message(let message, let time)?:
        lastMessage.withLock { $0 = time }
        show(text.received(message), time)
      case .ping(let payload, let time)?: show(text.line("<", "ping", payload), time)
      case .pong(let payload, let time)?: show(text.line("<", "pong", payload), time)
      case .closed(let closure)?:
        show(["<  \(closure)"], closure.at)
        return closure
      case nil: break
      }
    }
  }

  private func sendLines() async {
    while let line = await nextLine() {
      guard await send(line) else { return }
    }
    var rest = wait
    while rest > .zero, connection.closure == nil {
      try? await Task.sleep(for: rest)
      rest = MonotonicTime.now().duration(to: lastMessage.withLock(\.self).advanced(by: wait))
    }
    await connection.close()
  }

  /// Sends what a line asks for; false when the connection has ended.
  private func send(_ line: String) async -> Bool {
    do {
      switch ConsoleLine(line) {
      case .text(let content):
        let message = Message.text(content)
        show(text.sent(message), try await connection.send(message))
      case .binary(let bytes):
        let message = Message.binary(bytes)
        show(text.sent(message), try await connection.send(message))
      case .ping(let payload):
        show(text.line(">", "ping", payload), try await connection.ping(payload))
      case .close(let code, let reason):
        await connection.close(code, reason: reason)
        return false
      case .help:
        for line in ConsoleLine.helpLines { Terminal.complain(line) }
      case .mistake(let problem):
        Terminal.complain(problem)
      case .nothing: break
      }
      return true
    } catch {
      return false
    }
  }

  private func nextLine() async -> String? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: readLine()) }
    }
  }

  private func show(_ lines: [String], _ time: MonotonicTime) {
    let (seconds, attoseconds) = began.duration(to: time).components
    let milli = "\(attoseconds / 1_000_000_000_000_000)"
    let stamp = "\(seconds)." + String(repeating: "0", count: max(0, 3 - milli.count)) + milli
    let margin = String(repeating: " ", count: max(0, 8 - stamp.count)) + stamp
    let blank = String(repeating: " ", count: margin.count)
    for (index, line) in lines.enumerated() {
      Terminal.say("\(index == 0 ? margin : blank)  \(line)\n")
    }
  }
}
