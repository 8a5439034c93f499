import Synchronization

/// What a server has counted since it began; one for each server.
///
/// Counting takes an atomic addition for each message; what is rare sits behind a lock.
package final class ServerMetrics: Sendable {
  /// Why a connection did not come to be.
  enum Refusal: String, Hashable {
    /// The request is no HTTP, or too long.
    case invalidRequest = "invalid_request"
    /// The opening handshake breaks a rule.
    case invalidHandshake = "invalid_handshake"
    /// The request did not come in time.
    case timeout
    /// There are too many connections.
    case full
    /// The server is shutting down.
    case shuttingDown = "shutting_down"
    /// The service said no.
    case service
  }

  /// Messages and their bytes in one direction.
  final class Traffic: Sendable {
    private let textMessages = Atomic(0)
    private let binaryMessages = Atomic(0)
    private let bytes = Atomic(0)

    var byteCount: Int { bytes.load(ordering: .relaxed) }

    func count(_ message: Message) {
      switch message.kind {
      case .text: textMessages.add(1, ordering: .relaxed)
      case .binary: binaryMessages.add(1, ordering: .relaxed)
      }
      bytes.add(message.payload.count, ordering: .relaxed)
    }

    func count(of kind: Message.Kind) -> Int {
      switch kind {
      case .text: textMessages.load(ordering: .relaxed)
      case .binary: binaryMessages.load(ordering: .relaxed)
      }
    }
  }

  private struct Refused: Hashable {
    var reason: Refusal
    var status: Int
  }

  private struct Closed: Hashable {
    var code: UInt16
    var initiator: Closure.Initiator
  }

  private struct Rare {
    var accepted = 0
    var open = 0
    var refused: [Refused: Int] = [:]
    var closed: [Closed: Int] = [:]
    var responses: [Int: Int] = [:]
    var handshakes = Histogram()
  }

  let received = Traffic()
  let sent = Traffic()
  private let rare = Mutex(Rare())

  /// Begins to count.
  package init() {}

  /// A connection was opened.
  ///
  /// - Parameter duration: From the first moment of TCP to the answer.
  func opened(within duration: Duration) {
    rare.withLock { rare in
      rare.accepted += 1
      rare.open += 1
      rare.handshakes.add(duration)
    }
  }

  /// No connection came to be.
  func refused(_ reason: Refusal, status: Int) {
    rare.withLock { $0.refused[Refused(reason: reason, status: status), default: 0] += 1 }
  }

  /// A connection that was open is over; 1006 stands for an end without a code.
  func closed(_ closure: Closure) {
    let code = closure.sentOrReceivedCode.rawValue
    rare.withLock { rare in
      rare.open -= 1
      rare.closed[Closed(code: code, initiator: closure.initiator), default: 0] += 1
    }
  }

  /// A plain request was answered.
  func responded(status: Int) {
    rare.withLock { $0.responses[status, default: 0] += 1 }
  }
}

extension Closure {
  /// The code that tells best why it ended: this side's for a broken rule, else the peer's.
  fileprivate var sentOrReceivedCode: CloseCode {
    violation?.closeCode ?? code ?? .abnormalClosure
  }
}

// MARK: - Text

extension ServerMetrics {
  /// Everything in the form that Prometheus reads.
  ///
  /// Spec: Prometheus text-based exposition format 0.0.4.
  package var text: String {
    let rare = rare.withLock { $0 }
    var writer = MetricsWriter(prefix: "websocket_server_")
    writer.gauge("connections", "Connections that are open.", rare.open)
    writer.counter("accepted", "Connections that were opened.", [([], rare.accepted)])
    writer.counter(
      "refused",
      "Requests for a connection that were refused.",
      rare.refused.map { key, count in
        ([("reason", key.reason.rawValue), ("status", "\(key.status)")], count)
      }
    )
    writer.counter(
      "closed",
      "Connections that ended, by close code (1006: none) and the side that began.",
      rare.closed.map { key, count in
        ([("code", "\(key.code)"), ("by", key.initiator.label)], count)
      }
    )
    let directions = [("received", received), ("sent", sent)]
    writer.counter(
      "messages",
      "Whole messages.",
      directions.flatMap { name, traffic in
        [
          ([("direction", name), ("kind", "binary")], traffic.count(of: .binary)),
          ([("direction", name), ("kind", "text")], traffic.count(of: .text)),
        ]
      }
    )
    writer.counter(
      "message_bytes",
      "Bytes of whole messages, uncompressed and without headers.",
      directions.map { ([("direction", $0.0)], $0.1.byteCount) }
    )
    writer.counter(
      "http_responses",
      "Plain HTTP requests, by the status of the answer.",
      rare.responses.map { ([("status", "\($0.key)")], $0.value) }
    )
    writer.histogram(
      "handshake_seconds",
      "Time from the first moment of a connection to the answer to its opening handshake.",
      rare.handshakes
    )
    return writer.text
  }
}

extension Closure.Initiator {
  /// The side, as a server calls it.
  fileprivate var label: String {
    switch self {
    case .local: "server"
    case .remote: "client"
    case .none: "none"
    }
  }
}
