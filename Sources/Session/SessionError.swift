package import WebSocket

/// Why a session with a provider could not go on.
package enum SessionError: Error, Hashable, Sendable {
  /// A command could not be started at all.
  case cannotStart(command: String, reason: String)
  /// The provider's process ended before it said where it listens.
  case exitedBeforeReady(command: String, status: ExitStatus, lastOutput: [String])
  /// The provider's process did not say in time where it listens.
  case notReady(command: String, pattern: String, within: Duration, lastOutput: [String])
  /// The pattern for the ready line is no regular expression.
  case invalidReadyPattern(String, reason: String)
  /// The ready line does not hold the URL of a WebSocket.
  case invalidReadyURL(line: String, reason: String)
  /// No connection came to be.
  case noConnection(name: String, TransportError)
  /// A connection ended while something was to be done on it.
  case connectionLost(name: String, Closure)
  /// A step names a connection that is not open.
  case unknownConnection(name: String, open: [String])
  /// A step opens a connection that is open already.
  case alreadyConnected(name: String)
  /// A value that an earlier message should have brought is not there.
  case missingValue(label: String, pointer: String, known: [String])
  /// A file cannot be written.
  case cannotWrite(file: String, reason: String)
  /// A file cannot be read.
  case cannotRead(file: String, reason: String)
  /// The endpoint for provider states could not be reached.
  case stateEndpoint(url: String, TransportError)
  /// The endpoint for provider states refused a state.
  case stateRefused(url: String, action: String, state: String, status: Int, body: String)
  /// The command for provider states failed.
  case stateCommand(String, action: String, state: String, reason: String)
  /// There are provider states to set up, and no endpoint that does it.
  case noStateEndpoint(states: [String])
  /// The task was cancelled.
  case cancelled
}

extension SessionError: CustomStringConvertible {
  /// A sentence that says what was tried, what happened and, where it is known, what to do.
  package var description: String {
    switch self {
    case .cannotStart(let command, let reason):
      "cannot start '\(command)': \(reason)"
    case .exitedBeforeReady(let command, let status, let output):
      "'\(command)' ended with \(status) before it was ready\(Self.quoted(output))"
    case .notReady(let command, let pattern, let limit, let output):
      "no line of '\(command)' matched '\(pattern)' within \(limit)\(Self.quoted(output))"
    case .invalidReadyPattern(let pattern, let reason):
      "'\(pattern)' is no regular expression: \(reason)"
    case .invalidReadyURL(let line, let reason):
      "the ready line '\(line)' gives no URL: \(reason)"
    case .noConnection(let name, let error):
      "connection '\(name)': \(error)"
    case .connectionLost(let name, let closure):
      "connection '\(name)' is over: \(closure)"
    case .unknownConnection(let name, let open):
      open.isEmpty
        ? "connection '\(name)' is not open; no connection is"
        : "connection '\(name)' is not open; open are \(open.joined(separator: ", "))"
    case .alreadyConnected(let name):
      "connection '\(name)' is open already"
    case .missingValue(let label, let pointer, let known):
      "no value for '\(pointer)' of the message '\(label)'"
        + (known.isEmpty ? "" : "; kept were \(known.joined(separator: ", "))")
    case .cannotWrite(let file, let reason):
      "cannot write '\(file)': \(reason)"
    case .cannotRead(let file, let reason):
      "cannot read '\(file)': \(reason)"
    case .stateEndpoint(let url, let error):
      "the provider states at \(url) cannot be set up: \(error)"
    case .stateRefused(let url, let action, let state, let status, let body):
      "\(url) refused to \(action == "setup" ? "set up" : "tear down") the provider state "
        + "'\(state)' with status \(status)\(body.isEmpty ? "" : ": \(body)")"
    case .stateCommand(let command, let action, let state, let reason):
      "'\(command)' did not \(action == "setup" ? "set up" : "tear down") the provider state "
        + "'\(state)': \(reason)"
    case .noStateEndpoint(let states):
      "the provider state '\(states.first ?? "")' cannot be set up without --state-url"
    case .cancelled:
      "cancelled"
    }
  }

  /// The last lines of a process, each on a line of its own.
  private static func quoted(_ output: [String]) -> String {
    guard !output.isEmpty else { return "; it said nothing" }
    return "; its last words were:\n" + output.map { "  | \($0)" }.joined(separator: "\n")
  }
}
