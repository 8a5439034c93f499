import Contract
import JSON

/// What was said, one line a message, for people.
enum SequenceText {
  /// How long a payload may be in a line.
  static let payloadLimit = 120
  /// How long a payload may be where there is more room.
  static let wholeLimit = 2_000
  /// How many lines are shown; the middle is left out.
  static let maximumLines = 40
  /// How many lines of a talk are kept for reports with more room; the middle is left out.
  static let maximumTalk = 200

  /// The lines of a transcript.
  static func lines(of talk: [TalkLine]) -> [String] {
    guard talk.count > maximumLines else { return talk.map(\.plain) }
    let half = maximumLines / 2
    return talk.prefix(half).map(\.plain) + ["... \(talk.count - 2 * half) more ..."]
      + talk.suffix(half).map(\.plain)
  }

  /// What was said and what happened in a run.
  static func talk(of run: CaseRun) -> [TalkLine] {
    talk(of: run.transcript)
  }

  /// What was said and what happened in a transcript.
  static func talk(of transcript: Transcript) -> [TalkLine] {
    let names = transcript.events.compactMap { event -> String? in
      if case .opened = event.kind { event.connection } else { nil }
    }
    let hasSeveral = Set(names).count > 1
    let lines = transcript.events.compactMap { event -> TalkLine? in
      guard var line = line(of: event) else { return nil }
      line.connection = hasSeveral ? event.connection : nil
      return line
    }
    guard lines.count > maximumTalk else { return lines }
    let half = maximumTalk / 2
    let gap = TalkLine(speaker: .process, text: "... \(lines.count - 2 * half) more ...")
    return lines.prefix(half) + [gap] + lines.suffix(half)
  }

  private static func line(of event: TranscriptEvent) -> TalkLine? {
    switch event.kind {
    case .sent(let frame) where frame.opcode != .pong && frame.opcode != .ping:
      return line(of: frame, .client)
    case .received(let frame) where frame.opcode == .text || frame.opcode == .binary:
      return line(of: frame, .provider)
    case .closed(let closure) where closure.initiator != .local:
      let code = closure.code.map { "close \($0)" } ?? "dropped, no close frame"
      let reason = closure.reason.isEmpty ? "" : " \(closure.reason)"
      return TalkLine(speaker: .provider, text: code + reason)
    case .missed(let expected):
      return TalkLine(speaker: .event, text: "no \(expected) came")
    case .providerExited(let code, let signal):
      let how = signal.map { "signal \($0)" } ?? "exit code \(code ?? 0)"
      return TalkLine(speaker: .process, text: "the process ended with \(how)")
    case .refused(_, let reason):
      return TalkLine(speaker: .event, text: "not connected: \(reason)")
    default:
      return nil
    }
  }

  private static func line(of frame: TranscriptFrame, _ speaker: TalkLine.Speaker) -> TalkLine {
    let text = text(of: frame, limit: payloadLimit)
    let whole = self.text(of: frame, limit: wholeLimit)
    return TalkLine(speaker: speaker, text: text, whole: whole == text ? nil : whole)
  }

  /// How many bytes are shown as digits.
  private static let maximumDigits = 32

  private static func digits(of frame: TranscriptFrame) -> String {
    HexText.encode(Array(frame.payload.prefix(maximumDigits)))
      + (frame.payload.count > maximumDigits ? "..." : "")
  }

  private static func text(of frame: TranscriptFrame, limit: Int) -> String {
    switch frame.opcode {
    case .text: break
    case .binary: return "\(frame.payload.count) bytes"
    case .raw: return "\(frame.payload.count) bytes on the wire: \(digits(of: frame))"
    default: return "a \(frame.opcode.rawValue) frame: \(digits(of: frame))"
    }
    guard frame.isFinal else {
      return "a first frame: " + String(decoding: frame.payload.prefix(limit), as: UTF8.self)
    }
    if let value = try? JSONValue.parse(frame.payload) { return value.summary(limit: limit) }
    return String(decoding: frame.payload.prefix(limit), as: UTF8.self)
  }
}
