package import JSON

/// A request and what came back.
package struct Exchange: Sendable {
  /// How far it has come.
  package enum State: Sendable, Hashable {
    /// More must come.
    case open
    /// All has come that must.
    case answered
    /// A message of the answer came at the wrong place.
    case disordered
    /// The connection ended before the answer was there.
    case cut
  }

  /// The place of the operation in the API description.
  package var operation: Int
  /// The operation's name.
  package var operationName: String
  /// The name of the request.
  package var message: String
  /// The place of the connection in ``Evidence/connections``.
  package var connection: Int
  /// The request, as it was sent.
  package var request: SentMessage
  /// The id that replies must repeat.
  package var correlation: JSONValue?
  /// What the request says, where the document says what it has an effect on.
  package var document: JSONDocument?
  /// When the first reply came.
  package var firstReplyAt: Int64?
  /// When the last message of the answer came so far.
  package var lastReplyAt: Int64?
  /// The places of the replies in ``Evidence/received``.
  package var replies: [Int] = []
  /// How far it has come.
  package var state: State = .open
  /// How it ended, once its first reply has come; only noted where the document says what operations
  /// do, as it is asked for many times then.
  var outcome: ExchangeOutcome?
  /// When its connection ended, if it ended before the answer was there.
  package var cutAt: Int64?
  var progress: ReplyProgress

  /// When the request was sent, in nanoseconds of the transcript.
  package var sentAt: Int64 { request.nanoseconds }

  /// The number of the request's frame on its connection.
  package var frame: Int { request.frame }

  /// The step of the scenario that sent it.
  package var step: Int? { request.step }

  /// The time from the request to the first reply, in nanoseconds.
  package var replyNanoseconds: Int64? { firstReplyAt.map { max(0, $0 - sentAt) } }
}
