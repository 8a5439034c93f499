import JSON

/// What the provider says, as the document has it.
enum ChatReply {
  static func ping(id: String) -> JSONValue { ["type": "ping", "ping_id": .string(id)] }

  static func pong(id: String) -> JSONValue { ["type": "pong", "ping_id": .string(id)] }

  static func subscribed(_ request: String, topics: [String]) -> JSONValue {
    message("subscribed", request, ["topics": .array(topics.map(JSONValue.string))])
  }

  static func unsubscribed(_ request: String, topics: [String]) -> JSONValue {
    message("unsubscribed", request, ["topics": .array(topics.map(JSONValue.string))])
  }

  static func error(_ request: String, code: String?, _ text: String) -> JSONValue {
    var members: JSONObject = [:]
    members["code"] = code.map(JSONValue.string)
    members["message"] = .string(text)
    return message("error", request, members)
  }

  static func agentEvent(agent: String, event: String, status: String, at: String) -> JSONValue {
    message(
      "agent_event",
      nil,
      [
        "agent_id": .string(agent), "event": .string(event), "status": .string(status),
        "occurred_at": .string(at),
      ]
    )
  }

  /// A message of this type; `request_id` is left out when there is none.
  static func message(_ type: String, _ request: String?, _ members: JSONObject) -> JSONValue {
    var object: JSONObject = ["type": .string(type)]
    object["request_id"] = request.map(JSONValue.string)
    object.members += members.members
    return .object(object)
  }
}
