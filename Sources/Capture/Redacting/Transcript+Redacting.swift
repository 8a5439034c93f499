package import Contract

extension Transcript {
  /// The transcript without secrets, for traffic that another program recorded; as
  /// ``RedactingRecorder`` would have written it.
  package func redacted(_ redaction: Redaction, _ payloads: PayloadRedactor) -> Transcript {
    var fragments = FragmentJoin<String>()
    var copy = self
    for index in copy.events.indices {
      let name = events[index].connection ?? ""
      func clean(_ frame: TranscriptFrame, _ direction: MessageDirection) -> TranscriptFrame {
        guard [.text, .binary, .continuation].contains(frame.opcode) else { return frame }
        var frame = frame
        let message = fragments.message(
          endingWith: frame.payload,
          isFinal: frame.isFinal,
          name,
          direction
        )
        frame.payload = message.map { payloads.redacted($0, direction) } ?? []
        return frame
      }
      switch events[index].kind {
      case .opened(var handshake):
        handshake.target = redaction.target(handshake.target)
        copy.events[index].kind = .opened(handshake)
      case .sent(let frame): copy.events[index].kind = .sent(clean(frame, .toProvider))
      case .received(let frame): copy.events[index].kind = .received(clean(frame, .toConsumer))
      case .closed: fragments.end(name)
      default: continue
      }
    }
    return copy
  }
}
