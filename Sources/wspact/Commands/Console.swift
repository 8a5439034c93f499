import Dispatch
import WebSocket

/// The two directions of `wspact connect`.
struct Console: Sendable {
  private let connection: ClientConnection
  private let text: FrameText
  private let wait: Duration
  private let began = MonotonicTime.now()

  init(_ connection: ClientConnection, _ text: FrameText, wait: Duration) {
    self.connection = connection
    self.text = text
    self.wait = wait
  }

  /// Sends lines and shows what comes, until the connection has ended.
  func run() async throws -> Closure {
    // Reading a line cannot be cancelled, so nobody waits for this task: the program's end ends it.
    Task.detached { await sendLines() }
    while true {
      switch try await connection.nextEvent(until: nil) {
      case .message(let message, let time)?: show(text.received(message), time)
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
    try? await Task.sleep(for: wait)
    await connection.close()
  }

  /// Sends what a line asks for; false when the connection has ended.
  private func send(_ line: String) async -> Bool {
    do {
      switch ConsoleLine(line) {
      case .text(let content):
        let message = Message.text(content)
        show(text.sent(message), try await connection.send(message))
      case .ping(let content):
        let payload = Array(content.utf8.prefix(125))
        show(text.line(">", "ping", payload), try await connection.ping(payload))
      case .close(let code, let reason):
        await connection.close(code, reason: reason)
        return false
      case .unknown(let word):
        Terminal.complain("there is no '\(word)'; there are /ping, /close and // for a slash")
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

/// What a line of input asks for.
enum ConsoleLine: Hashable {
  case text(String)
  case ping(String)
  case close(CloseCode, reason: String)
  case unknown(String)
  case nothing

  /// Reads a line without its end.
  init(_ line: String) {
    guard line.hasPrefix("/") else {
      self = line.isEmpty ? .nothing : .text(line)
      return
    }
    if line.hasPrefix("//") {
      self = .text(String(line.dropFirst()))
      return
    }
    let parts = line.split(separator: " ", maxSplits: 1)
    let rest = parts.count == 2 ? String(parts[1]) : ""
    switch parts.first {
    case "/ping":
      self = .ping(rest)
    case "/close":
      let words = rest.split(separator: " ", maxSplits: 1)
      let code = words.first.flatMap { UInt16($0) }
      self = .close(
        CloseCode(rawValue: code ?? 1000),
        reason: code == nil ? rest : words.count == 2 ? String(words[1]) : ""
      )
    default:
      self = .unknown(String(parts.first ?? "/"))
    }
  }
}
