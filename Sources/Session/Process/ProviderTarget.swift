package import WebSocket

/// Where the provider is that a session talks to.
package enum ProviderTarget: Hashable, Sendable {
  /// It runs already.
  case url(WebSocketURL)
  /// It is started by a command, and started again where needed.
  case command(ProviderCommand)
}

/// How a provider is started, and how it says where it listens.
package struct ProviderCommand: Hashable, Sendable {
  /// The default of ``ready``.
  package static let defaultReadyPattern = #"READY (\S+)"#

  /// A line for `sh -c`.
  package var command: String
  /// A regular expression for the line that says it is ready; its first group is the URL.
  package var ready: String
  /// How long it may take until that line comes; 30 s.
  package var readyTimeout: Duration
  /// Variables that are set besides the inherited ones.
  package var environment: [String: String]

  /// Describes a command.
  package init(
    command: String,
    ready: String = Self.defaultReadyPattern,
    readyTimeout: Duration = .seconds(30),
    environment: [String: String] = [:]
  ) {
    self.command = command
    self.ready = ready
    self.readyTimeout = readyTimeout
    self.environment = environment
  }
}
