import Testing

@testable import WebSocket

struct ClosePayloadTests {
  struct Example: CustomTestStringConvertible {
    let payload: [UInt8]
    let expected: Result<ClosePayload, ProtocolViolation>
    let why: String
    var testDescription: String { why }
  }

  static let examples = [
    Example(payload: [], expected: .success(ClosePayload(code: nil)), why: "no code (5.5.1)"),
    Example(
      payload: [0x03, 0xE8],
      expected: .success(ClosePayload(code: 1000)),
      why: "only a code"
    ),
    Example(
      payload: [0x11, 0x31] + Array("täglich".utf8),
      expected: .success(ClosePayload(code: 4401, reason: "täglich")),
      why: "a code and a reason"
    ),
    Example(payload: [3], expected: .failure(.closePayloadTooShort), why: "half a code (5.5.1)"),
    Example(
      payload: [0x03, 0xED],
      expected: .failure(.closeCodeNotAllowed(1005)),
      why: "a code that is never sent (7.4.1)"
    ),
    Example(
      payload: [0x00, 0x00],
      expected: .failure(.closeCodeNotAllowed(0)),
      why: "code 0 (7.4.2)"
    ),
    Example(
      payload: [0x03, 0xE8, 0x61, 0xFF],
      expected: .failure(.invalidCloseReason(byteOffset: 1)),
      why: "a reason that is not UTF-8 (5.5.1)"
    ),
    Example(
      payload: [0x03, 0xE8, 0xC3],
      expected: .failure(.invalidCloseReason(byteOffset: 1)),
      why: "a reason that stops inside a character (5.5.1)"
    ),
  ]

  @Test(arguments: examples)
  func `a close frame is read`(example: Example) {
    let found = Result { () throws(ProtocolViolation) in
      try ClosePayload(parsing: example.payload)
    }
    #expect(found == example.expected)
    if case .success(let payload) = example.expected { #expect(payload.bytes == example.payload) }
  }

  @Test func `every code that may be sent comes back`() {
    for code in UInt16.min...UInt16.max where CloseCode(rawValue: code).maySend {
      let payload = ClosePayload(code: CloseCode(rawValue: code))
      #expect((try? ClosePayload(parsing: payload.bytes)) == payload)
    }
  }

  @Test func `a reason is cut between characters to fit its frame`() {
    let long = ClosePayload(code: 1000, reason: String(repeating: "é", count: 100))
    #expect(long.bytes.count == 2 + 122)
    #expect((try? ClosePayload(parsing: long.bytes))?.reason.count == 61)
  }

  @Test func `1005 stands for a frame without a code`() {
    #expect(ClosePayload(code: .noStatusReceived).bytes.isEmpty)
  }
}
