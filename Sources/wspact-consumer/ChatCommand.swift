import ArgumentParser
import WebSocket

/// `wspact-consumer chat`: follows an agent and a thread, asks a question and reads the answer.
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Ask a question in a thread of the chat service and read the answer."
  )

  @Option(help: "The provider (default: the environment's WSPACT_URL).")
  var url: String?

  @Flag(help: "Expect only what a mock can do: no agent events and no memory.")
  var againstExamples = false

  func run() async throws {
    guard let text = url ?? environmentVariable("WSPACT_URL") else {
      try fail("WSPACT_URL is not set; set it or give --url ws://HOST:PORT/PATH", code: 2)
    }
    do {
      let request = ConnectRequest(url: try WebSocketURL(text))
      try await withConnection(request) { connection in
        report("connected to \(request.url)")
        var conversation = ChatConversation(
          chat: ChatConnection(connection),
          knowsLiveProvider: !againstExamples
        )
        try await conversation.run()
      }
    } catch let disappointment as Disappointment {
      try fail(disappointment.reason, code: 1)
    } catch let error as TransportError {
      try fail("\(error)", code: error.isAboutConnecting ? 2 : 1)
    } catch let error as WebSocketURLError {
      try fail("\(error)", code: 2)
    }
  }
}

extension TransportError {
  /// Whether there never was a connection.
  fileprivate var isAboutConnecting: Bool {
    switch self {
    case .closed, .closing, .cancelled: false
    default: true
    }
  }
}
