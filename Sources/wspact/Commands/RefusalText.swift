import WebSocket

/// What a server said in place of opening a connection, for people.
enum RefusalText {
  /// The most bytes of the body that are shown.
  private static let bodyBytes = 2048

  /// The status line, the header fields and the start of the body, a line each.
  static func lines(_ response: HandshakeResponse) -> [String] {
    var lines = ["HTTP/1.1 \(response.status)"]
    lines += response.headers.map { "\($0.name): \($0.value)" }
    let body = response.bodyStart.prefix(bodyBytes)
    if !body.isEmpty {
      lines.append("")
      lines += String(decoding: body, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(printable)
      while lines.last == "" { lines.removeLast() }
      if response.bodyStart.count > bodyBytes { lines.append("...") }
    }
    return lines
  }

  /// The text without control characters, which a terminal would obey.
  private static func printable(_ line: Substring) -> String {
    String(
      String.UnicodeScalarView(
        line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\t" }
      )
    )
  }

  /// Shows on standard error what a refused handshake brought; nothing for another error.
  static func show(_ error: TransportError) {
    guard case .handshakeRefused(let response) = error else { return }
    for line in lines(response) { Terminal.complain(line.isEmpty ? "  |" : "  | \(line)") }
  }

  /// Runs something that connects; a server's refusal is shown before the error goes on.
  nonisolated(nonsending) static func shown<Outcome>(
    _ body: nonisolated(nonsending) () async throws(TransportError) -> Outcome
  ) async throws(TransportError) -> Outcome {
    do {
      return try await body()
    } catch {
      show(error)
      throw error
    }
  }
}
