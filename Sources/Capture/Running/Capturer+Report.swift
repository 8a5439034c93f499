import Contract
import JSON
import Pact
import Session

extension Capturer {
  /// Makes the contract of what was recorded, compares or writes it, and reports.
  func distil(_ recording: Recording, _ file: ContractFile) throws(CaptureError) -> RunReport {
    try requireConnections(recording)
    // Read again under the lock: another capture may have written meanwhile.
    return try file.locked { () throws(CaptureError) in
      let existing = try contract(file)
      let distiller = Distiller(
        api: configuration.api,
        consumer: configuration.consumerName,
        provider: configuration.providerName,
        options: configuration.distilling
      )
      let distillate = distiller.distil(recording, existing: existing)
      return try report(distillate, file, isNew: existing == nil)
    }
  }

  /// A recording without connections is no recording.
  private func requireConnections(_ recording: Recording) throws(CaptureError) {
    guard !recording.hasConnections else { return }
    if let refusal = recording.refusal {
      throw .noConnection(reason: refusal, journal: configuration.journal)
    }
    if let note = recording.notes.first {
      throw .nothingRecorded(reason: note, journal: configuration.journal)
    }
    throw .nothingRecorded(
      reason: "the consumer never connected; the address is in "
        + "\(CaptureConfiguration.urlVariable) in its environment",
      journal: configuration.journal
    )
  }

  private func report(
    _ distillate: Distiller.Distillate,
    _ file: ContractFile,
    isNew: Bool
  ) throws(CaptureError) -> RunReport {
    var report = RunReport(command: "capture", subject: "")
    report.notes = distillate.notes
    report.findings = distillate.findings
    guard distillate.findings.isEmpty else {
      report.notes.append("the contract is as it was: it must not hold what the document forbids")
      return report
    }
    guard !distillate.contract.interactions.isEmpty else {
      throw .nothingRecorded(
        reason: "the consumer connected, but said nothing and heard nothing",
        journal: configuration.journal
      )
    }
    let bytes = distillate.contract.bytes
    if configuration.isCheck {
      report.checks = [upToDateCheck(distillate, isSame: file.bytes == bytes, isNew: isNew)]
    } else {
      report.checks = checks(distillate)
      if file.bytes == bytes {
        report.notes.append("\(file.path) is up to date")
      } else {
        do {
          try WholeFile.write(bytes, to: file.path)
        } catch {
          throw .session(error)
        }
        report.notes.append("\(file.path) \(isNew ? "written" : "updated")")
      }
    }
    report.statistics = [
      Statistic("interactions", Double(distillate.contract.interactions.count))
    ]
    return report
  }

  /// One check for each interaction, with what became of it.
  private func checks(_ distillate: Distiller.Distillate) -> [CheckResult] {
    let names = distillate.contract.interactions.map(\.description)
    let checks = names.map { name in
      CheckResult(
        group: configuration.output,
        name: name,
        status: .passed,
        note: distillate.changes.lazy.compactMap { $0.note(on: name) }.first
      )
    }
    let dropped = distillate.changes.compactMap { change -> CheckResult? in
      guard case .dropped(let name) = change else { return nil }
      return CheckResult(
        group: configuration.output,
        name: name,
        status: .skipped,
        note: "dropped: not seen"
      )
    }
    return checks + dropped
  }

  /// Whether the committed contract is what would be written now.
  private func upToDateCheck(
    _ distillate: Distiller.Distillate,
    isSame: Bool,
    isNew: Bool
  ) -> CheckResult {
    let name = "the contract is up to date"
    guard !isSame else {
      return CheckResult(group: configuration.output, name: name, status: .passed)
    }
    let changes = distillate.changes.filter(\.changesFile)
    let lines = changes.flatMap { "\($0)".split(separator: "\n").map(String.init) }
    let message =
      isNew
      ? "there is no contract \(configuration.output) yet"
      : changes.isEmpty
        ? "\(configuration.output) says the same, but is not laid out as it would be written"
        : "\(configuration.output) is out of date; run the capture without --check to update it"
    return CheckResult(
      group: configuration.output,
      name: name,
      status: .failed,
      findings: [Finding(rule: "out-of-date", message: message, details: lines)]
    )
  }
}

extension ContractChange {
  /// What became of an interaction, or `nil` when this is about another one.
  fileprivate func note(on name: String) -> String? {
    switch self {
    case .added(name): "new"
    case .changed(name, _): "changed"
    case .unseen(name): "not seen this time, and kept"
    default: nil
    }
  }
}
