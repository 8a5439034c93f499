import Contract
import JSON
import Subprocess

/// A command that puts a provider into a state, and out of it again.
///
/// It finds the state in `WSPACT_STATE`, `setup` or `teardown` in `WSPACT_STATE_ACTION` and the parameters
/// as a JSON object in `WSPACT_STATE_PARAMS`; all three also as one JSON object on standard input, the
/// one that a state endpoint gets. A JSON object on its standard output gives values; other output is
/// passed over.
struct StateCommand: Sendable {
  /// The line for `sh -c`.
  var line: String
  /// How long it may take.
  var timeout: Duration

  /// How much of its output is read: 1 MiB.
  private static let maximumOutputBytes = 1 << 20

  /// What came of it.
  private enum End: Sendable {
    case ended(ExitStatus, output: String, problems: String)
    case failed(String)
    case tooLate
  }

  /// Runs the command.
  ///
  /// - Parameters:
  ///   - action: `setup` or `teardown`.
  ///   - state: The state's name.
  ///   - request: The whole request, as an endpoint gets it.
  /// - Returns: The values that it printed; empty when it printed none.
  /// - Throws: ``SessionError/stateCommand(_:action:state:reason:)``.
  nonisolated(nonsending) func run(
    _ action: String,
    state: String,
    request: JSONValue
  ) async throws(SessionError) -> JSONObject {
    func problem(_ reason: String) -> SessionError {
      .stateCommand(line, action: action, state: state, reason: reason)
    }
    switch await end(action, state, request) {
    case .failed(let reason): throw problem(reason)
    case .tooLate: throw problem("it did not end within \(DurationText.text(of: timeout))")
    case .ended(let status, let output, let problems):
      guard status.isSuccess else {
        let words = problems.split(separator: "\n").suffix(3).joined(separator: " / ")
        throw problem("it ended with \(status)" + (words.isEmpty ? "" : ": \(words)"))
      }
      let text = output.drop { $0.isWhitespace }
      guard text.first == "{" else { return [:] }
      do {
        return try JSONValue.parse(Array(text.utf8), file: "output").objectValue ?? [:]
      } catch {
        throw problem("its output is no JSON object: \(error.reason)")
      }
    }
  }

  private nonisolated(nonsending) func end(
    _ action: String,
    _ state: String,
    _ request: JSONValue
  ) async -> End {
    let values = [
      "WSPACT_STATE_ACTION": action, "WSPACT_STATE": state,
      "WSPACT_STATE_PARAMS": (request["params"] ?? [:]).text(),
    ]
    var variables: [Environment.Key: String?] = [:]
    for (name, value) in values {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    let environment = Environment.inherit.updating(variables)
    let (line, timeout) = (line, timeout)
    return await withTaskGroup(of: End.self) { group in
      group.addTask {
        do {
          let result = try await Subprocess.run(
            .name("sh"),
            arguments: ["-c", line],
            environment: environment,
            input: .string(request.text()),
            output: .string(limit: Self.maximumOutputBytes),
            error: .string(limit: Self.maximumOutputBytes)
          )
          return .ended(
            ExitStatus(result.terminationStatus),
            output: result.standardOutput,
            problems: result.standardError
          )
        } catch {
          return .failed("\(error)")
        }
      }
      group.addTask {
        try? await Task.sleep(for: timeout)
        return .tooLate
      }
      let first = await group.next() ?? .tooLate
      group.cancelAll()
      return first
    }
  }
}
