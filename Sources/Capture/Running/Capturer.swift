package import Contract
import JSON
import Pact
import Session
import Synchronization
package import WebSocket

/// Records what a consumer and its provider say to each other into a contract.
///
/// A proxy stands between them, passes every byte on and writes every frame down first. When the
/// consumer is done, the journal is distilled.
package struct Capturer: Sendable {
  /// Who answers the consumer.
  package enum Upstream: Sendable {
    /// A provider that is running.
    case provider(WebSocketURL)
    /// The examples of the document.
    case examples
  }

  private(set) var configuration: CaptureConfiguration
  /// Whether the provider states of a scenario are passed over.
  private var setsUpNothing = false
  let payloads: PayloadRedactor

  /// Takes what was asked for.
  package init(_ configuration: CaptureConfiguration) {
    self.configuration = configuration
    payloads = PayloadRedactor(configuration.distilling.redaction, api: configuration.api)
    if case .scenario(let scenario) = configuration.consumer,
      configuration.distilling.providerStates.isEmpty
    {
      self.configuration.distilling.providerStates = scenario.given
    }
  }

  /// The same capture with another document, which was made from what was recorded.
  package func going(by api: APIDescription) -> Capturer {
    var copy = self
    copy.configuration.api = api
    return copy
  }

  /// Runs the consumer to its end and makes the contract.
  ///
  /// The file is replaced as a whole, and only when the consumer ended well and everything that was
  /// said is as the document has it. With ``CaptureConfiguration/isCheck`` it is never written.
  ///
  /// - Returns: A report that is clean when the contract could be written, or is up to date.
  /// - Throws: ``CaptureError`` when nothing could be recorded.
  nonisolated(nonsending) package func capture(
    from upstream: Upstream
  ) async throws(CaptureError) -> RunReport {
    let begin = MonotonicTime.now()
    let file = ContractFile(path: configuration.output)
    // An unreadable contract is told before anything is started.
    _ = try contract(file)
    let (recording, objections) = try await record(from: upstream)
    var report = try distil(recording, file)
    for objection in objections {
      report.findings.append(Finding(rule: "mock-objection", message: objection))
    }
    report.subject = subject(upstream)
    report.notes += payloads.notes
    report.notes.append("every frame that passed is in \(configuration.journal)")
    report.duration = begin.duration(to: .now())
    return report
  }

  /// The committed contract, if there is one.
  func contract(_ file: ContractFile) throws(CaptureError) -> PactFile? {
    do {
      return try file.read()
    } catch {
      throw .contract(error)
    }
  }

  private func subject(_ upstream: Upstream) -> String {
    let names = "\(configuration.consumerName) and \(configuration.providerName)"
    switch upstream {
    case .provider(let url): return "\(names) at \(url.withoutQuery)"
    case .examples: return "\(names), played from the document's examples"
    }
  }

  // MARK: Recording

  nonisolated(nonsending) private func record(
    from upstream: Upstream
  ) async throws(CaptureError) -> (recording: Recording, objections: [String]) {
    switch upstream {
    case .provider(let url):
      return (try await record(at: url), [])
    case .examples:
      // Examples have no states, so there is nothing to set up.
      let objections = Objections()
      let server: WebSocketServer
      do {
        server = try await WebSocketServer.start(ServerConfiguration()) { [api] loop in
          ExampleResponder(api: api, loop: loop) { objections.add($0) }
        }
      } catch {
        throw .cannotListen(error)
      }
      let path = api.channels.first?.socketPath ?? "/"
      let url = WebSocketURL(host: "127.0.0.1", port: server.port, path: path)
      let result = await Self.outcome { () throws(CaptureError) in
        try await withoutStates.record(at: url)
      }
      await server.shutdown()
      return (try result.get(), objections.all)
    }
  }

  private var api: APIDescription { configuration.api }

  /// This capture, for a provider that has no states.
  private var withoutStates: Capturer {
    var copy = self
    copy.setsUpNothing = true
    return copy
  }

  /// Runs the consumer to its end against a provider; no contract is made of what passes.
  ///
  /// - Returns: What passed, with secrets masked.
  /// - Throws: ``CaptureError`` when it could not be recorded.
  nonisolated(nonsending) package func record(
    at url: WebSocketURL
  ) async throws(CaptureError) -> Recording {
    let journal: JournalRecorder
    do {
      journal = try JournalRecorder(
        file: configuration.journal,
        maximumBytes: configuration.maximumJournalBytes
      )
    } catch {
      throw .session(error)
    }
    let proxy: RecordingProxy
    do {
      proxy = try await RecordingProxy.start(
        upstream: url,
        tls: configuration.tls,
        httpProxy: configuration.httpProxy?(url),
        port: configuration.port,
        listeningTLS: configuration.listeningTLS,
        recorder: RedactingRecorder(
          recorder: journal,
          redaction: configuration.distilling.redaction,
          payloads: payloads
        )
      )
    } catch {
      throw .cannotListen(error)
    }
    let result = await Self.outcome { () throws(CaptureError) in try await play(to: proxy.url) }
    await proxy.shutdown()
    journal.close()
    // Without its journal the proxy ends connections, and the consumer has a reason to fail.
    if let failure = journal.failure { throw .session(failure) }
    try result.get()
    return try recording(of: journal)
  }

  /// What passed, read from the journal again: while it is written, memory holds nothing of it.
  private func recording(of journal: JournalRecorder) throws(CaptureError) -> Recording {
    var recording = Recording()
    do {
      try journal.readEvents { recording.add($0) }
    } catch {
      throw .session(error)
    }
    return recording
  }

  private nonisolated(nonsending) static func outcome<Value>(
    _ body: nonisolated(nonsending) () async throws(CaptureError) -> Value
  ) async -> Result<Value, CaptureError> {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }

  // MARK: The consumer

  nonisolated(nonsending) private func play(to url: WebSocketURL) async throws(CaptureError) {
    switch configuration.consumer {
    case .command(let words): try await run(words, url)
    case .scenario(let scenario): try await play(scenario, url)
    }
  }

  nonisolated(nonsending) private func run(
    _ words: [String],
    _ url: WebSocketURL
  ) async throws(CaptureError) {
    guard !words.isEmpty else {
      throw .session(.cannotStart(command: "", reason: "the consumer's command is empty"))
    }
    let process: ChildProcess
    do {
      process = try await ChildProcess.start(
        .arguments(words),
        environment: [CaptureConfiguration.urlVariable: "\(url)"],
        onLine: configuration.onConsumerLine
      )
    } catch {
      throw .session(error)
    }
    let deadline = configuration.consumerTimeout.map { MonotonicTime.now().advanced(by: $0) }
    let status = await process.waitForExit(until: deadline)
    // Also ends what the consumer may have left running.
    await process.stop(grace: status == nil ? .seconds(2) : .zero)
    let command = words.joined(separator: " ")
    guard let status else {
      guard !Task.isCancelled, let limit = configuration.consumerTimeout else {
        throw .cancelled(journal: configuration.journal)
      }
      throw .consumerTooSlow(command: command, limit: limit, journal: configuration.journal)
    }
    guard status.isSuccess else {
      throw .consumerFailed(command: command, status: status, journal: configuration.journal)
    }
  }

  nonisolated(nonsending) private func play(
    _ scenario: Scenario,
    _ url: WebSocketURL
  ) async throws(CaptureError) {
    var scenario = scenario
    if setsUpNothing { scenario.given = [] }
    var player = configuration.player
    // The certificate is for the consumers that people run; this one talks to its own process.
    if configuration.listeningTLS != nil { player.session.tls.verifiesServer = false }
    let outcome: PlayOutcome
    do {
      outcome = try await player.play(
        scenario,
        on: url,
        states: configuration.states,
        recorder: TranscriptRecorder()
      )
    } catch {
      throw .session(error)
    }
    guard outcome.isCompleted else {
      throw .scenarioFailed(
        name: scenario.name,
        outcome.ending,
        journal: configuration.journal
      )
    }
  }
}

extension WebSocketURL {
  /// The URL without its query, which may hold secrets.
  fileprivate var withoutQuery: String {
    var url = self
    url.path = String(path.prefix { $0 != "?" })
    return "\(url)"
  }
}

/// What a mock provider had against what the consumer said.
private final class Objections: Sendable {
  private let list = Mutex<[String]>([])

  func add(_ objection: String) { list.withLock { $0.append(objection) } }

  var all: [String] { list.withLock { $0 } }
}
