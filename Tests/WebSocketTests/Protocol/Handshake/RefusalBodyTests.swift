import Testing

@testable import WebSocket

struct RefusalBodyTests {
  @Test func `a body ends at its length`() {
    var body = RefusalBody(headers: [HeaderField("Content-Length", "3")])
    body.append(Array("ab".utf8))
    #expect(!body.isComplete)
    body.append(Array("cdef".utf8))
    #expect(body.isComplete)
    #expect(body.start == Array("abc".utf8))
  }

  @Test func `a body without a length ends with the connection`() {
    var body = RefusalBody(headers: [])
    body.append(Array("abc".utf8))
    #expect(!body.isComplete)
    #expect(body.start == Array("abc".utf8))
  }

  @Test func `chunks are put together`() {
    var body = RefusalBody(headers: [HeaderField("Transfer-Encoding", "chunked")])
    body.append(Array("3;x=y\r\nabc\r\n2\r\nd".utf8))
    #expect(!body.isComplete)
    #expect(body.start == Array("abcd".utf8))
    body.append(Array("e\r\n0\r\n\r\n".utf8))
    #expect(body.isComplete)
    #expect(body.start == Array("abcde".utf8))
  }

  @Test func `only the start of a long body is kept`() {
    var body = RefusalBody(headers: [HeaderField("Content-Length", "100000")])
    body.append([UInt8](repeating: 1, count: 5000))
    #expect(body.isComplete)
    #expect(body.start.count == HandshakeResponse.maximumBodyStartBytes)
  }
}
