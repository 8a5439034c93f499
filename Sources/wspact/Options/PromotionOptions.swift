import ArgumentParser
import Capture
import Contract
import Fuzz
import Pact
import Session

/// Where a scenario that is fixed is kept, so that what it found does not come back unnoticed.
struct PromotionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Add the conversation to this Pact V4 contract, which is made when there is none.",
      valueName: "file"
    )
  )
  var promoteContract: String?

  @Option(
    help: ArgumentHelp(
      "The consumer's name in a new contract.",
      valueName: "name"
    )
  )
  var consumer = "wspact"

  @Option(
    help: ArgumentHelp("Put the scenario into this folder.", valueName: "folder")
  )
  var promoteScenario: String?

  /// Keeps a scenario that was played and is fine now; notes in the report say where, or why not.
  ///
  /// - Throws: What keeps a file from being read or written.
  func promote(_ replayer: Replayer, _ report: inout RunReport) throws {
    guard promoteContract != nil || promoteScenario != nil, let verdict = replayer.verdict else {
      return
    }
    let configuration = replayer.configuration
    guard verdict.isFine else {
      report.notes.append("\(configuration.file) is not promoted: \(verdict.word)")
      return
    }
    if let promoteContract { try writeContract(promoteContract, replayer, &report) }
    guard let promoteScenario else { return }
    let name = configuration.file.split(separator: "/").last.map { String($0) } ?? "scenario.yml"
    let path = "\(promoteScenario)/\(name)"
    try WholeFile.write(Array(configuration.scenario.yamlText.utf8), to: path)
    report.notes.append("\(configuration.file) is kept as \(path)")
  }

  private func writeContract(
    _ path: String,
    _ replayer: Replayer,
    _ report: inout RunReport
  ) throws {
    let file = replayer.configuration.file
    guard let api = replayer.configuration.api, let transcript = replayer.transcript else {
      throw Problem("\(file) names no document, which a contract is made by; name it with --spec")
    }
    let old = DocumentFiles.exists(path) ? try DocumentFiles.contract(path).pact : nil
    let capture = CaptureConfiguration(
      api: api,
      consumerName: old?.consumer.name ?? consumer,
      providerName: old?.provider.name ?? (api.title.isEmpty ? "provider" : api.title),
      consumer: .command([]),
      output: path
    )
    let made = try Capturer(capture).capture(transcript, named: file)
    report.findings += made.allFindings
    report.notes += made.notes
    if made.isClean { report.notes.append("\(file) is kept in \(path)") }
  }
}
