package import Contract
import WebSocket

/// The provider says what was wrong when it fails a connection.
package enum ViolationCloseJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP407",
    name: "wrong-violation-close",
    summary: "a connection that is failed because of the client is closed with a code that says so",
    explanation: """
      The client broke the WebSocket protocol, and the provider closed with a code that means \
      something else. Example: 1000 (normal) after a reserved opcode. RFC 6455 section 7.4.1 has 1002 \
      for a broken rule, 1007 for text that is not UTF-8, 1009 for what is too long; 1003 and 1008, \
      codes that the document lists, and the end of TCP without a close frame (7.1.7) will do.
      """
  )

  /// The codes that say that the client is to blame.
  static let fittingCodes: Set<UInt16> = [1002, 1003, 1007, 1008, 1009]

  /// Finds connections that were closed with another code after a broken rule.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    evidence.connections.compactMap { connection in
      guard let provocation = evidence.provocation(ending: connection),
        provocation.demand == .failure, case .violation(let violation) = provocation.kind,
        let code = connection.closure?.code, code != 1011, !fittingCodes.contains(code),
        !evidence.index.closeCodes.contains(code)
      else { return nil }
      var finding = rule.finding(
        "the provider closed with \(code) after \(provocation.kind)",
        subject: violation.name,
        place: "\(code)"
      )
      finding.traffic = evidence.place(of: provocation)
      finding.expected = "close code \(violation.closeCode.rawValue)"
      finding.actual = "close code \(code)"
      return finding
    }
  }
}
