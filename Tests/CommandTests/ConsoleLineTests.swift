import Testing
import WebSocket

@testable import wspact

struct ConsoleLineTests {
  static let lines: [(line: String, meaning: ConsoleLine)] = [
    ("", .nothing),
    ("hello", .text("hello")),
    (" /ping", .text(" /ping")),
    ("//ping", .text("/ping")),
    ("/", .mistake("there is no '/'; /help shows what there is")),
    ("/ping", .ping([])),
    ("/ping  a b ", .ping(Array("a b ".utf8))),
    (
      "/ping " + String(repeating: "x", count: 126),
      .mistake("a ping holds 125 bytes; these are 126")
    ),
    ("/pign", .mistake("there is no '/pign'; did you mean '/ping'?")),
    ("/binary 00 ff7F", .binary([0, 255, 127])),
    ("/binary", .binary([])),
    ("/binary 0", .mistake("'0' is not pairs of hexadecimal digits, such as '00 ff 7f'")),
    ("/close", .close(.normalClosure, reason: "")),
    ("/close bye now", .close(.normalClosure, reason: "bye now")),
    ("/close 4000", .close(4000, reason: "")),
    ("/close 1001 bye now", .close(.goingAway, reason: "bye now")),
    ("/close 1005", .close(.noStatusReceived, reason: "")),
    (
      "/close 1006",
      .mistake(
        "1006 (abnormal closure) may not be sent; 1000, 1001, 1011 and 3000 to 4999 may, for example"
      )
    ),
    ("/close 70000", .mistake("70000 is no close code; there are 1000 to 4999")),
    (
      "/close " + String(repeating: "é", count: 62),
      .mistake("a reason holds 123 bytes; these are 124")
    ),
    ("/help", .help),
  ]

  @Test(arguments: lines)
  func `a line is a message, or a command behind a slash`(line: String, meaning: ConsoleLine) {
    #expect(ConsoleLine(line) == meaning)
  }
}
