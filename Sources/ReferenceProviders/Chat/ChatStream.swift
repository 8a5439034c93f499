import JSON

/// The provider's answer to a message, cut into the parts in which it is sent.
struct ChatStream {
  /// What is said, all of it.
  let text: String
  private let chunks: [String]
  private let isCutOff: Bool

  /// Answers what somebody wrote, in at most as many chunks as the limit allows.
  init(answering content: String) {
    let scalars = Array("You wrote: \(content)".unicodeScalars)
    let kept = scalars.prefix(ChatLimits.chunkCharacters * ChatLimits.chunks)
    isCutOff = kept.count < scalars.count
    text = String(kept)
    chunks = stride(from: 0, to: kept.count, by: ChatLimits.chunkCharacters).map { start in
      String(kept[start...].prefix(ChatLimits.chunkCharacters))
    }
  }

  /// `stream_start`, each `stream_chunk` and `stream_end`, in order; `request` is the id that they
  /// repeat, and `nil` for those who did not ask.
  func parts(thread: String, message: String, request: String?, bug: ChatBug?) -> [JSONValue] {
    func part(_ type: String, _ members: JSONObject) -> JSONValue {
      var all: JSONObject = ["thread_id": .string(thread), "message_id": .string(message)]
      all.members += members.members
      if bug == .nullRequestID, request == nil { all["request_id"] = .null }
      return ChatReply.message(type, request, all)
    }
    let cutOff = bug == .unknownFinishReason ? "truncated" : "length"
    var parts = [part("stream_start", ["role": "assistant"])]
    for (index, chunk) in chunks.enumerated() {
      let place = JSONValue.number(JSONNumber(index))
      parts.append(part("stream_chunk", ["index": place, "content": .string(chunk)]))
    }
    let end: JSONObject = [
      "finish_reason": .string(isCutOff ? cutOff : "stop"),
      "chunks": .number(JSONNumber(chunks.count)),
    ]
    parts.append(part("stream_end", end))
    if bug == .chunkAfterEnd, chunks.count > 1 { parts.swapAt(parts.count - 2, parts.count - 1) }
    return parts
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
