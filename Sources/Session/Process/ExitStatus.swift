/// How a process ended.
package enum ExitStatus: Hashable, Sendable {
  /// It ended itself with a code; 0 is success.
  case exited(code: Int32)
  /// A signal ended it.
  case signalled(Int32)

  /// Whether it ended itself with 0.
  package var isSuccess: Bool { self == .exited(code: 0) }

  /// The exit code, or `nil` after a signal.
  package var code: Int32? {
    if case .exited(let code) = self { code } else { nil }
  }

  /// The signal that ended it, or `nil`.
  package var signal: Int32? {
    if case .signalled(let signal) = self { signal } else { nil }
  }
}

extension ExitStatus: CustomStringConvertible {
  /// A phrase such as `exit code 3` or `signal 11 (SIGSEGV)`.
  package var description: String {
    switch self {
    case .exited(let code) where code > 128 && code < 160:
      // A shell passes on that way how the command within it ended.
      "exit code \(code) (which may stand for \(Self.signalText(code - 128)))"
    case .exited(let code): "exit code \(code)"
    case .signalled(let signal): Self.signalText(signal)
    }
  }

  private static func signalText(_ signal: Int32) -> String {
    let names: [Int32: String] = [
      1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS",
      8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    ]
    return names[signal].map { "signal \(signal) (\($0))" } ?? "signal \(signal)"
  }
}
