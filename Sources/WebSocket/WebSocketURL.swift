/// Where a WebSocket is: `ws://host:port/path?query`.
///
/// Spec: RFC 6455 §3.
package struct WebSocketURL: Hashable, Sendable {
  /// How the connection is carried.
  package enum Scheme: String, Hashable, Sendable {
    /// TCP.
    case ws
    /// TLS.
    case wss

    /// The port when none is given.
    package var defaultPort: Int { self == .ws ? 80 : 443 }
  }

  /// How the connection is carried.
  package var scheme: Scheme
  /// A name or an address; an IPv6 address without its brackets.
  package var host: String
  /// The TCP port.
  package var port: Int
  /// Path and query, at least `/`.
  package var path: String

  /// Makes a URL from its parts; an empty path becomes `/`.
  package init(scheme: Scheme = .ws, host: String, port: Int, path: String = "/") {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path.isEmpty ? "/" : path
  }

  /// Reads a URL.
  ///
  /// - Throws: ``WebSocketURLError`` which names what was found and what would have worked.
  package init(_ text: String) throws(WebSocketURLError) {
    func fail(_ reason: WebSocketURLError.Reason) -> WebSocketURLError {
      WebSocketURLError(text: text, reason: reason)
    }
    guard let separator = text.range(ofASCII: "://") else { throw fail(.noScheme) }
    let schemeText = text[..<separator.lowerBound].lowercased()
    guard let scheme = Scheme(rawValue: schemeText) else { throw fail(.scheme(schemeText)) }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw fail(.character) }
    guard !text.contains("#") else { throw fail(.fragment) }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard !authority.contains("@") else { throw fail(.userInformation) }
    let (host, portText) = try Self.split(authority, in: text)
    guard !host.isEmpty else { throw fail(.noHost) }
    if let portText, !portText.isEmpty {
      guard portText.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(portText),
        (1...65_535).contains(port)
      else { throw fail(.port(String(portText))) }
      self.port = port
    } else {
      port = scheme.defaultPort
    }
    self.scheme = scheme
    self.host = host
    let remainder = String(rest[authority.endIndex...])
    path = remainder.hasPrefix("/") ? remainder : "/" + remainder
  }

  private static func split(
    _ authority: Substring,
    in text: String
  ) throws(WebSocketURLError) -> (host: String, port: Substring?) {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else {
        throw WebSocketURLError(text: text, reason: .bracket)
      }
      let after = authority[authority.index(after: end)...]
      guard after.isEmpty || after.hasPrefix(":") else {
        throw WebSocketURLError(text: text, reason: .bracket)
      }
      let host = String(authority[authority.index(after: authority.startIndex)..<end])
      return (host, after.isEmpty ? nil : after.dropFirst())
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw WebSocketURLError(text: text, reason: .bracket) }
    return (parts.first.map(String.init) ?? "", parts.count == 2 ? parts[1] : nil)
  }
}

// MARK: - Parts

extension WebSocketURL {
  /// The part of the path after the question mark; nil when there is none.
  package var query: String? {
    path.firstIndex(of: "?").map { String(path[path.index(after: $0)...]) }
  }

  /// The value of the `Host` header: the port only when it is not the scheme's own.
  ///
  /// Spec: RFC 6455 §4.1 item 4.
  package var hostHeader: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  /// The same place with more path and more query.
  ///
  /// - Parameters:
  ///   - path: Is put after the present path, with one slash between; encoded where needed.
  ///   - query: Is put after the present query, with `&` between; taken as it is.
  /// - Returns: The longer URL.
  package func appending(path: String = "", query: String? = nil) -> WebSocketURL {
    var newPath = String(self.path.prefix { $0 != "?" })
    if !path.isEmpty {
      while newPath.hasSuffix("/") { newPath.removeLast() }
      newPath += (path.hasPrefix("/") ? "" : "/") + PercentEncoding.encodePath(path)
    }
    let queries = [self.query, query].compactMap { $0 }.filter { !$0.isEmpty }
    var result = self
    result.path = newPath + (queries.isEmpty ? "" : "?" + queries.joined(separator: "&"))
    return result
  }

  /// The same place with more path and more query items, which are encoded.
  package func appending(
    path: String = "",
    query: [(name: String, value: String)]
  ) -> WebSocketURL {
    let items = query.map {
      PercentEncoding.encodeQuery($0.name) + "=" + PercentEncoding.encodeQuery($0.value)
    }
    return appending(path: path, query: items.joined(separator: "&"))
  }
}

extension WebSocketURL: CustomStringConvertible {
  /// The URL as text.
  package var description: String { "\(scheme.rawValue)://\(hostHeader)\(path)" }
}

/// A text that is not the URL of a WebSocket.
package struct WebSocketURLError: Error, Hashable, Sendable {
  /// What is wrong with it.
  package enum Reason: Hashable, Sendable {
    case noScheme
    case scheme(String)
    case noHost
    case port(String)
    case bracket
    case userInformation
    case fragment
    case character
  }

  /// The text.
  package var text: String
  /// What is wrong with it.
  package var reason: Reason
}

extension WebSocketURLError: CustomStringConvertible {
  /// A sentence that names what was found and what would have worked.
  package var description: String {
    let problem =
      switch reason {
      case .noScheme: "has no scheme; write ws://HOST:PORT/PATH"
      case .scheme("http"): "begins with http; write ws:// instead"
      case .scheme("https"): "begins with https; write wss:// instead"
      case .scheme(let scheme): "has the scheme '\(scheme)'; write ws://HOST:PORT/PATH"
      case .noHost: "names no host; write ws://HOST:PORT/PATH"
      case .port(let port): "has the port '\(port)'; a port is a number from 1 to 65535"
      case .bracket: "has a host that cannot be read; an IPv6 address stands in brackets"
      case .userInformation: "has a user name in it; give an Authorization header instead"
      case .fragment: "has a '#' in it, which a WebSocket URL may not have; write %23"
      case .character: "has a space, a control character or one outside ASCII; percent-encode it"
      }
    return "'\(text)' \(problem)"
  }
}

extension StringProtocol {
  /// Where an ASCII text first stands.
  func range(ofASCII text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
