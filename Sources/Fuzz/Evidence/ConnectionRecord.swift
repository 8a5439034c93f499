package import Contract
import WebSocket

/// What happened on one connection from its opening to its end.
package struct ConnectionRecord: Sendable {
  /// Its name; a later connection may have the same one.
  package var name: String
  /// When it was opened, in nanoseconds of the transcript.
  package var openedAt: Int64
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

  /// The places of what was wrong with what the client said in ``Evidence/provocations``, in order.
  package var provocations: [Int] = []
  /// The client's half of a message or frame that has begun and not ended.
  var stream: ClientStream?
  /// The last ping frame within a message that has not been answered, and its number.
  var unansweredPing: (payload: [UInt8], frame: Int)?
  /// Whether the client ended its direction, or did not read for a time.
  var isDisturbed = false

  /// Whether the provider ended it.
  package var wasEndedByProvider: Bool {
    closure.map { $0.initiator != .local } ?? false
  }
}

/// What the client said, as far as judges need it.
package struct SentMessage: Sendable, Hashable {
  /// What it is where it is no message as the document has it, in words.
  package var words: String?
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
  /// The place in ``Evidence/provocations`` of what is wrong with it.
  package var provocation: Int?
  /// How its frames lay, where they lay in an unusual way.
  var framing: ClientStream.Framing?

  /// What a finding calls it: the operation, else the message.
  package var label: String { words ?? operation ?? name ?? "an unknown message" }
}
