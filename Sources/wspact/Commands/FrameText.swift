import Contract
import JSON
import JSONSchema
import WebSocket

/// How `wspact connect` shows frames: direction, kind or name, and the payload.
struct FrameText: Sendable {
  private let sending: MessageClassifier?
  private let receiving: MessageClassifier?

  /// Takes the document that messages are judged by.
  init(_ api: APIDescription?) {
    sending = api.map { MessageClassifier($0, direction: .toProvider) }
    receiving = api.map { MessageClassifier($0, direction: .toConsumer) }
  }

  /// A message of this side.
  func sent(_ message: Message) -> [String] { lines(">", message, sending) }

  /// A message of the other side.
  func received(_ message: Message) -> [String] { lines("<", message, receiving) }

  /// A control frame.
  func line(_ direction: String, _ kind: String, _ payload: [UInt8]) -> [String] {
    let text = payload.isEmpty ? "" : "  " + readable(payload)
    return ["\(direction)  \(kind)\(text)"]
  }

  private func lines(
    _ direction: String,
    _ message: Message,
    _ classifier: MessageClassifier?
  ) -> [String] {
    guard message.kind == .text, let text = message.text else {
      return [
        "\(direction)  binary  \(message.payload.count) bytes  \(hexadecimal(message.payload))"
      ]
    }
    guard let classifier else { return ["\(direction)  text  \(text)"] }
    let (name, problems) = verdict(message.payload, classifier)
    return ["\(direction)  \(name)  \(text)"] + problems.map { "!  \($0)" }
  }

  private func verdict(
    _ payload: [UInt8],
    _ classifier: MessageClassifier
  ) -> (name: String, problems: [String]) {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: payload)
    } catch {
      return ("text", ["not JSON: \(error.reason)"])
    }
    switch classifier.classify(document) {
    case .message(let name, _, let violations): return (name, violations.map(\.message))
    case .ambiguous(let names): return (names.joined(separator: " or "), [])
    case .unknown(let nearest, let reason):
      return ("unknown", [reason + (nearest.map { "; the nearest is \($0)" } ?? "")])
    case .wrongDirection(let name): return (name, ["\(name) only travels the other way"])
    }
  }

  /// The text of some bytes, or their digits when they are no text.
  private func readable(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let isText = text.utf8.elementsEqual(bytes) && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    return isText ? text : hexadecimal(bytes)
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = bytes.prefix(64).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return digits.joined(separator: " ") + (bytes.count > 64 ? " ..." : "")
  }
}
