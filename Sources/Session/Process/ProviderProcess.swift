package import WebSocket

/// A provider that was started by a command and said where it listens.
package final class ProviderProcess: Sendable {
  /// How it was started.
  package let command: ProviderCommand
  /// Where it listens.
  package let url: WebSocketURL
  private let process: ChildProcess

  private init(command: ProviderCommand, url: WebSocketURL, process: ChildProcess) {
    self.command = command
    self.url = url
    self.process = process
  }

  /// The process, and the process group that it leads.
  package var processID: Int32 { process.processID }

  /// The last lines that it wrote, the oldest first.
  package var lastOutput: [String] { process.lastOutput }

  /// How it ended, without waiting; `nil` while it runs.
  package func exitStatus() -> ExitStatus? { process.exitStatus }

  /// Waits for its end; `nil` when the time is over.
  nonisolated(nonsending) package func waitForExit(
    until deadline: MonotonicTime
  ) async -> ExitStatus? {
    await process.waitForExit(until: deadline)
  }

  /// Ends it and its children.
  ///
  /// - Parameter grace: How long it may take after SIGTERM before SIGKILL comes; zero kills at once.
  nonisolated(nonsending) package func stop(grace: Duration = .seconds(2)) async {
    await process.stop(grace: grace)
  }
}

extension ProviderProcess {
  private enum Readiness: Sendable {
    case ready(url: String, line: String)
    case exited(ExitStatus)
  }

  /// Starts a provider and waits for its ready line.
  ///
  /// - Parameters:
  ///   - command: How to start it.
  ///   - logFile: The file that its output is added to; `nil` keeps the last lines only.
  /// - Returns: The provider, ready for connections.
  /// - Throws: ``SessionError`` which shows the provider's last words when it did not get ready.
  nonisolated(nonsending) package static func start(
    _ command: ProviderCommand,
    logFile: String? = nil
  ) async throws(SessionError) -> ProviderProcess {
    let pattern = try ReadyPattern(command.ready)
    let readiness = FirstOutcome<Readiness>()
    let process = try await ChildProcess.start(
      .shell(command.command),
      environment: command.environment,
      logFile: logFile
    ) { line in
      guard readiness.current == nil, let url = pattern.urlText(in: line) else { return }
      readiness.fulfil(.ready(url: url, line: line))
    }
    // Bridges the end of the process to the wait below; ends with it or with the process.
    let watch = Task {
      if let status = await process.waitForExit() { readiness.fulfil(.exited(status)) }
    }
    let outcome = await readiness.value(within: command.readyTimeout)
    watch.cancel()
    do throws(SessionError) {
      switch outcome {
      case .ready(let text, let line):
        let url = try ReadyPattern.url(text, line: line)
        return ProviderProcess(command: command, url: url, process: process)
      case .exited(let status):
        throw .exitedBeforeReady(
          command: command.command,
          status: status,
          lastOutput: process.lastOutput
        )
      case nil where Task.isCancelled:
        throw .cancelled
      case nil:
        throw .notReady(
          command: command.command,
          pattern: command.ready,
          within: command.readyTimeout,
          lastOutput: process.lastOutput
        )
      }
    } catch {
      await process.stop(grace: .zero)
      throw error
    }
  }
}
