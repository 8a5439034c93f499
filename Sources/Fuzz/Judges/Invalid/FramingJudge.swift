package import Contract
import WebSocket

/// How a message is divided into frames makes no difference.
package enum FramingJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP408",
    name: "framing-rejected",
    summary: "a valid message is taken however it is divided into frames",
    explanation: """
      A valid message came in several frames, and the provider did not answer it, closed the \
      connection, or left a ping between the frames without its pong. Example: a message of two \
      fragments is read as two messages. RFC 6455 section 5.4 lets a client divide a message at any \
      byte, also inside a character or into empty frames, and put control frames between the parts; \
      section 5.5.2 asks for a pong. Browsers and proxies do so with long messages.
      """
  )

  /// Finds divided messages that were not taken as whole ones.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    unanswered(evidence, limits) + ended(evidence) + pings(evidence)
  }

  private static func unanswered(_ evidence: Evidence, _ limits: JudgeLimits) -> [Finding] {
    evidence.exchanges.enumerated().compactMap { place, exchange in
      guard let framing = exchange.request.framing, exchange.state == .open,
        exchange.firstReplyAt == nil, !evidence.isExplained(exchange, at: place),
        evidence.waited(for: exchange, since: exchange.sentAt) >= limits.patience.wholeNanoseconds
      else { return nil }
      var finding = rule.finding(
        "no reply to \(exchange.operationName) \(framing.words) came within "
          + limits.patience.brief,
        subject: framing.words
      )
      finding.traffic = evidence.place(of: exchange)
      finding.expected = exchange.progress.expected.joined(separator: " or ")
      return finding
    }
  }

  private static func ended(_ evidence: Evidence) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard connection.wasEndedByProvider, let cause = connection.cause, cause.isValid,
        let framing = cause.framing, let closure = connection.closure, closure.code != 1011,
        !wasAnswered(cause, connection, evidence)
      else { return nil }
      let how = closure.code.map { "closed with \($0)" } ?? "dropped the connection"
      var finding = rule.finding(
        "the provider \(how) after \(cause.label) \(framing.words)",
        subject: framing.words
      )
      finding.traffic = evidence.place(of: connection)
      finding.expected = "the same as after one frame"
      return finding
    }
  }

  /// Whether a message was answered before its connection was ended, so that it was read well.
  private static func wasAnswered(
    _ message: SentMessage,
    _ connection: ConnectionRecord,
    _ evidence: Evidence
  ) -> Bool {
    connection.exchanges.contains { place in
      let exchange = evidence.exchanges[place]
      return exchange.request.frame == message.frame && exchange.firstReplyAt != nil
    }
  }

  private static func pings(_ evidence: Evidence) -> [Finding] {
    evidence.connections.enumerated().compactMap { place, connection in
      guard let ping = connection.unansweredPing else { return nil }
      let wentOn = connection.exchanges.contains { number in
        let exchange = evidence.exchanges[number]
        return exchange.frame > ping.frame && exchange.request.framing == nil
          && exchange.firstReplyAt != nil
      }
      guard wentOn else { return nil }
      var finding = rule.finding(
        "a ping between the frames of a message was not answered",
        subject: "ping between frames"
      )
      finding.traffic = TrafficLocation(connection: connection.name, frame: ping.frame)
      finding.expected = "a pong with the ping's payload"
      return finding
    }
  }
}

extension ClientStream.Framing {
  /// How the frames lay, in words; of several things the most telling.
  var words: String {
    if dividesCharacter { return "divided inside a character" }
    if hasControlBetween { return "with a control frame between its frames" }
    if hasEmptyFrame { return "with an empty frame" }
    return "divided into frames"
  }
}
