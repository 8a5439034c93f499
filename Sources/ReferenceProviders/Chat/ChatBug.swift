/// A fault that can be planted in the chat provider, to see whether a fuzzer or a contract finds it.
///
/// Each bites on valid messages only, and again in every run of the same messages on new connections.
package enum ChatBug: String, CaseIterable, Sendable {
  // The provider goes away.
  case exitOnUnknownTopic = "exit-on-unknown-topic"
  case exitOnThirdMessage = "exit-on-third-message"
  case abnormalClose = "abnormal-close"
  case droppedConnection = "dropped-connection"

  // The answer is late or does not come.
  case lateLongReply = "late-long-reply"
  case swallowedReply = "swallowed-reply"
  case silentAfterTwoErrors = "silent-after-two-errors"
  case missingStreamEnd = "missing-stream-end"

  // The answer comes twice, out of order or to somebody else.
  case duplicateStreamEnd = "duplicate-stream-end"
  case chunkAfterEnd = "chunk-after-end"
  case wrongRequestID = "wrong-request-id"
  case replyToOtherConnection = "reply-to-other-connection"

  // The answer is not as documented.
  case renamedField = "renamed-field"
  case hasMoreAsText = "has-more-as-text"
  case unknownFinishReason = "unknown-finish-reason"
  case errorWithoutCode = "error-without-code"
  case nullRequestID = "null-request-id"
  case undocumentedMessage = "undocumented-message"

  /// What it does and when, in a line.
  package var summary: String {
    switch self {
    case .exitOnUnknownTopic:
      "unsubscribe of topics that were never followed ends the process"
    case .exitOnThirdMessage:
      "the third send_message of a connection into the same thread ends the process"
    case .abnormalClose:
      "send_message with a character outside the Basic Multilingual Plane closes with 1011"
    case .droppedConnection:
      "the third subscribe of a connection drops it without a close frame"
    case .lateLongReply:
      "send_message with more than 2,000 characters is answered after 180 ms"
    case .swallowedReply:
      "the second subscribe_thread of a connection for the same thread gets no answer"
    case .silentAfterTwoErrors:
      "a connection that got two errors gets no answer any more"
    case .missingStreamEnd:
      "from the second message of a connection into the same thread on, stream_end is missing"
    case .duplicateStreamEnd:
      "send_message that names its client gets stream_end twice"
    case .chunkAfterEnd:
      "the last chunk of an answer with several chunks comes after stream_end"
    case .wrongRequestID:
      "unsubscribe is answered with the id of the connection's previous request"
    case .replyToOtherConnection:
      "stream_end goes to the connection that was opened last"
    case .renamedField:
      "thread_history has sentAt in place of sent_at"
    case .hasMoreAsText:
      "subscribe_thread with limit 1 is answered with has_more as a string"
    case .unknownFinishReason:
      "an answer that is cut off ends with the undocumented finish_reason 'truncated'"
    case .errorWithoutCode:
      "the error for a message into a thread that is not followed has no code"
    case .nullRequestID:
      "the others who follow a thread get request_id: null"
    case .undocumentedMessage:
      "subscribe to a topic that is followed already sends an undocumented debug_info"
    }
  }

  /// Where it sits.
  package var kind: BugClass {
    switch self {
    case .abnormalClose: .input
    case .exitOnUnknownTopic, .exitOnThirdMessage, .droppedConnection, .silentAfterTwoErrors,
      .swallowedReply, .missingStreamEnd:
      .state
    case .replyToOtherConnection, .nullRequestID: .connections
    default: .output
    }
  }

  /// The least number of messages that shows it on a fresh provider.
  package var optimum: Int {
    switch self {
    case .exitOnUnknownTopic, .hasMoreAsText, .errorWithoutCode: 1
    case .exitOnThirdMessage: 4
    case .droppedConnection, .silentAfterTwoErrors, .missingStreamEnd, .renamedField,
      .nullRequestID:
      3
    case .abnormalClose, .lateLongReply, .swallowedReply, .duplicateStreamEnd, .chunkAfterEnd,
      .wrongRequestID, .replyToOtherConnection, .unknownFinishReason, .undocumentedMessage:
      2
    }
  }
}
