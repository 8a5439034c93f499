package import Contract
package import WebSocket

extension TranscriptFrame {
  /// A whole message.
  package init(_ message: Message) {
    self.init(message.kind == .text ? .text : .binary, payload: message.payload)
  }

  /// A frame as a proxy sees it.
  package init(_ frame: Frame) {
    let opcode: Opcode =
      switch WebSocket.Opcode(rawValue: frame.opcode) {
      case .continuation: .continuation
      case .text: .text
      case .binary: .binary
      case .close: .close
      case .ping: .ping
      case .pong: .pong
      case nil: .reserved
      }
    self.init(opcode, payload: frame.payload, isFinal: frame.isFinal)
  }
}

extension TranscriptClosure {
  /// How a connection ended.
  package init(_ closure: Closure) {
    let initiator: Initiator =
      switch closure.initiator {
      case .local: .local
      case .remote: .remote
      case .none: .nobody
      }
    self.init(
      code: closure.code?.rawValue,
      reason: closure.reason,
      initiator: initiator,
      isClean: closure.isClean,
      problem: ClosureProblem(closure).map { "\($0.rawValue): \(closure)" }
    )
  }
}
