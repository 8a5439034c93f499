import Contract
import Testing

struct HexTextTests {
  static let readings: [(text: String, bytes: [UInt8]?)] = [
    ("", []), ("00ff", [0, 255]), ("00 FF\n7f", [0, 255, 127]), ("0", nil), ("0 0", nil),
    ("0g", nil), ("é", nil), ("0x00", nil),
  ]

  @Test(arguments: readings)
  func `pairs of digits are bytes`(text: String, bytes: [UInt8]?) {
    #expect(HexText.decode(text) == bytes)
  }

  @Test func `what is written reads back`() {
    let bytes = Array(0...255) as [UInt8]
    #expect(HexText.decode(HexText.encode(bytes)) == bytes)
  }
}
