import Session
import WebSocket

/// What `wspact ping` prints.
struct PingText {
  private let url: WebSocketURL
  private let findings: EndpointProbe.Findings
  private let now: Int

  /// Takes what was found.
  ///
  /// - Parameters:
  ///   - url: What was connected to.
  ///   - findings: What was found there.
  ///   - now: The time, in seconds since 1970, that a certificate's age is told from.
  init(_ url: WebSocketURL, _ findings: EndpointProbe.Findings, now: Int) {
    self.url = url
    self.findings = findings
    self.now = now
  }

  /// One fact a line.
  var text: String {
    var lines = ["\(url)"]
    func add(_ name: String, _ value: String) {
      lines.append("  " + name + String(repeating: " ", count: max(1, 14 - name.count)) + value)
    }
    let handshake = findings.handshake
    add("opened", "in \(milliseconds(findings.opening)), with status \(handshake.status)")
    if let tls = findings.tls { add("tls", self.tls(tls)) }
    add("subprotocol", handshake.subprotocol ?? "none")
    add("extensions", handshake.header("Sec-WebSocket-Extensions") ?? "none")
    for (index, field) in otherHeaders.enumerated() {
      add(index == 0 ? "headers" : "", "\(field.name): \(field.value)")
    }
    if !findings.roundTrips.isEmpty { add("pings", pings) }
    add("keep-alive", keepAlive)
    if findings.messages > 0 { add("messages", "\(findings.messages) came meanwhile") }
    add("closing", "\(findings.closure), in \(milliseconds(findings.closing))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Those that do not belong to every handshake.
  private var otherHeaders: [HeaderField] {
    let usual = [
      "upgrade", "connection", "sec-websocket-accept", "sec-websocket-protocol",
      "sec-websocket-extensions",
    ]
    return findings.handshake.headers.filter { !usual.contains($0.name.lowercased()) }
  }

  private func tls(_ facts: TLSFacts) -> String {
    guard let certificate = facts.certificate else { return facts.version }
    let names = certificate.names.prefix(3).joined(separator: ", ")
    let more = certificate.names.count > 3 ? " and \(certificate.names.count - 3) more" : ""
    return facts.version + ", certificate for \(names.isEmpty ? "no host" : names)\(more)"
      + (certificate.issuer.map { " by '\($0)'" } ?? "") + ", \(validity(certificate))"
  }

  private func validity(_ certificate: CertificateFacts) -> String {
    func days(_ seconds: Int) -> String {
      let count = seconds / 86_400
      return count == 1 ? "1 day" : "\(count) days"
    }
    if certificate.validUntil < now { return "expired \(days(now - certificate.validUntil)) ago" }
    if certificate.validFrom > now { return "valid in \(days(certificate.validFrom - now))" }
    return "valid for another \(days(certificate.validUntil - now))"
  }

  private var pings: String {
    let count = "\(findings.sortedTimes.count) of \(findings.roundTrips.count) answered"
    guard let least = findings.sortedTimes.first, let most = findings.sortedTimes.last,
      let median = findings.percentile(50), let late = findings.percentile(99)
    else { return count }
    return count
      + ", round trip min \(milliseconds(least)), median \(milliseconds(median)),"
      + " p99 \(milliseconds(late)), max \(milliseconds(most))"
  }

  private var keepAlive: String {
    let times = findings.serverPings
    guard let last = times.last, let first = times.first else {
      return "no ping from the server in \(milliseconds(findings.lifetime))"
    }
    guard times.count > 1 else { return "a ping from the server after \(milliseconds(first))" }
    let interval = (last - first) / (times.count - 1)
    return "\(times.count) pings from the server, every \(milliseconds(interval))"
  }

  /// Thousandths of a millisecond are shown.
  private func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let micro = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    let rest = "\(micro % 1000)"
    return "\(micro / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest + " ms"
  }
}
