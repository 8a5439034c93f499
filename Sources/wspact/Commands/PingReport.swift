import JSON
import Session
import WebSocket

/// What `wspact ping --format json` prints.
struct PingReport {
  private let url: WebSocketURL
  private let findings: EndpointProbe.Findings

  init(_ url: WebSocketURL, _ findings: EndpointProbe.Findings) {
    self.url = url
    self.findings = findings
  }

  /// The whole report; times are in seconds, those of certificates since 1970.
  var value: JSONValue {
    [
      "url": .string("\(url)"),
      "clean": .bool(findings.isClean),
      "openingSeconds": seconds(findings.opening),
      "tls": findings.tls.map(tls) ?? .null,
      "handshake": handshake,
      "pings": pings,
      "messages": .number(JSONNumber(findings.messages)),
      "serverPings": .array(findings.serverPings.map(seconds)),
      "lifetimeSeconds": seconds(findings.lifetime),
      "closing": closing,
    ]
  }

  private var handshake: JSONValue {
    let response = findings.handshake
    return [
      "status": .number(JSONNumber(response.status)),
      "headers": .array(
        response.headers.map { ["name": .string($0.name), "value": .string($0.value)] }
      ),
      "subprotocol": text(response.subprotocol),
      "extensions": text(response.header("Sec-WebSocket-Extensions")),
    ]
  }

  private func tls(_ facts: TLSFacts) -> JSONValue {
    var object: JSONObject = ["version": .string(facts.version)]
    if let certificate = facts.certificate {
      object["certificate"] = [
        "names": .array(certificate.names.map { .string($0) }),
        "issuer": text(certificate.issuer),
        "validFrom": .number(JSONNumber(certificate.validFrom)),
        "validUntil": .number(JSONNumber(certificate.validUntil)),
      ]
    }
    return .object(object)
  }

  private var pings: JSONValue {
    [
      "sent": .number(JSONNumber(findings.roundTrips.count)),
      "answered": .number(JSONNumber(findings.sortedTimes.count)),
      "minSeconds": findings.sortedTimes.first.map(seconds) ?? .null,
      "medianSeconds": findings.percentile(50).map(seconds) ?? .null,
      "p99Seconds": findings.percentile(99).map(seconds) ?? .null,
      "maxSeconds": findings.sortedTimes.last.map(seconds) ?? .null,
      "roundTripSeconds": .array(findings.roundTrips.map { $0.map(seconds) ?? .null }),
    ]
  }

  private var closing: JSONValue {
    let closure = findings.closure
    let initiator =
      switch closure.initiator {
      case .local: "client"
      case .remote: "server"
      case .none: "nobody"
      }
    return [
      "code": closure.code.map { .number(JSONNumber(Int($0.rawValue))) } ?? .null,
      "reason": .string(closure.reason),
      "by": .string(initiator),
      "clean": .bool(closure.isClean),
      "seconds": seconds(findings.closing),
      "summary": .string("\(closure)"),
    ]
  }

  private func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// Nanoseconds are kept.
  private func seconds(_ duration: Duration) -> JSONValue {
    let (whole, attoseconds) = duration.components
    return .number(JSONNumber(Double(whole) + Double(attoseconds / 1_000_000_000) / 1e9))
  }
}
