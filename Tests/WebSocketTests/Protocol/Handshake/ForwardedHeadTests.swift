import Testing

@testable import WebSocket

struct ForwardedHeadTests {
  private let text = "GET /Host:x HTTP/1.1\r\nhost: a\r\nX-Odd:  kept \r\nCookie: \u{e9}\r\n\r\n"

  private func changed(_ change: (inout ForwardedHead) -> Void) -> String {
    var head = ForwardedHead(bytes: Array(text.utf8))
    change(&head)
    return String(decoding: head.bytes, as: UTF8.self)
  }

  @Test func `a field gets another value and everything else stays byte for byte`() {
    #expect(
      changed { $0.replace("Host", with: "b:1") }
        == "GET /Host:x HTTP/1.1\r\nhost: b:1\r\nX-Odd:  kept \r\nCookie: \u{e9}\r\n\r\n"
    )
  }

  @Test func `a field is removed, another is added at the end`() {
    #expect(
      changed {
        $0.remove("x-odd")
        $0.append("Connection", "close")
      }
        == "GET /Host:x HTTP/1.1\r\nhost: a\r\nCookie: \u{e9}\r\nConnection: close\r\n\r\n"
    )
  }

  @Test func `bytes that are no UTF-8 stay as they are`() {
    let bytes = Array("GET / HTTP/1.1\r\nA: ".utf8) + [0xE9, 0xFF] + Array("\r\n\r\n".utf8)
    var head = ForwardedHead(bytes: bytes)
    head.replace("Host", with: "b")
    head.remove("B")
    #expect(head.bytes == bytes)
  }
}
