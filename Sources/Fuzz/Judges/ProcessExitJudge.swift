package import Contract
import Session

/// The provider's process goes on whatever the client says.
package enum ProcessExitJudge: Judge {
  /// The rule.
  package static let rule = JudgeRule(
    code: "WSP101",
    name: "process-exit",
    summary: "the provider's process goes on whatever a client says",
    explanation: """
      The process that --provider-cmd started ended while messages were exchanged. The last \
      lines that it wrote often name the place: an exception that nobody caught, a failed \
      assertion, a signal such as SIGSEGV. Example: an array in place of a message ends the \
      process with exit code 1.
      """
  )

  /// Finds the end of the process.
  package static func findings(in evidence: Evidence, limits: JudgeLimits) -> [Finding] {
    guard let exit = evidence.exit else { return [] }
    let status: ExitStatus = exit.signal.map { .signalled($0) } ?? .exited(code: exit.code ?? 0)
    let connection = evidence.fatalConnection
    var finding = rule.finding(
      "the provider's process ended with \(status) "
        + (connection?.occasion ?? "before anything was sent"),
      subject: connection?.subject ?? "opening"
    )
    finding.traffic = connection.map(evidence.place)
    finding.expected = "a process that goes on"
    finding.actual = "\(status)"
    return [finding]
  }
}
