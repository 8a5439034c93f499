package import Contract

extension Transcript {
  /// The transcript without secrets, for traffic that another program recorded.
  ///
  /// A message in several frames is put into the first one.
  package func redacted(_ redaction: Redaction, _ payloads: PayloadRedactor) -> Transcript {
    var assembly = FragmentAssembly()
    var copy = self
    for (index, event) in events.enumerated() {
      let name = event.connection ?? ""
      switch event.kind {
      case .opened(var handshake):
        handshake.target = redaction.target(handshake.target)
        copy.events[index].kind = .opened(handshake)
      case .sent(let frame), .received(let frame):
        let isSent = if case .sent = event.kind { true } else { false }
        let direction: MessageDirection = isSent ? .toProvider : .toConsumer
        let key = FragmentAssembly.Key(connection: name, direction: direction)
        guard let whole = assembly.take(frame, at: index, key) else { continue }
        for (place, piece) in whole.pieces(payloads.redacted(whole.payload, direction)) {
          copy.events[place].kind = isSent ? .sent(piece) : .received(piece)
        }
      default: continue
      }
    }
    for fragment in assembly.unfinished {
      guard case .sent = copy.events[fragment.place].kind else {
        copy.events[fragment.place].kind = .received(fragment.masked)
        continue
      }
      copy.events[fragment.place].kind = .sent(fragment.masked)
    }
    return copy
  }
}

/// The frames of messages that are not complete.
///
/// Secrets can only be seen in whole messages.
struct FragmentAssembly {
  struct Key: Hashable {
    var connection: String
    var direction: MessageDirection
  }

  /// A frame and where it stands.
  struct Fragment {
    var place: Int
    var frame: TranscriptFrame

    /// The frame without what it holds.
    var masked: TranscriptFrame {
      var frame = frame
      frame.payload = Array(Redaction.placeholder.utf8)
      return frame
    }
  }

  /// A complete message.
  struct Whole {
    var fragments: [Fragment]

    var payload: [UInt8] { fragments.flatMap(\.frame.payload) }

    /// The frames with another payload: what stays as it was keeps its frames, else the first one has
    /// it all.
    func pieces(_ redacted: [UInt8]) -> [(place: Int, frame: TranscriptFrame)] {
      if redacted == payload { return fragments.map { ($0.place, $0.frame) } }
      return fragments.enumerated().map { index, fragment in
        var frame = fragment.frame
        frame.payload = index == 0 ? redacted : []
        return (fragment.place, frame)
      }
    }
  }

  private var open: [Key: [Fragment]] = [:]

  /// Takes a frame; the answer is the message that it completes, or the frame alone when it belongs to
  /// none.
  mutating func take(_ frame: TranscriptFrame, at place: Int, _ key: Key) -> Whole? {
    switch frame.opcode {
    case .text, .binary, .continuation:
      let fragments = (open.removeValue(forKey: key) ?? []) + [Fragment(place: place, frame: frame)]
      if frame.isFinal { return Whole(fragments: fragments) }
      open[key] = fragments
      return nil
    default:
      return nil
    }
  }

  /// The frames of messages that were never completed.
  var unfinished: [Fragment] { open.values.flatMap { $0 } }
}
