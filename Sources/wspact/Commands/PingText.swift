import Session
import WebSocket

/// What `wspact ping` prints.
struct PingText {
  private let url: WebSocketURL
  private let findings: EndpointProbe.Findings

  init(_ url: WebSocketURL, _ findings: EndpointProbe.Findings) {
    self.url = url
    self.findings = findings
  }

  /// One fact a line.
  var text: String {
    var lines = ["\(url)"]
    func add(_ name: String, _ value: String) {
      lines.append("  " + name + String(repeating: " ", count: max(1, 14 - name.count)) + value)
    }
    add("opened", "in \(milliseconds(findings.opening))\(url.scheme == .wss ? ", with TLS" : "")")
    add("subprotocol", findings.handshake.subprotocol ?? "none")
    add("extensions", findings.handshake.header("Sec-WebSocket-Extensions") ?? "none")
    if let server = findings.handshake.header("Server") { add("server", server) }
    if !findings.roundTrips.isEmpty { add("pings", roundTrips) }
    if findings.messages > 0 { add("messages", "\(findings.messages) came meanwhile") }
    add("closing", "\(findings.closure), in \(milliseconds(findings.closing))")
    return lines.joined(separator: "\n") + "\n"
  }

  private var roundTrips: String {
    let times = findings.roundTrips.compactMap { $0 }.sorted()
    let count = "\(times.count) of \(findings.roundTrips.count) answered"
    guard let least = times.first, let most = times.last else { return count }
    return count
      + ", round trip min \(milliseconds(least)), median \(milliseconds(times[times.count / 2])),"
      + " max \(milliseconds(most))"
  }

  /// Thousandths of a millisecond are shown.
  private func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let micro = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    let rest = "\(micro % 1000)"
    return "\(micro / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest + " ms"
  }
}
