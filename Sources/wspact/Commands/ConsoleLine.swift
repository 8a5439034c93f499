import Contract
import JSON
import WebSocket

/// What a line of input to `wspact connect` asks for.
enum ConsoleLine: Hashable {
  case text(String)
  case binary([UInt8])
  /// At most 125 bytes.
  case ping([UInt8])
  case close(CloseCode, reason: String)
  case help
  /// Nothing that can be done; why, in a sentence.
  case mistake(String)
  case nothing

  /// What can be typed, one kind a line.
  static let helpLines = [
    "  TEXT                 send the text",
    "  //TEXT               send a text that begins with a slash",
    "  /binary HEX          send bytes, such as /binary 00 ff 7f",
    "  /ping [TEXT]         send a ping",
    "  /close [CODE] [WHY]  close, with 1000 when no code is given",
    "  /help                show this",
  ]

  private static let commands = ["/binary", "/ping", "/close", "/help"]

  /// Reads a line without its end.
  init(_ line: String) {
    guard line.hasPrefix("/") else {
      self = line.isEmpty ? .nothing : .text(line)
      return
    }
    if line.hasPrefix("//") {
      self = .text(String(line.dropFirst()))
      return
    }
    let word = line.prefix { $0 != " " }
    let rest = line.dropFirst(word.count).drop { $0 == " " }
    switch word {
    case "/binary": self = Self.binary(String(rest))
    case "/ping": self = Self.ping(String(rest))
    case "/close": self = Self.close(rest)
    case "/help": self = .help
    default:
      let hint =
        nearestName(to: String(word), in: Self.commands).map { "did you mean '\($0)'?" }
        ?? "/help shows what there is"
      self = .mistake("there is no '\(word)'; \(hint)")
    }
  }

  private static func binary(_ digits: String) -> ConsoleLine {
    HexText.decode(digits).map { .binary($0) }
      ?? .mistake("'\(digits)' is not pairs of hexadecimal digits, such as '00 ff 7f'")
  }

  /// Spec: RFC 6455 §5.5: a control frame has at most 125 bytes.
  private static func ping(_ text: String) -> ConsoleLine {
    let payload = Array(text.utf8)
    guard payload.count <= 125 else {
      return .mistake("a ping holds 125 bytes; these are \(payload.count)")
    }
    return .ping(payload)
  }

  /// Spec: RFC 6455 §5.5.1, §7.4.
  private static func close(_ rest: Substring) -> ConsoleLine {
    let words = rest.split(separator: " ", maxSplits: 1)
    var code = CloseCode.normalClosure
    var reason = rest
    if let first = words.first, first.allSatisfy({ $0.isASCII && $0.isNumber }) {
      guard let number = UInt16(first) else {
        return .mistake("\(first) is no close code; there are 1000 to 4999")
      }
      code = CloseCode(rawValue: number)
      guard code.maySend || code == .noStatusReceived else {
        return .mistake(
          "\(code) may not be sent; 1000, 1001, 1011 and 3000 to 4999 may, for example"
        )
      }
      reason = words.count == 2 ? words[1] : ""
    }
    guard reason.utf8.count <= 123 else {
      return .mistake("a reason holds 123 bytes; these are \(reason.utf8.count)")
    }
    return .close(code, reason: String(reason))
  }
}
