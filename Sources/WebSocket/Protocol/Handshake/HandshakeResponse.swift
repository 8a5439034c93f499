/// A server's answer to an opening handshake.
///
/// Spec: RFC 6455 §4.2.2.
package struct HandshakeResponse: Hashable, Sendable {
  /// The HTTP status; 101 when the connection is open.
  package var status: Int
  /// Every header field in the order of the wire.
  package var headers: [HeaderField]
  /// The subprotocol that the server chose; nil when it chose none.
  package var subprotocol: String?
  /// The start of the body of a refusal; at most ``maximumBodyStartBytes``.
  package var bodyStart: [UInt8]

  /// How much of a refusal's body is kept, in bytes.
  package static let maximumBodyStartBytes = 4096

  /// Makes a response.
  package init(
    status: Int,
    headers: [HeaderField] = [],
    subprotocol: String? = nil,
    bodyStart: [UInt8] = []
  ) {
    self.status = status
    self.headers = headers
    self.subprotocol = subprotocol
    self.bodyStart = bodyStart
  }

  /// The value of the first header field of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first(named: name)
  }
}
