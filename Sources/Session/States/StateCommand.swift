import Contract
import JSON
import Synchronization
import WebSocket

/// A command that puts a provider into a state, and out of it again.
///
/// It finds the state in `WSPACT_STATE`, `setup` or `teardown` in `WSPACT_STATE_ACTION` and the parameters
/// as a JSON object in `WSPACT_STATE_PARAMS`; all three also as one JSON object on standard input, the
/// one that a state endpoint gets. The last line of its output that begins with `{` gives values, as a
/// JSON object; other output is passed over.
struct StateCommand: Sendable {
  /// The line for `sh -c`.
  var line: String
  /// How long it may take.
  var timeout: Duration

  /// Gives the command its standard input; what it does not read is nobody's business.
  private static let wrapper = #"printf '%s\n' "$WSPACT_STATE_REQUEST" | sh -c "$0""#

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
    let values = Printed()
    let process = try await ChildProcess.start(
      .arguments(["sh", "-c", Self.wrapper, line]),
      environment: [
        "WSPACT_STATE_ACTION": action, "WSPACT_STATE": state,
        "WSPACT_STATE_PARAMS": (request["params"] ?? [:]).text(),
        "WSPACT_STATE_REQUEST": request.text(),
      ],
      onLine: { values.note($0) }
    )
    let status = await process.waitForExit(until: MonotonicTime.now().advanced(by: timeout))
    // Also ends what the command may have left running.
    await process.stop(grace: .zero)
    guard let status else {
      if Task.isCancelled { throw .cancelled }
      throw problem("it did not end within \(DurationText.text(of: timeout))")
    }
    guard status.isSuccess else {
      let words = process.lastOutput.suffix(3).joined(separator: " / ")
      throw problem("it ended with \(status)" + (words.isEmpty ? "" : ": \(words)"))
    }
    guard let text = values.line else { return [:] }
    do {
      return try JSONValue.parse(Array(text.utf8), file: "output").objectValue ?? [:]
    } catch {
      throw problem("it printed no JSON object: \(error.reason)")
    }
  }

  /// The last line that may be an object.
  private final class Printed: Sendable {
    private let last = Mutex<String?>(nil)

    func note(_ line: String) {
      if line.first == "{" { last.withLock { $0 = line } }
    }

    var line: String? { last.withLock { $0 } }
  }
}
