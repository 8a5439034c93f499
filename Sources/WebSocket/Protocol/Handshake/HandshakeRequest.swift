/// A client's opening handshake, as a server or a proxy saw it.
///
/// Spec: RFC 6455 §4.2.1.
package struct HandshakeRequest: Hashable, Sendable {
  /// Path and query, as `/ws?token=1`.
  package var target: String
  /// Every header field in the order of the wire.
  package var headers: [HeaderField]

  /// Makes a request.
  package init(target: String, headers: [HeaderField] = []) {
    self.target = target
    self.headers = headers
  }

  /// The part before the question mark.
  package var path: String {
    String(target.prefix { $0 != "?" })
  }

  /// The part after the question mark, as it was written; nil when there is none.
  package var query: String? {
    target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
  }

  /// The query's names and values, decoded, in order.
  package var queryItems: [(name: String, value: String)] {
    (query ?? "").split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        PercentEncoding.decodeQuery(parts[0]),
        parts.count == 2 ? PercentEncoding.decodeQuery(parts[1]) : ""
      )
    }
  }

  /// The first query value of that name, decoded.
  package func queryValue(_ name: String) -> String? {
    queryItems.first { $0.name == name }?.value
  }

  /// The value of the first header field of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first(named: name)
  }

  /// The subprotocols that the client offers, the preferred one first.
  package var subprotocols: [String] {
    headers.elements(named: "Sec-WebSocket-Protocol")
  }
}

/// What a server says to an opening handshake.
package enum HandshakeDecision: Hashable, Sendable {
  /// Open the connection, with one of the offered subprotocols or none.
  case accept(subprotocol: String?)
  /// Answer with an HTTP status and a sentence instead.
  case refuse(status: Int, reason: String)
}
