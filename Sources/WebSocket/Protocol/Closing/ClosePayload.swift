/// What a close frame carries: nothing, or a code and perhaps a reason.
///
/// Spec: RFC 6455 §5.5.1, §7.4.
package struct ClosePayload: Hashable, Sendable {
  /// nil: the frame is empty.
  var code: CloseCode?
  var reason = ""

  /// The longest reason, in bytes of UTF-8: a control frame holds 125 and the code takes two.
  static let maximumReasonBytes = 123

  init(code: CloseCode?, reason: String = "") {
    self.code = code
    self.reason = reason
  }

  /// Reads what the peer sent.
  init(parsing payload: [UInt8]) throws(ProtocolViolation) {
    guard !payload.isEmpty else { return }
    guard payload.count >= 2 else { throw .closePayloadTooShort }
    let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
    guard code.maySend else { throw .closeCodeNotAllowed(code) }
    var validator = UTF8Validator()
    let text = payload[2...]
    if let bad = text.withUnsafeBytes({ validator.firstInvalid(in: $0) }) {
      throw .invalidCloseReason(byteOffset: bad)
    }
    guard validator.isAtBoundary else { throw .invalidCloseReason(byteOffset: text.count) }
    self.code = code
    reason = String(decoding: text, as: UTF8.self)
  }

  /// The frame's payload; a reason that is too long is cut between two characters.
  ///
  /// 1005 stands for the frame without a code. Any other number is written as it is.
  var bytes: [UInt8] {
    guard let code, code != .noStatusReceived else { return [] }
    var bytes = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
    var room = Self.maximumReasonBytes
    for scalar in reason.unicodeScalars {
      let encoded = UTF8.encode(scalar).map(Array.init) ?? []
      guard encoded.count <= room else { break }
      bytes.append(contentsOf: encoded)
      room -= encoded.count
    }
    return bytes
  }
}
