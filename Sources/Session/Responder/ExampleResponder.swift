package import Contract
import JSON
package import WebSocket

/// A provider that answers from the examples of an API description.
///
/// It closes with 1002 what the document forbids and keeps the reasons.
package actor ExampleResponder: WebSocketService {
  private let replies: ExampleReplies
  private let loop: ServerLoop
  private let objected: @Sendable (String) -> Void

  /// The server's event loop; all calls come from there.
  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// Answers for an API.
  ///
  /// - Parameters:
  ///   - api: The API with its examples.
  ///   - loop: The event loop of the server.
  ///   - objected: Is told what was wrong with a consumer's message, in a sentence.
  package init(
    api: APIDescription,
    loop: ServerLoop,
    objected: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    replies = ExampleReplies(api)
    self.loop = loop
    self.objected = objected
  }

  /// Answers a message, or closes with 1002.
  package func received(_ message: Message, on connection: ServerConnection) {
    guard message.kind == .text, let value = try? JSONValue.parse(message.payload) else {
      object("the message is no JSON text", connection)
      return
    }
    switch replies.answer(to: value) {
    case .replies(let payloads):
      for payload in payloads { connection.send(Message(kind: .text, payload: payload.bytes())) }
    case .objection(let reason):
      object(reason, connection)
    }
  }

  private func object(_ reason: String, _ connection: ServerConnection) {
    objected(reason)
    connection.close(.protocolError, reason: String(reason.unicodeScalars.prefix(30)))
  }
}
