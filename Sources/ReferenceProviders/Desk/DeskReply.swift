import JSON

/// What the desk says, as the document has it.
enum DeskReply {
  /// A message of this type; `request_id` is left out when there is none.
  static func message(
    _ type: String,
    _ request: JSONNumber?,
    _ members: JSONObject = [:]
  ) -> JSONValue {
    var object: JSONObject = ["type": .string(type)]
    object["request_id"] = request.map(JSONValue.number)
    object.members += members.members
    return .object(object)
  }

  static func error(_ request: JSONNumber?, _ code: DeskErrorCode, _ text: String) -> JSONValue {
    message("error", request, ["code": .string(code.rawValue), "message": .string(text)])
  }

  static func order(_ request: JSONNumber, _ order: Order) -> JSONValue {
    var members: JSONObject = [
      "order_id": .string(order.id), "status": .string(order.status.rawValue),
      "customer": .string(order.customer),
    ]
    members["note"] = order.note.map(JSONValue.string)
    members["items"] = .array(
      order.items.map {
        ["sku": .string($0.sku), "quantity": .number(JSONNumber($0.quantity))]
      }
    )
    members["units"] = .number(JSONNumber(order.units))
    members["revision"] = .number(JSONNumber(order.revision))
    members.members += order.extras.members
    return message("order", request, members)
  }

  static func orderChanged(
    _ order: String,
    _ event: DeskEvent,
    number: Int,
    watchers: Int
  ) -> JSONValue {
    message(
      "order_changed",
      nil,
      [
        "number": .number(JSONNumber(number)), "event": .string(event.rawValue),
        "order_id": .string(order), "watchers": .number(JSONNumber(watchers)),
      ]
    )
  }
}

/// Why something is not served.
enum DeskErrorCode: String {
  case invalidMessage = "invalid_message"
  case unauthenticated
  case notFound = "not_found"
  case wrongStatus = "wrong_status"
  case tooManyItems = "too_many_items"
  case tooManyWatchers = "too_many_watchers"
  case notWatching = "not_watching"
}

/// What happened to an order.
enum DeskEvent: String {
  case created, noted, paid, shipped, cancelled, deleted
  case itemAdded = "item_added"
}
