import Testing

@testable import WebSocket

struct MaskingKeyTests {
  @Test func `masking in words gives what masking by bytes gives`() {
    var random = SeededGenerator(seed: 1)
    let key = MaskingKey(0x37, 0xFA, 0x21, 0x3D)
    for count in 0...40 {
      for offset in 0..<9 {
        let source = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        var target = [UInt8](repeating: 0, count: count)
        source.withUnsafeBytes { source in
          target.withUnsafeMutableBytes { key.mask(source, into: $0, offset: offset) }
        }
        let expected = source.enumerated().map { $1 ^ key.bytes[($0 + offset) % 4] }
        #expect(target == expected, "\(count) bytes at offset \(offset)")
      }
    }
  }

  @Test func `the example of RFC 6455 section 5_7 is masked as printed`() {
    let bytes = Frame.text("Hello").serialized(maskedWith: MaskingKey(0x37, 0xFA, 0x21, 0x3D))
    #expect(bytes == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
  }

  @Test func `a seed gives the same keys again, another seed others`() {
    var first = MaskingKeyGenerator(seed: 7)
    var second = MaskingKeyGenerator(seed: 7)
    var third = MaskingKeyGenerator(seed: 8)
    let keys = (0..<100).map { _ in first.next() }
    #expect(keys == (0..<100).map { _ in second.next() })
    #expect(keys != (0..<100).map { _ in third.next() })
    #expect(Set(keys).count == 100)
  }

  @Test func `keys of two connections differ without a seed`() {
    var first = MaskingKeyGenerator()
    var second = MaskingKeyGenerator()
    #expect((0..<4).map { _ in first.next() } != (0..<4).map { _ in second.next() })
  }

  @Test func `a handshake key is base 64 of sixteen bytes`() {
    var keys = MaskingKeyGenerator(seed: 1)
    for _ in 0..<100 { #expect(HandshakeKey.isValid(keys.nextHandshakeKey())) }
  }
}
