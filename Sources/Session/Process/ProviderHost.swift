package import WebSocket

/// Keeps a provider at hand: one that runs already, or one that is started whenever it is not there.
///
/// Used by one task.
package final class ProviderHost {
  /// Where the provider is, or how it is started.
  package let target: ProviderTarget
  /// How often it was started again.
  package private(set) var restarts = 0
  /// How long the last start took; `nil` before the first.
  package private(set) var startTime: Duration?
  private let logFile: String?
  private var process: ProviderProcess?

  /// Takes a provider; nothing is started yet.
  ///
  /// - Parameters:
  ///   - target: Where the provider is, or how it is started.
  ///   - logFile: The file that its output is added to; `nil` keeps the last lines only.
  package init(_ target: ProviderTarget, logFile: String? = nil) {
    self.target = target
    self.logFile = logFile
  }

  /// Whether it can be started again.
  package var canRestart: Bool { if case .command = target { true } else { false } }

  /// The last lines that the present process wrote.
  package var lastOutput: [String] { process?.lastOutput ?? [] }

  /// The identifier of the present process.
  package var processID: Int32? { process?.processID }

  /// How the present process ended; `nil` while it runs, and for a provider that was not started here.
  package var exitStatus: ExitStatus? { process?.exitStatus() }

  /// The provider's URL; it is started when it does not run.
  ///
  /// - Throws: ``SessionError`` when it does not start.
  nonisolated(nonsending) package func url() async throws(SessionError) -> WebSocketURL {
    switch target {
    case .url(let url):
      return url
    case .command(let command):
      if let process {
        if process.exitStatus() == nil { return process.url }
        restarts += 1
        await process.stop(grace: .zero)
      }
      let begin = MonotonicTime.now()
      let started = try await ProviderProcess.start(command, logFile: logFile)
      startTime = begin.duration(to: .now())
      process = started
      return started.url
    }
  }

  /// Starts it again, if it was started here, so that it remembers nothing.
  ///
  /// - Throws: ``SessionError`` when it does not start.
  nonisolated(nonsending) package func restart() async throws(SessionError) -> WebSocketURL {
    if let process {
      await process.stop(grace: .zero)
      restarts += 1
      self.process = nil
    }
    return try await url()
  }

  /// Waits for the end of the present process.
  ///
  /// - Returns: `nil` when the time is over, and for a provider that was not started here.
  nonisolated(nonsending) package func waitForExit(within limit: Duration) async -> ExitStatus? {
    await process?.waitForExit(until: MonotonicTime.now().advanced(by: limit))
  }

  /// Ends it, if it was started here.
  nonisolated(nonsending) package func stop() async {
    await process?.stop()
    process = nil
  }
}
