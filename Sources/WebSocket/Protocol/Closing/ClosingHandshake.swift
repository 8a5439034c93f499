/// The closing handshake as either side plays it.
///
/// Knows no time: the owner starts a timer when it is told to wait, and says when it ran out.
///
/// Spec: RFC 6455 §7.1.
package struct ClosingHandshake: Sendable {
  /// What the owner has to do next.
  package enum Action: Equatable, Sendable {
    /// Send this close frame, then wait for the peer's until the close timeout.
    case send(ClosePayload)
    /// Send this close frame, and nothing after it; then end as ``end`` says.
    case sendThenEnd(ClosePayload)
    /// Both frames passed or the connection failed: a server ends TCP, a client waits for that.
    case end
    /// Nothing.
    case nothing
  }

  private enum State {
    case open
    case sent
    case done
  }

  private var state = State.open
  private var received: ClosePayload?
  private var hasSent = false
  private var initiator: Closure.Initiator?
  private var violation: ProtocolViolation?

  /// Whether messages may still be sent.
  var maySend: Bool { state == .open }
  /// Whether messages of the peer still count.
  var mayReceive: Bool { state == .open || state == .sent }

  /// This side wants to close.
  ///
  /// Spec: RFC 6455 §7.1.2.
  mutating func close(_ payload: ClosePayload) -> Action {
    guard state == .open else { return .nothing }
    state = .sent
    hasSent = true
    initiator = .local
    return .send(payload)
  }

  /// The peer's close frame came.
  ///
  /// Spec: RFC 6455 §5.5.1 (the answer echoes the code), §7.1.3.
  mutating func receivedClose(_ payload: ClosePayload) -> Action {
    switch state {
    case .open:
      state = .done
      received = payload
      hasSent = true
      initiator = .remote
      return .sendThenEnd(ClosePayload(code: payload.code))
    case .sent:
      state = .done
      received = payload
      return .end
    case .done:
      return .nothing
    }
  }

  /// The peer broke a rule: the connection fails.
  ///
  /// Spec: RFC 6455 §7.1.7.
  mutating func failed(_ violation: ProtocolViolation) -> Action {
    switch state {
    case .open:
      state = .done
      hasSent = true
      self.violation = violation
      initiator = .local
      return .sendThenEnd(
        ClosePayload(code: violation.closeCode, reason: violation.description)
      )
    case .sent:
      state = .done
      self.violation = violation
      return .end
    case .done:
      return .nothing
    }
  }

  /// Sums the connection up when it is over.
  ///
  /// - Parameters:
  ///   - failure: What ended it when the handshake did not.
  ///   - endedBy: The side that did so.
  ///   - time: When.
  /// - Returns: What the owner is told.
  func closure(
    failure: Closure.Failure?,
    endedBy: Closure.Initiator,
    at time: MonotonicTime
  ) -> Closure {
    let isClean = hasSent && received != nil && violation == nil
    return Closure(
      code: received.map { $0.code ?? .noStatusReceived },
      reason: received?.reason ?? "",
      initiator: initiator ?? endedBy,
      isClean: isClean,
      violation: violation,
      failure: isClean ? nil : failure,
      at: time
    )
  }
}
