/// Why something could not be done over the network.
package enum TransportError: Error, Hashable, Sendable {
  /// What took too long.
  package enum Phase: String, Hashable, Sendable {
    case connect = "the connection"
    case handshake = "the WebSocket handshake"
    case response = "the HTTP response"
  }

  /// The request or configuration itself cannot be used.
  case invalidRequest(String)
  /// The TLS handshake failed, or the certificate is not to be trusted.
  case tlsFailed(WebSocketURL, reason: String)
  /// The host's name has no address.
  case hostNotFound(String)
  /// Nothing listens there.
  case connectionRefused(WebSocketURL)
  /// No connection for another reason.
  case connectFailed(WebSocketURL, reason: String)
  /// Something took longer than it may.
  case timedOut(Phase, after: Duration, url: WebSocketURL)
  /// The server answered the handshake with another status than 101.
  case handshakeRefused(HandshakeResponse)
  /// The server's answer breaks a rule of the opening handshake or of HTTP.
  case invalidHandshake(reason: String)
  /// The answer to a plain HTTP request is none, or not whole.
  case invalidHTTP(reason: String, url: WebSocketURL)
  /// The connection is over.
  case closed(Closure)
  /// This side has begun to close; nothing can be sent any more.
  case closing
  /// Listening at that host and port failed.
  case cannotListen(host: String, port: Int, reason: String)
  /// The task was cancelled.
  case cancelled
}

extension TransportError: CustomStringConvertible {
  /// A sentence that says what was tried, what happened and, where it is known, what to do.
  package var description: String {
    switch self {
    case .invalidRequest(let reason):
      reason
    case .tlsFailed(let url, let reason):
      "no secure connection to \(url.hostHeader): \(reason)"
    case .hostNotFound(let host):
      "no address found for the host '\(host)'"
    case .connectionRefused(let url):
      "connection refused by \(url.hostHeader); is the provider running?"
    case .connectFailed(let url, let reason):
      "cannot connect to \(url.hostHeader): \(reason)"
    case .timedOut(let phase, let limit, let url):
      "\(phase.rawValue) with \(url.hostHeader) was not there within \(limit.brief)"
    case .handshakeRefused(let response):
      response.refusal
    case .invalidHandshake(let reason):
      "the answer to the WebSocket handshake cannot be accepted: \(reason)"
    case .invalidHTTP(let reason, let url):
      "no usable HTTP response from \(url.hostHeader): \(reason)"
    case .closed(let closure):
      "the connection is over: \(closure)"
    case .closing:
      "the connection is being closed; nothing more can be sent"
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(host):\(port): \(reason)"
    case .cancelled:
      "cancelled"
    }
  }
}

extension HandshakeResponse {
  /// What a refusal said: the status, where a redirect points to, and the start of the body.
  fileprivate var refusal: String {
    var text = "the server refused the WebSocket handshake with status \(status)"
    let phrase = HTTPStatus.phrase(status)
    if !phrase.isEmpty { text += " (\(phrase))" }
    if (300..<400).contains(status), let location = header("Location") {
      text += ", a redirect to '\(location)' which is not followed; give that URL instead"
    }
    let body = String(decoding: bodyStart.prefix(200), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !body.isEmpty { text += ": \(body.shortened())" }
    return text
  }
}

extension Duration {
  /// The duration as people write it: `250 ms`, `5 s`.
  var brief: String {
    let milliseconds = wholeNanoseconds / 1_000_000
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
