import Contract
import Testing

struct DurationTextTests {
  struct Example: CustomTestStringConvertible {
    let text: String
    let duration: Duration?
    var testDescription: String { "'\(text)'" }
  }

  static let examples = [
    Example(text: "50ms", duration: .milliseconds(50)),
    Example(text: "5s", duration: .seconds(5)),
    Example(text: "1m30s", duration: .seconds(90)),
    Example(text: "2h", duration: .seconds(7200)),
    Example(text: "1h1m1s1ms1us1ns", duration: .nanoseconds(3_661_001_001_001)),
    Example(text: "1.5s", duration: .milliseconds(1500)),
    Example(text: "0.25m", duration: .seconds(15)),
    Example(text: "1.0000000009s", duration: .seconds(1)),
    Example(text: "0", duration: .zero),
    Example(text: "0s", duration: .zero),
    Example(text: "", duration: nil),
    Example(text: "5", duration: nil),
    Example(text: "s", duration: nil),
    Example(text: "5 s", duration: nil),
    Example(text: "-5s", duration: nil),
    Example(text: "5sec", duration: nil),
    Example(text: "30s1m", duration: nil),
    Example(text: "1s1s", duration: nil),
    Example(text: "1.s", duration: nil),
    Example(text: "9999999999999h", duration: nil),
    Example(text: "99999999999999999999s", duration: nil),
    Example(text: "9223372036854775807ns1s", duration: nil),
  ]

  @Test(arguments: examples)
  func `a text is read as the time that it names`(example: Example) {
    #expect(DurationText.parse(example.text) == example.duration)
  }

  static let printed = [
    Example(text: "0s", duration: .zero),
    Example(text: "50ms", duration: .milliseconds(50)),
    Example(text: "1500ms", duration: .milliseconds(1500)),
    Example(text: "1m30s", duration: .seconds(90)),
    Example(text: "1h", duration: .seconds(3600)),
    Example(text: "250us", duration: .microseconds(250)),
    Example(text: "7ns", duration: .nanoseconds(7)),
    Example(text: "-5s", duration: .seconds(-5)),
  ]

  @Test(arguments: printed)
  func `a time is written in its shortest text`(example: Example) throws {
    #expect(DurationText.text(of: try #require(example.duration)) == example.text)
  }
}
