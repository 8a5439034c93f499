import Testing

@testable import WebSocket

struct HandshakeKeyTests {
  @Test func `the example of RFC 6455 section 1_3 is answered as printed`() {
    #expect(
      HandshakeKey.accept(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    )
  }

  struct Digest: CustomTestStringConvertible {
    let message: String
    let hexadecimal: String
    var testDescription: String { "\(message.count) characters" }
  }

  static let digests = [
    Digest(message: "", hexadecimal: "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    Digest(message: "abc", hexadecimal: "a9993e364706816aba3e25717850c26c9cd0d89d"),
    Digest(
      message: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      hexadecimal: "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    Digest(
      message: String(repeating: "a", count: 1000),
      hexadecimal: "291e9a6c66994949b57ba5e650361e98fc36b1ba"
    ),
  ]

  @Test(arguments: digests)
  func `SHA-1 gives the published digests`(digest: Digest) {
    let text = SHA1.hash(Array(digest.message.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    #expect(text.joined() == digest.hexadecimal)
  }

  struct Text: CustomTestStringConvertible {
    let plain: String
    let encoded: String
    var testDescription: String { plain }
  }

  static let texts = [
    Text(plain: "", encoded: ""), Text(plain: "f", encoded: "Zg=="),
    Text(plain: "fo", encoded: "Zm8="), Text(plain: "foo", encoded: "Zm9v"),
    Text(plain: "foob", encoded: "Zm9vYg=="), Text(plain: "fooba", encoded: "Zm9vYmE="),
    Text(plain: "foobar", encoded: "Zm9vYmFy"),
  ]

  @Test(arguments: texts)
  func `base 64 gives the vectors of RFC 4648 section 10`(text: Text) {
    #expect(Base64.encode(Array(text.plain.utf8)) == text.encoded)
    #expect(Base64.decode(text.encoded) == Array(text.plain.utf8))
  }

  @Test(arguments: ["a", "Zg=", "Zg", "Z===", "Zm9*", "====", "Zm 9v"])
  func `what is no base 64 is not decoded`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test(arguments: [
    "dGhlIHNhbXBsZSBub25jZQ=": false, "dGhlIHNhbXBsZSBub25jZQ==": true,
    "dGhlIHNhbXBsZSBub25jZTEy": false, "dGhlIHNhbXBsZQ==": false, "": false,
  ])
  func `a key is base 64 of sixteen bytes`(key: String, isValid: Bool) {
    #expect(HandshakeKey.isValid(key) == isValid)
  }
}
