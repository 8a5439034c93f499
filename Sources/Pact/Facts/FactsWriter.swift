import Contract
import JSON

extension WebSocketFacts {
  /// The value of `comments.wspact` with sorted names, or `nil` when no fact is known.
  var jsonValue: JSONValue? {
    var object = JSONObject()
    object["audience"] = audience.map { .string($0.rawValue) }
    object["budgetMilliseconds"] = budgetMilliseconds.map { .number(JSONNumber($0)) }
    object["closeCode"] = closeCode.map { .number(JSONNumber(Int($0))) }
    object["connection"] = connection?.jsonValue
    object["conversation"] = conversation.map {
      ["name": .string($0.name), "position": .number(JSONNumber($0.position))]
    }
    object["correlation"] = correlation.map {
      ["request": .string("\($0.request)"), "response": .string("\($0.response)")]
    }
    object["frames"] = frames.map { .string($0.rawValue) }
    object["identity"] = identity.map { .string("\($0)") }
    object["repliesInAnyOrder"] = repliesInAnyOrder ? .bool(true) : nil
    object["request"] = request.map { .string($0) }
    object["responses"] = responses.isEmpty ? nil : .array(responses.map(\.jsonValue))
    object["reuses"] = reuses.isEmpty ? nil : .array(reuses.map(\.jsonValue))
    object["silenceMilliseconds"] = silenceMilliseconds.map { .number(JSONNumber($0)) }
    object["trigger"] = trigger?.jsonValue
    return object.isEmpty ? nil : .object(object)
  }
}

extension ConnectionFacts {
  fileprivate var jsonValue: JSONValue {
    var object = JSONObject()
    object["headers"] = headers.isEmpty ? nil : .array(headers.map(\.jsonValue))
    object["path"] = .string(path)
    object["query"] = query.isEmpty ? nil : .array(query.map(\.jsonValue))
    object["subprotocol"] = subprotocol.map { .string($0) }
    return .object(object)
  }
}

extension NameAndValue {
  fileprivate var jsonValue: JSONValue { ["name": .string(name), "value": .string(value)] }
}

extension ResponseFacts {
  /// Bounds are left out where they are 1.
  fileprivate var jsonValue: JSONValue {
    var object = JSONObject()
    if maximum != max(minimum, 1) {
      object["max"] = maximum.map { .number(JSONNumber($0)) } ?? .null
    }
    object["message"] = message.map { .string($0) }
    object["min"] = minimum == 1 ? nil : .number(JSONNumber(minimum))
    return .object(object)
  }
}

extension ReusedValue {
  fileprivate var jsonValue: JSONValue {
    [
      "from": .string("\(source)"),
      "interaction": .string(interaction),
      "request": .string("\(target)"),
      "response": .number(JSONNumber(response)),
    ]
  }
}

extension WebSocketFacts.Trigger {
  fileprivate var jsonValue: JSONValue {
    switch self {
    case .connect: "connect"
    case .interaction(let description): ["interaction": .string(description)]
    }
  }
}
