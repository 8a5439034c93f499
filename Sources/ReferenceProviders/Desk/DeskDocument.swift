import JSON
import JSONSchema

/// What clients may say: the schema of each of their messages.
struct DeskDocument {
  /// What a text message turns out to be.
  enum Reading {
    /// A message that fits the document.
    case request(DeskRequest)
    /// JSON that does not, and why.
    case invalid(String)
    /// No JSON.
    case notJSON
  }

  /// By the value of `type`.
  let schemas: [String: CompiledSchema]
  let bug: DeskBug?

  /// Reads a text message.
  func read(_ payload: [UInt8]) -> Reading {
    guard let text = try? JSONDocument(parsing: payload) else { return .notJSON }
    guard text.duplicateNames.isEmpty else { return .invalid("a name stands twice") }
    let message = text.value
    guard let type = message["type"]?.stringValue, let schema = schemas[type] else {
      return .invalid("no known type")
    }
    if bug == .typeMustComeFirst, message.objectValue?.members.first?.name != "type" {
      return .invalid("no type")
    }
    let (repaired, extras) = repair(message, of: type)
    let isValid = repaired.map(schema.isValid) ?? schema.isValid(text)
    guard isValid, var request = DeskRequest(repaired ?? message) else {
      return .invalid("\(type) does not match its schema")
    }
    request.extras = extras
    return .request(request)
  }

  /// An invalid message as a planted bug understands it, and members that are left over; `nil` for
  /// the message as it is.
  private func repair(
    _ message: JSONValue,
    of type: String
  ) -> (message: JSONValue?, extras: JSONObject) {
    guard var object = message.objectValue else { return (nil, [:]) }
    switch (bug, type) {
    case (.limitPlusOne, "list_orders") where object["limit"]?.intValue == 51:
      object["limit"] = 50
    case (.limitAsText, "list_orders") where object["limit"]?.stringValue != nil:
      object["limit"] = nil
    case (.missingCustomer, "create_order") where object["customer"] == nil:
      object["customer"] = "unknown"
    case (.extraReflected, "create_order"):
      let known = ["type", "request_id", "customer", "note"]
      let extras = object.members.filter { !known.contains($0.name) }
      object.members.removeAll { !known.contains($0.name) }
      return (.object(object), JSONObject(extras))
    default:
      return (nil, [:])
    }
    return (.object(object), [:])
  }
}
