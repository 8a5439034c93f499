import ArgumentParser
import WebSocket

/// `wspact-consumer autobahn`: runs every case that a fuzzing server of the Autobahn Testsuite has.
struct AutobahnCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "autobahn",
    abstract: "Echo what a fuzzing server of the Autobahn Testsuite sends, case by case.",
    shouldDisplay: false
  )

  @Option(help: "The server's URL.")
  var url = "ws://127.0.0.1:9001"

  @Option(help: "The name under which the server reports.")
  var agent = "wspact"

  @Flag(help: "Offer permessage-deflate.")
  var compression = false

  func run() async throws {
    let server = try WebSocketURL(url)
    let text = try await firstMessage(server.appending(path: "getCaseCount"))
    guard let count = Int(text) else {
      throw ValidationError("'\(text)' from \(server) is no number of cases")
    }
    for number in 1...max(count, 1) {
      try await echo(
        server.appending(path: "runCase", query: "case=\(number)&agent=\(agent)")
      )
    }
    try await withConnection(
      ConnectRequest(url: server.appending(path: "updateReports", query: "agent=\(agent)"))
    ) { connection in
      while case .some(let event) = try await connection.nextEvent(until: nil) {
        if case .closed = event { break }
      }
    }
    print("\(count) cases as \(agent)")
  }

  private func firstMessage(_ url: WebSocketURL) async throws -> String {
    try await withConnection(ConnectRequest(url: url)) { connection in
      while let event = try await connection.nextEvent(until: nil) {
        if case .message(let message, _) = event { return message.text ?? "" }
        if case .closed = event { break }
      }
      return ""
    }
  }

  /// Sends each message back until the server closes.
  private func echo(_ url: WebSocketURL) async throws {
    var request = ConnectRequest(url: url)
    request.compression = compression ? CompressionSettings() : nil
    request.maximumFrameBytes = 64 * 1_048_576
    request.maximumMessageBytes = 64 * 1_048_576
    try await withConnection(request) { connection in
      while let event = try await connection.nextEvent(until: nil) {
        switch event {
        case .message(let message, _):
          // A peer that is already closing takes nothing more; its close comes next.
          _ = try? await connection.send(message)
        case .ping, .pong: continue
        case .closed: return
        }
      }
    }
  }
}
