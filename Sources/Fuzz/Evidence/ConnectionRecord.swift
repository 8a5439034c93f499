package import Contract

/// What happened on one connection from its opening to its end.
package struct ConnectionRecord: Sendable {
  /// Its name; a later connection may have the same one.
  package var name: String
  /// How many frames it carried, both directions counted.
  package var frames = 0
  /// The places of its requests in ``Evidence/exchanges``, in order.
  package var exchanges: [Int] = []
  /// What the client said last, and whether it was valid.
  package var lastSent: SentMessage?
  /// What the provider was most likely at when the connection ended: the oldest request that it had
  /// not answered, else what the client said last.
  package var culprit: SentMessage?
  /// How it ended, and when; `nil` while it is open.
  package var closure: TranscriptClosure?
  /// When it ended, in nanoseconds of the transcript.
  package var closedAt: Int64?

  /// Whether the provider ended it.
  package var wasEndedByProvider: Bool {
    closure.map { $0.initiator != .local } ?? false
  }
}

/// What the client said, as far as judges need it.
package struct SentMessage: Sendable {
  /// The name of the message, where it is known.
  package var name: String?
  /// The name of the operation, where it opens one.
  package var operation: String?
  /// Whether the document allows it.
  package var isValid: Bool
  /// The number of its frame on the connection.
  package var frame: Int
  /// The step of the scenario.
  package var step: Int?
  /// When it was sent, in nanoseconds of the transcript.
  package var nanoseconds: Int64

  /// What a finding calls it: the operation, else the message.
  package var label: String { operation ?? name ?? "an unknown message" }
}
