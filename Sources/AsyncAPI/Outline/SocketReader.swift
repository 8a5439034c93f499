import Contract
import JSON

/// Reads what a channel says about its socket: the parameters of its path, and what the opening
/// request carries.
struct SocketReader {
  let channel: DocumentNode

  /// The names of the `{parameters}` in an address, each once.
  static func parameters(in address: String) -> [String] {
    var names: [String] = []
    var rest = Substring(address)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      if !names.contains(name) { names.append(name) }
      rest = rest[rest.index(after: close)...]
    }
    return names
  }

  /// What the opening request carries in its query and as headers.
  ///
  /// Spec: AsyncAPI WebSockets binding 0.1.0.
  func readBinding() -> (query: [ConnectionParameter], headers: [ConnectionParameter]) {
    guard let bindings = channel.member("bindings") else { return ([], []) }
    guard let binding = bindings.member("ws") else { return ([], []) }
    guard binding.isMapping("the ws binding") else { return ([], []) }
    binding.checkNames(["method", "query", "headers", "bindingVersion"], of: "the ws binding")
    if let method = binding.member("method"), let text = binding.text("method"),
      text.uppercased() != "GET"
    {
      method.warn("a WebSocket is opened with GET, not with '\(text)' (RFC 6455 section 4.1)")
    }
    return (parameters("query", of: binding), parameters("headers", of: binding))
  }

  private func parameters(_ name: String, of binding: DocumentNode) -> [ConnectionParameter] {
    guard let schema = binding.member(name) else { return [] }
    guard schema.isMapping("'\(name)' of the ws binding") else { return [] }
    var found: [ConnectionParameter] = []
    collect(schema, depth: 0, into: &found)
    if found.isEmpty, schema.member("properties") == nil {
      schema.warn("'\(name)' of the ws binding has no 'properties', so it says nothing")
    }
    return found
  }

  /// The properties of an object schema and of what it is put together from.
  private func collect(
    _ schema: DocumentNode,
    depth: Int,
    into found: inout [ConnectionParameter]
  ) {
    let required = Set((schema.value["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    for property in schema.members(of: "properties") where !found.contains(name: property.key) {
      guard let value = property.followed?.value else { continue }
      found.append(
        ConnectionParameter(
          name: property.key,
          isRequired: required.contains(property.key),
          schema: value
        )
      )
    }
    if depth < 8, schema.raw("allOf") != nil {
      for part in schema.items(of: "allOf") {
        if let part = part.followed { collect(part, depth: depth + 1, into: &found) }
      }
    }
    for index in found.indices where required.contains(found[index].name) {
      found[index].isRequired = true
    }
  }
}

extension [ConnectionParameter] {
  fileprivate func contains(name: String) -> Bool { contains { $0.name == name } }
}
