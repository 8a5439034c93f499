import JSON

/// What a client says, read from a message that fits the document.
struct DeskRequest {
  /// What is asked.
  enum Content {
    case ping
    case authenticate(user: String)
    case getSession(String)
    case logOut(String)
    case echoNote(String)
    case createOrder(customer: String, note: String?)
    case setNote(order: String, note: String)
    case addItem(order: String, Order.Item)
    case getOrder(String)
    case payOrder(String)
    case shipOrder(String)
    case cancelOrder(String)
    case deleteOrder(String)
    case listOrders(status: Order.Status?, limit: Int)
    case watchOrders
    case unwatchOrders
  }

  /// The id that every answer repeats, as it was written.
  let id: JSONNumber
  /// What is asked.
  let content: Content
  /// The message itself.
  let message: JSONValue
  /// Members that the document does not know; only a planted bug lets them through.
  var extras: JSONObject = [:]

  /// Reads a message.
  ///
  /// - Returns: `nil` for a message that no client says.
  init?(_ message: JSONValue) {
    func text(_ name: String) -> String { message[name]?.stringValue ?? "" }
    self.message = message
    id = message["request_id"]?.numberValue ?? JSONNumber(0)
    let order = text("order_id")
    switch message["type"]?.stringValue {
    case "ping": content = .ping
    case "authenticate": content = .authenticate(user: text("user"))
    case "get_session": content = .getSession(text("session_id"))
    case "log_out": content = .logOut(text("session_id"))
    case "echo_note": content = .echoNote(text("text"))
    case "create_order":
      content = .createOrder(customer: text("customer"), note: message["note"]?.stringValue)
    case "set_note": content = .setNote(order: order, note: text("note"))
    case "add_item":
      let quantity = message["quantity"]?.intValue ?? 0
      content = .addItem(order: order, Order.Item(sku: text("sku"), quantity: quantity))
    case "get_order": content = .getOrder(order)
    case "pay_order": content = .payOrder(order)
    case "ship_order": content = .shipOrder(order)
    case "cancel_order": content = .cancelOrder(order)
    case "delete_order": content = .deleteOrder(order)
    case "list_orders":
      content = .listOrders(
        status: message["status"]?.stringValue.flatMap(Order.Status.init(rawValue:)),
        limit: message["limit"]?.intValue ?? DeskLimits.defaultList
      )
    case "watch_orders": content = .watchOrders
    case "unwatch_orders": content = .unwatchOrders
    default: return nil
    }
  }
}
