import ArgumentParser
import AsyncAPI
import Capture
import Contract
import JSON
import Pact
import Reporting
import Session
import WebSocket

/// `wspact capture`: records a consumer's conversation with a provider into a contract.
struct CaptureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Record what a consumer says and hears into a Pact V4 contract.",
    discussion: """
      wspact capture --spec asyncapi.yml --consumer web --provider chat --upstream ws://127.0.0.1:8000/ws \
      --output contracts/web.json -- npm test

      A proxy stands between both; the command finds its address in WSPACT_URL. Every frame is in the \
      journal before it goes on. The contract is replaced as a whole, and only when the consumer ended \
      well and the document allows everything that was said.

      Exits with 0 when the contract was written or is up to date, 1 when the traffic breaks the document \
      or --check finds the contract out of date, 2 when nothing could be recorded.
      """
  )

  @Option(help: ArgumentHelp("The AsyncAPI document.", valueName: "file"))
  var spec: String?

  @Option(
    help: ArgumentHelp(
      "Write a first AsyncAPI document of the traffic to this new file, and go by it.",
      valueName: "file"
    )
  )
  var infer: String?

  @Option(help: "The consumer's name in the contract.")
  var consumer: String

  @Option(help: "The provider's name in the contract.")
  var provider: String

  @Option(help: ArgumentHelp("The contract to write.", valueName: "file"))
  var output: String

  @OptionGroup(title: "Provider")
  var upstream: ProviderOptions

  @Flag(help: "Let the document's examples answer instead of a provider.")
  var mock = false

  @Option(
    help: ArgumentHelp(
      "Play the consumer from this scenario instead of a command.",
      valueName: "file"
    )
  )
  var scenario: String?

  @Option(
    name: .customLong("from-har"),
    help: ArgumentHelp(
      "Take the traffic from a HAR file that a browser or mitmproxy exported.",
      valueName: "file"
    )
  )
  var fromHAR: String?

  @Option(
    help: ArgumentHelp("Take the traffic from a transcript or journal.", valueName: "file")
  )
  var fromTranscript: String?

  @Option(
    help: ArgumentHelp(
      "Write the contract to this file too, in the layout that official verifiers can play.",
      valueName: "file"
    )
  )
  var portable: String?

  @Flag(
    help: "Write nothing; exit with 1 and show the difference when the contract is out of date."
  )
  var check = false

  @Flag(help: "Drop interactions of the old contract that were not seen this time.")
  var prune = false

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "A provider state that all interactions stand on; may be repeated.",
      valueName: "name"
    )
  )
  var states: [String] = []

  @OptionGroup(title: "Secrets")
  var secrets: RedactionOptions

  @Option(help: ArgumentHelp("Where frames are written down as they pass.", valueName: "file"))
  var journal: String?

  @Option(help: "How many MiB the journal may have; it is ended there, and nothing is captured.")
  var journalLimit = 256

  @OptionGroup(title: "Consumer")
  var listening: ListeningOptions

  @Option(help: "How long the consumer's command may run (default: without end).")
  var timeout: DurationArgument?

  @Option(help: "The form of the report.")
  var format = ReportFormat.text

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The consumer, after '--'; it connects to WSPACT_URL.", valueName: "command")
  )
  var command: [String] = []

  func validate() throws {
    let others = [scenario, fromHAR, fromTranscript].filter { $0 != nil }.count
    guard others + (command.isEmpty ? 0 : 1) == 1 else {
      throw ValidationError(
        "name one consumer: a command after '--', a scenario with --scenario, or recorded traffic "
          + "with --from-har or --from-transcript"
      )
    }
    guard (spec == nil) != (infer == nil) else {
      throw ValidationError("name the document with --spec, or a new one to write with --infer")
    }
    guard infer == nil || !mock else {
      throw ValidationError("--mock answers from a document, so there is nothing to infer")
    }
    guard !isImport || (!mock && upstream.providerURL == nil && upstream.providerCmd == nil) else {
      throw ValidationError(
        "recorded traffic needs no provider; leave --mock, --upstream and --provider-cmd out"
      )
    }
    guard !mock || (upstream.providerURL == nil && upstream.providerCmd == nil) else {
      throw ValidationError(
        "--mock stands in for the provider; leave --upstream and --provider-cmd out"
      )
    }
    guard !upstream.transport.speaksForClient else {
      throw ValidationError(
        "--bearer, --basic, --compression and --unix-socket are the consumer's to say; capture"
          + " passes its opening request on"
      )
    }
    guard (1...1_048_576).contains(journalLimit) else {
      throw ValidationError("--journal-limit is \(journalLimit); it is a number of MiB from 1 on")
    }
  }

  private var isImport: Bool { fromHAR != nil || fromTranscript != nil }

  func run() async throws {
    let imported = try importedTraffic()
    var configuration = try configuration()
    var recorded: (capturer: Capturer, recording: Recording, name: String)?
    if let imported {
      let capturer = Capturer(configuration)
      recorded = (capturer, capturer.masked(imported.transcript), imported.file)
    }
    if let infer {
      guard !DocumentFiles.exists(infer) else {
        throw Problem("\(infer) is there already; --infer writes a new file")
      }
      if recorded == nil {
        let live = try await recordAlone(configuration)
        recorded = (live.capturer, live.recording, configuration.journal)
      }
      configuration.api = try inferred(recorded?.recording ?? Recording(), to: infer)
    }
    let report =
      if let recorded {
        try recorded.capturer.going(by: configuration.api)
          .capture(recorded.recording, named: recorded.name)
      } else {
        try await record(configuration)
      }
    Terminal.say(report.rendered(as: format, usesColour: Terminal.usesColour))
    if !report.isClean { throw ExitStatus.findings }
    try writePortable()
  }

  /// What was asked for; the document is empty when there is none yet.
  private func configuration() throws -> CaptureConfiguration {
    var configuration = CaptureConfiguration(
      api: try spec.map(description) ?? APIDescription(title: provider, version: "", file: ""),
      consumerName: consumer,
      providerName: provider,
      consumer: try scenario.map { .scenario(try DocumentFiles.scenario($0)) } ?? .command(command),
      output: output,
      journal: journal,
      isCheck: check
    )
    configuration.distilling.providerStates = states.map { ProviderState(name: $0) }
    configuration.distilling.dropsUnseen = prune
    configuration.distilling.redaction = try secrets.redaction
    configuration.consumerTimeout = timeout?.duration
    configuration.port = listening.port
    configuration.listeningTLS = listening.tls
    configuration.maximumJournalBytes = journalLimit * 1_048_576
    configuration.tls = upstream.transport.tls
    configuration.httpProxy = TransportOptions.httpProxy
    configuration.onConsumerLine = { Terminal.complain("  | \($0)") }
    return configuration
  }

  /// Traffic that was recorded before, and the file it is in.
  private func importedTraffic() throws -> (transcript: Transcript, file: String)? {
    if let fromHAR {
      let source = try DocumentFiles.document(fromHAR)
      return (try HARReader.transcript(source, file: fromHAR), fromHAR)
    }
    guard let fromTranscript else { return nil }
    let read = try DocumentFiles.transcript(fromTranscript)
    for diagnostic in read.diagnostics { Terminal.complain("\(diagnostic)") }
    return (read.transcript, fromTranscript)
  }

  /// The document that is there.
  private func description(_ file: String) throws -> APIDescription {
    let loaded = try AsyncAPIDocument.read(path: file)
    for diagnostic in loaded.diagnostics { Terminal.complain("\(diagnostic)") }
    return loaded.api
  }

  /// A new document that is written from the traffic.
  private func inferred(_ recording: Recording, to file: String) throws -> APIDescription {
    let inference = SpecificationInference(recording, title: provider)
    guard let document = inference.document else {
      throw Problem("no document can be made: the traffic has no message")
    }
    let text = YAMLText.text(of: document)
    let api = try AsyncAPIDocument.read(text: text, file: file).api
    if !check {
      try WholeFile.write(Array(text.utf8), to: file)
      Terminal.complain("document written to \(file)")
    }
    return api
  }

  /// The contract once more for official verifiers, or whether it is up to date.
  private func writePortable() throws {
    guard let portable else { return }
    let bytes = try DocumentFiles.contract(output).pact.portable.bytes
    let old = DocumentFiles.bytes(portable)
    guard old != bytes else { return }
    guard !check else {
      Terminal.complain("\(portable) is out of date; run the capture without --check to update it")
      throw ExitStatus.findings
    }
    try WholeFile.write(bytes, to: portable)
    Terminal.complain("\(portable) written")
  }

  private func record(_ configuration: CaptureConfiguration) async throws -> RunReport {
    if mock { return try await Capturer(configuration).capture(from: .examples) }
    return try await withProvider(configuration) { configuration, url in
      try await Capturer(configuration).capture(from: .provider(url))
    }
  }

  /// Records what there is no document for yet.
  private func recordAlone(
    _ configuration: CaptureConfiguration
  ) async throws -> (capturer: Capturer, recording: Recording) {
    try await withProvider(configuration) { configuration, url in
      let capturer = Capturer(configuration)
      return (capturer, try await capturer.record(at: url))
    }
  }

  private func withProvider<Result>(
    _ configuration: CaptureConfiguration,
    _ body: (CaptureConfiguration, WebSocketURL) async throws -> Result
  ) async throws -> Result {
    try await RunningProvider.run(try upstream.target()) { running in
      var configuration = configuration
      configuration.states = upstream.states(of: running)
      return try await body(configuration, running.url)
    }
  }
}
