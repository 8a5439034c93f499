package import Contract
import JSON
import JSONSchema

/// Tells messages from their bytes.
package struct MessageReader: Sendable {
  private let index: APIIndex

  /// Takes the API that messages belong to.
  package init(_ index: APIIndex) { self.index = index }

  /// Reads a message that travels in a direction.
  package func read(_ frame: TranscriptFrame, _ direction: MessageDirection) -> ReadMessage {
    guard frame.opcode == .text else { return ReadMessage(verdict: .binary) }
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: frame.payload)
    } catch {
      return ReadMessage(verdict: .notJSON(reason: "\(error.reason)"))
    }
    switch index.classifier(direction).classify(document) {
    case .message(_, let place, let violations):
      return read(document, as: index.api.messages[place], violations)
    case .ambiguous(let names):
      guard let first = names.first.flatMap({ index.definitions[$0] }) else {
        return ReadMessage(names: names, verdict: .valid, document: document)
      }
      var message = read(document, as: first, [])
      message.names = names
      return message
    case .unknown(let nearest, let reason):
      return ReadMessage(verdict: .unknown(reason: reason, nearest: nearest), document: document)
    case .wrongDirection(let name):
      return ReadMessage(verdict: .wrongDirection(name: name), document: document)
    }
  }

  private func read(
    _ document: JSONDocument,
    as definition: MessageDefinition,
    _ violations: [SchemaViolation]
  ) -> ReadMessage {
    let id = definition.correlation.flatMap { pointer in
      document.withTape { tape in
        tape.node(at: pointer).map { tape.value(of: $0.value) }
      }
    }
    return ReadMessage(
      names: [definition.name],
      verdict: violations.isEmpty ? .valid : .invalid(violations),
      correlation: id,
      hasCorrelation: definition.correlation != nil,
      document: document
    )
  }
}
