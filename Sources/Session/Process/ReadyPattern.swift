import WebSocket

/// The line by which a provider says where it listens.
struct ReadyPattern: Sendable {
  /// The expression as it was given.
  let text: String

  /// Takes an expression whose first group is the URL.
  ///
  /// - Throws: ``SessionError/invalidReadyPattern(_:reason:)``.
  init(_ text: String) throws(SessionError) {
    do {
      _ = try Regex(text)
    } catch {
      throw .invalidReadyPattern(text, reason: "\(error)")
    }
    self.text = text
  }

  /// The URL that a line gives, as text; `nil` when the line is another one.
  ///
  /// Without a group in the expression the whole match is the URL.
  func urlText(in line: String) -> String? {
    guard let regex = try? Regex(text), let match = try? regex.firstMatch(in: line) else {
      return nil
    }
    let groups = match.output
    let group = groups.count > 1 ? groups[1].substring : groups[0].substring
    return group.map(String.init)
  }

  /// The URL that a line gives.
  ///
  /// Servers tend to print `http://`, and `0.0.0.0` for every address; both are understood.
  ///
  /// - Throws: ``SessionError/invalidReadyURL(line:reason:)``.
  static func url(_ text: String, line: String) throws(SessionError) -> WebSocketURL {
    var text = text
    for (http, ws) in [("http://", "ws://"), ("https://", "wss://")] where text.hasPrefix(http) {
      text = ws + text.dropFirst(http.count)
    }
    do {
      var url = try WebSocketURL(text)
      if url.host == "0.0.0.0" { url.host = "127.0.0.1" }
      if url.host == "::" { url.host = "::1" }
      return url
    } catch {
      throw .invalidReadyURL(line: line, reason: "\(error)")
    }
  }
}
