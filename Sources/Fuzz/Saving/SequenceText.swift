import Contract
import JSON

/// What was said, one line a message, for people.
enum SequenceText {
  /// How long a payload may be in a line.
  static let payloadLimit = 120
  /// How many lines are shown; the middle is left out.
  static let maximumLines = 40

  /// The lines of a transcript.
  static func lines(of run: CaseRun) -> [String] {
    let lines = run.transcript.events.compactMap { line(of: $0, in: run) }
    guard lines.count > maximumLines else { return lines }
    let half = maximumLines / 2
    return lines.prefix(half) + ["... \(lines.count - 2 * half) more ..."] + lines.suffix(half)
  }

  private static func line(of event: TranscriptEvent, in run: CaseRun) -> String? {
    let name = event.connection ?? ""
    let hasSeveral = Set(run.evidence.connections.map(\.name)).count > 1
    let place = hasSeveral ? "\(name) " : ""
    switch event.kind {
    case .sent(let frame) where frame.opcode != .pong && frame.opcode != .ping:
      return "\(place)-> \(text(of: frame))"
    case .received(let frame) where frame.opcode == .text || frame.opcode == .binary:
      return "\(place)<- \(text(of: frame))"
    case .closed(let closure) where closure.initiator != .local:
      let code = closure.code.map { "close \($0)" } ?? "dropped, no close frame"
      return "\(place)<- \(code)\(closure.reason.isEmpty ? "" : " \(closure.reason)")"
    case .missed(let expected):
      return "\(place)   no \(expected) came"
    case .providerExited(let code, let signal):
      return "the process ended with \(signal.map { "signal \($0)" } ?? "exit code \(code ?? 0)")"
    case .refused(_, let reason):
      return "\(place)   not connected: \(reason)"
    default:
      return nil
    }
  }

  /// How many bytes are shown as digits.
  private static let maximumDigits = 32

  private static func digits(of frame: TranscriptFrame) -> String {
    HexText.encode(Array(frame.payload.prefix(maximumDigits)))
      + (frame.payload.count > maximumDigits ? "..." : "")
  }

  private static func text(of frame: TranscriptFrame) -> String {
    switch frame.opcode {
    case .text: break
    case .binary: return "\(frame.payload.count) bytes"
    case .raw: return "\(frame.payload.count) bytes on the wire: \(digits(of: frame))"
    default: return "a \(frame.opcode.rawValue) frame: \(digits(of: frame))"
    }
    guard frame.isFinal else {
      return "a first frame: " + String(decoding: frame.payload.prefix(payloadLimit), as: UTF8.self)
    }
    if let value = try? JSONValue.parse(frame.payload) { return value.summary(limit: payloadLimit) }
    return String(decoding: frame.payload.prefix(payloadLimit), as: UTF8.self)
  }
}
