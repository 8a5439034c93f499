/// A proxy that opens a tunnel to a server.
///
/// Spec: RFC 9110 §9.3.6 (CONNECT).
package struct HTTPProxy: Hashable, Sendable {
  /// The proxy's name or address.
  package var host: String
  /// Its TCP port.
  package var port: Int
  /// The value of `Proxy-Authorization`; nil: none is sent.
  package var authorization: String?

  /// Makes a proxy.
  package init(host: String, port: Int, authorization: String? = nil) {
    self.host = host
    self.port = port
    self.authorization = authorization
  }

  /// Reads a proxy as the environment names it: `http://[name:password@]host[:port]`, or without
  /// the scheme; the port is 80 when none is given.
  ///
  /// - Returns: nil for anything else, such as a SOCKS proxy.
  package init?(_ text: String) {
    var rest = text[...]
    if let separator = text.range(ofASCII: "://") {
      guard text[..<separator.lowerBound].equalsIgnoringASCIICase("http") else { return nil }
      rest = text[separator.upperBound...]
    }
    rest = rest.prefix { $0 != "/" }
    if let at = rest.lastIndex(of: "@") {
      let user = PercentEncoding.decodeQuery(rest[..<at])
      authorization = "Basic \(Base64.encode([UInt8](user.utf8)))"
      rest = rest[rest.index(after: at)...]
    }
    guard let place = try? WebSocketURL("ws://\(rest)") else { return nil }
    host = place.host
    port = place.port
  }

  /// The proxy in the form that errors can name.
  var place: WebSocketURL { WebSocketURL(host: host, port: port) }

  /// The request for a tunnel to a server.
  func request(for url: WebSocketURL) -> HTTPRequestHead {
    // The port is always named here (RFC 9110 §7.1).
    let name = url.host.contains(":") ? "[\(url.host)]" : url.host
    let target = "\(name):\(url.port)"
    var headers = [HeaderField("Host", target)]
    if let authorization { headers.append(HeaderField("Proxy-Authorization", authorization)) }
    return HTTPRequestHead(method: "CONNECT", target: target, minorVersion: 1, headers: headers)
  }

  /// Whether a server is reached without a proxy, by the environment's list of exceptions.
  ///
  /// - Parameters:
  ///   - url: The server.
  ///   - exceptions: Names and addresses between commas; a name stands for those below it, too, and
  ///     `*` for everything.
  /// - Returns: Whether one of them is the server's host.
  package static func isException(_ url: WebSocketURL, in exceptions: String) -> Bool {
    exceptions.split(separator: ",").contains { item in
      let name = item.trimmingBlanks().drop { $0 == "." }.lowercased()
      let host = url.host.lowercased()
      return name == "*" || (!name.isEmpty && (host == name || host.hasSuffix(".\(name)")))
    }
  }
}
