import Testing

@testable import WebSocket

struct CloseCodeTests {
  struct Example: CustomTestStringConvertible {
    let codes: ClosedRange<UInt16>
    let maySend: Bool
    let why: String
    var testDescription: String { "\(codes), \(why)" }
  }

  static let examples = [
    Example(codes: 0...999, maySend: false, why: "not used (section 7.4.2)"),
    Example(codes: 1000...1003, maySend: true, why: "defined (7.4.1)"),
    Example(codes: 1004...1006, maySend: false, why: "reserved (7.4.1)"),
    Example(codes: 1007...1011, maySend: true, why: "defined (7.4.1)"),
    Example(codes: 1012...1014, maySend: true, why: "registered later (11.7)"),
    Example(codes: 1015...1015, maySend: false, why: "reserved for TLS (7.4.1)"),
    Example(codes: 1016...2999, maySend: false, why: "not yet defined (7.4.2)"),
    Example(codes: 3000...3999, maySend: true, why: "for libraries (7.4.2)"),
    Example(codes: 4000...4999, maySend: true, why: "for applications (7.4.2)"),
    Example(codes: 5000...65_535, maySend: false, why: "out of every range (7.4.2)"),
  ]

  @Test(arguments: examples)
  func `only codes meant for the wire may be sent`(example: Example) {
    for code in example.codes {
      #expect(CloseCode(rawValue: code).maySend == example.maySend, "\(code)")
    }
  }

  @Test func `codes describe themselves`() {
    #expect("\(CloseCode.goingAway)" == "1001 (going away)")
    #expect("\(CloseCode(rawValue: 4401))" == "4401 (private to the application)")
  }
}
