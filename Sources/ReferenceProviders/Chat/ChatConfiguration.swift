extension ChatProvider {
  /// What can be set about the chat provider.
  package struct Configuration: Sendable {
    /// What clients must give as `?token=`; `nil` lets everybody in.
    package var token: String?
    /// How often each connection is sent a `ping`.
    package var pingInterval: Duration
    /// How long a connection may stay without a `pong`, from its opening on.
    package var pongTimeout: Duration
    /// The fault that is planted; `nil` is the correct provider.
    package var bug: ChatBug?

    /// Takes settings, each with its default.
    package init(
      token: String? = nil,
      pingInterval: Duration = .seconds(30),
      pongTimeout: Duration = .seconds(60),
      bug: ChatBug? = nil
    ) {
      self.token = token
      self.pingInterval = pingInterval
      self.pongTimeout = pongTimeout
      self.bug = bug
    }
  }
}

/// Sizes that the chat keeps within; the document states those that clients meet.
enum ChatLimits {
  /// Characters (Unicode scalars) of one chunk.
  static let chunkCharacters = 80
  /// Chunks of one answer; the rest is cut off.
  static let chunks = 50
  /// Messages of a history when the request names no limit.
  static let defaultHistory = 50
  /// Topics that one connection may follow.
  static let topics = 1_000
  /// Threads that are kept; the oldest is forgotten.
  static let threads = 10_000
  /// Messages that are kept of one thread; the oldest is forgotten.
  static let messages = 1_000
}
