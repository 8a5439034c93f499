import Testing

@testable import Pact

struct DateTimePatternTests {
  struct Example: CustomTestStringConvertible {
    let pattern: String
    let text: String
    let fits: Bool
    var testDescription: String { "\(pattern) \(fits ? "takes" : "refuses") \(text)" }
  }

  static let examples = [
    Example(pattern: "yyyy-MM-dd", text: "2024-01-31", fits: true),
    Example(pattern: "yyyy-MM-dd", text: "2024-1-1", fits: true),
    Example(pattern: "yyyy-MM-dd", text: "2024-02-30", fits: false),
    Example(pattern: "yyyy-MM-dd", text: "2024-02-29", fits: true),
    Example(pattern: "yyyy-MM-dd", text: "2023-02-29", fits: false),
    Example(pattern: "yyyy-MM-dd", text: "2024-13-01", fits: false),
    Example(pattern: "yyyy-MM-dd", text: "2024-01-01x", fits: false),
    Example(pattern: "d MMM yyyy", text: "1 Jan 2024", fits: true),
    Example(pattern: "d MMMM yyyy", text: "1 february 2024", fits: true),
    Example(pattern: "EEE, d MMM", text: "Tue, 3 Jun", fits: true),
    Example(pattern: "EEEE", text: "Tue", fits: false),
    Example(pattern: "HH:mm:ss", text: "23:59:60", fits: true),
    Example(pattern: "HH:mm:ss", text: "24:00:00", fits: false),
    Example(pattern: "hh:mm a", text: "12:30 pm", fits: true),
    Example(pattern: "HH:mm:ss.SSS", text: "10:20:30.12", fits: true),
    Example(pattern: "HH:mm:ss.SSS", text: "10:20:30.1234", fits: false),
    Example(pattern: DateTimePattern.defaultDateTime, text: "2024-01-31T10:20:30Z", fits: true),
    Example(
      pattern: DateTimePattern.defaultDateTime,
      text: "2024-01-31T10:20:30+10:00",
      fits: true
    ),
    Example(
      pattern: DateTimePattern.defaultDateTime,
      text: "2024-01-31T10:20:30+1000",
      fits: false
    ),
    Example(
      pattern: DateTimePattern.defaultDateTime,
      text: "2024-01-31T10:20:30+13:00",
      fits: false
    ),
    Example(pattern: "HH:mmZ", text: "10:20+1000", fits: true),
    Example(pattern: "HH:mmZZZZ", text: "10:20GMT", fits: true),
    Example(pattern: "HH:mmZZZZ", text: "10:20UTC+01:00", fits: true),
    Example(pattern: "HH:mmO", text: "10:20GMT+8", fits: true),
    Example(pattern: "HH:mmx", text: "10:20-08", fits: true),
    Example(pattern: "HH:mm VV", text: "10:20 Europe/Paris", fits: true),
    Example(pattern: "HH:mm z", text: "10:20 CEST", fits: true),
    Example(pattern: "QQQ yyyy", text: "q3 2024", fits: true),
    Example(pattern: "QQQQ", text: "1st quarter", fits: true),
    Example(pattern: "G D w W F e A n N", text: "AD 189 27 4 3 2 12 34 56", fits: true),
    Example(pattern: "'at' HH''mm", text: "at 10'20", fits: true),
    Example(pattern: "'o''clock'", text: "o'clock", fits: true),
  ]

  @Test(arguments: examples)
  func `dates and times are read as leniently as officially`(example: Example) throws {
    #expect(try DateTimePattern(example.pattern).fits(example.text) == example.fits)
  }

  @Test(arguments: ["", "ddd", "HHH", "aa", "b", "yyyy{", "'open", "MMMMMM", "qqq", "cc"])
  func `what is no pattern is refused with a reason`(pattern: String) {
    let error = #expect(throws: DateTimePatternError.self) { try DateTimePattern(pattern) }
    #expect(error?.reason.isEmpty == false)
  }
}
