/// The nonce of a client's opening handshake, and the answer that proves it was read.
///
/// Spec: RFC 6455 §4.1 item 7, §4.2.2 item 5.4.
enum HandshakeKey {
  /// What every server appends to the key.
  private static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  /// The value of `Sec-WebSocket-Accept` for a key.
  static func accept(for key: String) -> String {
    Base64.encode(SHA1.hash([UInt8]((key + identifier).utf8)))
  }

  /// Whether a key is base 64 of sixteen bytes.
  static func isValid(_ key: String) -> Bool {
    key.utf8.count == 24 && Base64.decode(key)?.count == 16
  }
}
