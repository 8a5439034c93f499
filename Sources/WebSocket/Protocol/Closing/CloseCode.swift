/// Why a connection was closed.
///
/// Spec: RFC 6455 §7.4, §11.7 and the IANA "WebSocket Close Code Number Registry".
package struct CloseCode: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  package var rawValue: UInt16

  /// Makes a code from any number; ``maySend`` tells whether it is one for the wire.
  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// 1000: the purpose was fulfilled.
  package static let normalClosure = CloseCode(rawValue: 1000)
  /// 1001: a server goes down or a browser leaves the page.
  package static let goingAway = CloseCode(rawValue: 1001)
  /// 1002: the peer broke a rule of the protocol.
  package static let protocolError = CloseCode(rawValue: 1002)
  /// 1003: a kind of data that the endpoint cannot take.
  package static let unsupportedData = CloseCode(rawValue: 1003)
  /// 1005: a close frame came without a code; never on the wire.
  package static let noStatusReceived = CloseCode(rawValue: 1005)
  /// 1006: the connection ended without a close frame; never on the wire.
  package static let abnormalClosure = CloseCode(rawValue: 1006)
  /// 1007: data did not fit its kind, such as text that is not UTF-8.
  package static let invalidPayload = CloseCode(rawValue: 1007)
  /// 1008: a message broke the endpoint's policy.
  package static let policyViolation = CloseCode(rawValue: 1008)
  /// 1009: a frame or message was too big.
  package static let messageTooBig = CloseCode(rawValue: 1009)
  /// 1010: the server did not agree to an extension that the client needs.
  package static let mandatoryExtension = CloseCode(rawValue: 1010)
  /// 1011: something unexpected happened in the server.
  package static let internalError = CloseCode(rawValue: 1011)
  /// 1012: the service restarts.
  package static let serviceRestart = CloseCode(rawValue: 1012)
  /// 1013: the service asks to try again later.
  package static let tryAgainLater = CloseCode(rawValue: 1013)
  /// 1014: a gateway got an invalid response.
  package static let badGateway = CloseCode(rawValue: 1014)
  /// 1015: the TLS handshake failed; never on the wire.
  package static let tlsHandshake = CloseCode(rawValue: 1015)

  /// Whether a close frame may carry the code.
  ///
  /// Spec: RFC 6455 §7.4.1 (1004, 1005, 1006 and 1015 are reserved), §7.4.2 (ranges).
  package var maySend: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  /// The registry's name in lower case; for other codes the range's meaning.
  package var name: String {
    switch rawValue {
    case 1000: "normal closure"
    case 1001: "going away"
    case 1002: "protocol error"
    case 1003: "unsupported data"
    case 1004: "reserved"
    case 1005: "no status received"
    case 1006: "abnormal closure"
    case 1007: "invalid frame payload data"
    case 1008: "policy violation"
    case 1009: "message too big"
    case 1010: "mandatory extension"
    case 1011: "internal error"
    case 1012: "service restart"
    case 1013: "try again later"
    case 1014: "bad gateway"
    case 1015: "TLS handshake"
    case 3000...3999: "registered by a library or framework"
    case 4000...4999: "private to the application"
    default: "not defined"
    }
  }
}

extension CloseCode: CustomStringConvertible, ExpressibleByIntegerLiteral {
  /// The number and its name, as in `1001 (going away)`.
  package var description: String { "\(rawValue) (\(name))" }

  /// Makes a code from its number.
  package init(integerLiteral value: UInt16) {
    self.init(rawValue: value)
  }
}
