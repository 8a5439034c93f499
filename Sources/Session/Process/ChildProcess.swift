import Subprocess
import SystemPackage
package import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A command that runs beside this program: a provider or a consumer.
///
/// It is the leader of a process group of its own, so that ``stop(grace:)`` ends its children as
/// well, and Ctrl-C in a terminal reaches it only through this program.
package final class ChildProcess: Sendable {
  /// What is run.
  package enum Program: Hashable, Sendable {
    /// A line for `sh -c`.
    case shell(String)
    /// A program, looked up in `PATH`, and its arguments.
    case arguments([String])

    /// The command as people type it.
    package var text: String {
      switch self {
      case .shell(let line): line
      case .arguments(let words): words.joined(separator: " ")
      }
    }
  }

  /// What is run.
  package let program: Program
  /// The process, and the process group that it leads.
  package let processID: Int32
  private let output: ProcessOutput
  private let exit: FirstOutcome<ExitStatus>

  private init(
    program: Program,
    processID: Int32,
    output: ProcessOutput,
    exit: FirstOutcome<ExitStatus>
  ) {
    self.program = program
    self.processID = processID
    self.output = output
    self.exit = exit
  }

  /// The last lines that it wrote to standard output and standard error, the oldest first.
  package var lastOutput: [String] { output.lastLines }

  /// How it ended; `nil` while it runs.
  package var exitStatus: ExitStatus? { exit.current }

  /// Waits for its end.
  ///
  /// - Parameter deadline: When to give up; `nil` waits without end.
  /// - Returns: `nil` when the time is over or the task is cancelled.
  nonisolated(nonsending) package func waitForExit(
    until deadline: MonotonicTime? = nil
  ) async -> ExitStatus? {
    await exit.value(within: deadline.map { max(.zero, MonotonicTime.now().duration(to: $0)) })
  }
}

// MARK: - Starting

extension ChildProcess {
  /// Starts a command.
  ///
  /// - Parameters:
  ///   - program: What to run.
  ///   - environment: Variables that are set besides the inherited ones.
  ///   - logFile: The file that its output is added to; `nil` keeps the last lines only.
  ///   - onLine: Is told about each line as it comes, from any thread.
  /// - Returns: The running process.
  /// - Throws: ``SessionError/cannotStart(command:reason:)`` or ``SessionError/cannotWrite(file:reason:)``.
  nonisolated(nonsending) package static func start(
    _ program: Program,
    environment: [String: String] = [:],
    logFile: String? = nil,
    onLine: (@Sendable (String) -> Void)? = nil
  ) async throws(SessionError) -> ChildProcess {
    var log: AppendOnlyFile?
    if let logFile { log = try AppendOnlyFile(path: logFile, keepsContents: true) }
    let output = ProcessOutput(log: log, onLine: onLine)
    let exit = FirstOutcome<ExitStatus>()
    let started = FirstOutcome<Result<Int32, SessionError>>()
    let configuration = configuration(program, environment)
    await ProcessGroups.prepare()
    // Bridges the scope of `run`, which lasts as long as the process, to an object with a life of
    // its own; it ends when the process does.
    Task {
      do {
        let result = try await run(
          configuration,
          input: .none,
          output: .sequence,
          error: .combinedWithOutput
        ) { execution in
          let processID = execution.processIdentifier.value
          ProcessGroups.add(processID)
          started.fulfil(.success(processID))
          // When the process ends, the sequence does too, even if a child keeps the pipe open.
          for try await buffer in execution.standardOutput {
            output.append(buffer.withUnsafeBytes { Array($0) })
          }
        }
        output.finish()
        exit.fulfil(ExitStatus(result.terminationStatus))
      } catch {
        output.finish()
        let reason = "\(error)"
        started.fulfil(.failure(.cannotStart(command: program.text, reason: reason)))
        exit.fulfil(.exited(code: 127))
      }
    }
    guard let outcome = await started.value(within: nil) else { throw .cancelled }
    switch outcome {
    case .failure(let error):
      throw error
    case .success(let processID):
      return ChildProcess(program: program, processID: processID, output: output, exit: exit)
    }
  }

  private static func configuration(
    _ program: Program,
    _ environment: [String: String]
  ) -> Configuration {
    let words: [String] =
      switch program {
      case .shell(let line): ["sh", "-c", line]
      case .arguments(let words): words
      }
    var variables: [Environment.Key: String?] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    var options = PlatformOptions()
    options.processGroupID = 0
    let program = words.first ?? ""
    return Configuration(
      // As in a shell: a name with a slash is a path, others are looked up.
      executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(Array(words.dropFirst())),
      environment: .inherit.updating(variables),
      platformOptions: options
    )
  }
}

extension ExitStatus {
  fileprivate init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .exited(code: code)
    case .signaled(let signal): self = .signalled(signal)
    }
  }
}

// MARK: - Ending

extension ChildProcess {
  /// Ends the process and its children; returns when it is over.
  ///
  /// - Parameter grace: How long it may take after SIGTERM before SIGKILL comes; zero kills at once.
  /// - Returns: How it ended.
  @discardableResult
  nonisolated(nonsending) package func stop(grace: Duration = .seconds(2)) async -> ExitStatus? {
    if exit.current == nil, grace > .zero {
      ProcessGroups.signal(processID, SIGTERM)
      _ = await exit.value(within: grace)
    }
    // Also when the leader is gone: children that it left behind have its group.
    ProcessGroups.signal(processID, SIGKILL)
    ProcessGroups.remove(processID)
    return await exit.value(within: .seconds(5))
  }
}
