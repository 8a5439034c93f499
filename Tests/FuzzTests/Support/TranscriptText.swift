import Contract
import Fuzz

/// Transcripts as short texts, one event a line: `MILLISECONDS CONNECTION WHAT ...`.
///
///     0 a open
///     1 a > {"type":"ask","id":"1","text":""}
///     3 a < {"type":"answer","id":"1","text":""}
///     9 a end
///
/// Others: `close CODE` and `drop` (the provider ended it), `end` and `unanswered` (the client did),
/// `half` (the client stops sending), `raw HEX`, `bad` (a text that is not UTF-8), `part TEXT`, `more TEXT`, `last TEXT`, `+ping` and
/// `pong` (frames of the client, and the provider's pong), `violation`, `refused`, `exit CODE`, `signal NUMBER`, `stall MILLISECONDS`, `binary`.
enum TranscriptText {
  static func transcript(_ text: String) -> Transcript {
    var transcript = Transcript()
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      guard words.count >= 3, let time = Double(words[0]) else { continue }
      transcript.events.append(
        TranscriptEvent(
          number: transcript.events.count + 1,
          nanoseconds: Int64(time * 1_000_000),
          connection: words[1],
          kind: kind(words[2], words.count > 3 ? words[3] : "")
        )
      )
    }
    return transcript
  }

  static func evidence(_ text: String) throws -> Evidence {
    Evidence(try RoomsAPI.index(), transcript: transcript(text))
  }

  private static func kind(_ word: String, _ rest: String) -> TranscriptEvent.Kind {
    switch word {
    case "open": .opened(TranscriptHandshake(target: "/"))
    case ">": .sent(TranscriptFrame(.text, payload: [UInt8](rest.utf8)))
    case "<": .received(TranscriptFrame(.text, payload: [UInt8](rest.utf8)))
    case "raw": .sent(TranscriptFrame(.raw, payload: HexText.decode(rest) ?? []))
    case "bad": .sent(TranscriptFrame(.text, payload: [0x22, 0xC3, 0x28, 0x22]))
    case "part": .sent(TranscriptFrame(.text, payload: [UInt8](rest.utf8), isFinal: false))
    case "more":
      .sent(TranscriptFrame(.continuation, payload: [UInt8](rest.utf8), isFinal: false))
    case "last": .sent(TranscriptFrame(.continuation, payload: [UInt8](rest.utf8)))
    case "+ping": .sent(TranscriptFrame(.ping, payload: [UInt8](rest.utf8)))
    case "pong": .received(TranscriptFrame(.pong, payload: [UInt8](rest.utf8)))
    case "half": .note("this direction ended")
    case "binary": .received(TranscriptFrame(.binary, payload: [1, 2]))
    case "close":
      .closed(
        TranscriptClosure(code: UInt16(rest), initiator: .remote, isClean: true)
      )
    case "drop":
      .closed(
        TranscriptClosure(
          code: nil,
          initiator: .remote,
          isClean: false,
          problem: "no close frame: ended by the peer"
        )
      )
    case "end": .closed(TranscriptClosure(code: 1000, initiator: .local, isClean: true))
    case "unanswered":
      .closed(
        TranscriptClosure(
          code: nil,
          initiator: .local,
          isClean: false,
          problem: "close not answered: in 2 s"
        )
      )
    case "violation":
      .closed(
        TranscriptClosure(
          code: nil,
          initiator: .local,
          isClean: false,
          problem: "protocol violation: a masked frame"
        )
      )
    case "refused": .refused(status: nil, reason: "connection refused")
    case "exit": .providerExited(code: Int32(rest), signal: nil)
    case "signal": .providerExited(code: nil, signal: Int32(rest))
    case "stall": .stalled(nanoseconds: (Int64(rest) ?? 0) * 1_000_000)
    default: .note(rest)
    }
  }
}
