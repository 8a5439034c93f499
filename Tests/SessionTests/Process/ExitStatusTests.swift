import Session
import Testing

struct ExitStatusTests {
  struct Example: CustomTestStringConvertible {
    let status: Session.ExitStatus
    let text: String
    var testDescription: String { text }
  }

  static let examples = [
    Example(status: .exited(code: 0), text: "exit code 0"),
    Example(
      status: .exited(code: 139),
      text: "exit code 139 (which may stand for signal 11 (SIGSEGV))"
    ),
    Example(status: .signalled(6), text: "signal 6 (SIGABRT)"),
    Example(status: .signalled(40), text: "signal 40"),
  ]

  @Test(arguments: examples)
  func `an end is named in words`(example: Example) {
    #expect("\(example.status)" == example.text)
  }
}
