import Contract
import JSON

/// Reads what an operation does beyond its reply.
///
///     x-wspact-requires: [log_in]
///     x-wspact-state: {resource: order, id: /order_id, effect: change, from: [paid], to: shipped}
///     x-wspact-subscription: {push: order_changed, effect: begin}
///
/// and on an operation with which something is said unasked:
///
///     x-wspact-audience: subscribers
///     x-wspact-trigger: [ship_order]
///     x-wspact-count: /watchers
struct EffectReader {
  /// The extensions that an operation may have.
  static let names = [
    "x-wspact-audience", "x-wspact-count", "x-wspact-requires", "x-wspact-state",
    "x-wspact-subscription", "x-wspact-trigger",
  ]

  /// The names of all operations of the document.
  let operations: [String]

  /// The effects that could be read.
  func read(_ node: DocumentNode) -> OperationEffects {
    OperationEffects(
      state: node.raw("x-wspact-state").flatMap(state),
      requires: node.raw("x-wspact-requires").map(operationNames) ?? [],
      subscription: node.raw("x-wspact-subscription").flatMap(subscription),
      audience: node.raw("x-wspact-audience").flatMap { choice($0, PushAudience.self) },
      triggers: node.raw("x-wspact-trigger").map(operationNames) ?? [],
      count: node.raw("x-wspact-count").flatMap(pointer)
    )
  }

  private func state(_ node: DocumentNode) -> StateEffect? {
    let known = ["resource", "id", "effect", "values", "from", "to"]
    guard isMapping(node, of: known) else { return nil }
    let resource = node.raw("resource").flatMap(text)
    let id = node.raw("id").flatMap(pointer)
    let kind = node.raw("effect").flatMap { choice($0, StateEffect.Kind.self) }
    for name in known.prefix(3) where node.raw(name) == nil {
      node.error("'\(node.key)' needs '\(name)'")
    }
    guard let resource, let id, let kind else { return nil }
    return StateEffect(
      resource: resource,
      id: id,
      kind: kind,
      values: node.items(of: "values").compactMap(pointer),
      from: node.items(of: "from").compactMap(text),
      to: node.raw("to").flatMap(text)
    )
  }

  private enum Hearing: String, CaseIterable {
    case begin, end
  }

  private func subscription(_ node: DocumentNode) -> SubscriptionEffect? {
    guard isMapping(node, of: ["push", "effect"]) else { return nil }
    guard let push = node.raw("push").flatMap(operationName),
      let effect = node.raw("effect").flatMap({ choice($0, Hearing.self) })
    else {
      if node.raw("push") == nil || node.raw("effect") == nil {
        node.error("'\(node.key)' needs 'push' and 'effect'")
      }
      return nil
    }
    return SubscriptionEffect(push: push, begins: effect == .begin)
  }

  // MARK: Parts

  private func isMapping(_ node: DocumentNode, of known: [String]) -> Bool {
    guard case .object(let object) = node.value else {
      node.error("'\(node.key)' must be a mapping, found \(node.value.found)")
      return false
    }
    for name in object.names where !known.contains(name) {
      let hint = nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
      node.child(.null, name).keyError(
        "'\(node.key)' has no '\(name)'; \(hint ?? "expected \(listed(known))")"
      )
    }
    return true
  }

  private func operationNames(_ node: DocumentNode) -> [String] {
    guard case .array(let items) = node.value else {
      node.error("'\(node.key)' must be a list of operations, found \(node.value.found)")
      return []
    }
    return items.enumerated().compactMap { operationName(node.child($1, String($0))) }
  }

  private func operationName(_ node: DocumentNode) -> String? {
    guard let name = text(node) else { return nil }
    guard operations.contains(name) else {
      let hint = nearestName(to: name, in: operations).map { "; did you mean '\($0)'?" }
      node.error("the document has no operation '\(name)'\(hint ?? "")")
      return nil
    }
    return name
  }

  private func pointer(_ node: DocumentNode) -> JSONPointer? {
    guard let text = text(node) else { return nil }
    guard let pointer = JSONPointer(text) else {
      node.error("'\(text)' is no JSON Pointer; expected a path such as /order_id")
      return nil
    }
    return pointer
  }

  private func choice<Choice>(_ node: DocumentNode, _ type: Choice.Type) -> Choice?
  where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
    guard let text = text(node) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    let hint = nearestName(to: text, in: known).map { "did you mean '\($0)'?" }
    node.error("'\(node.key)' is '\(text)'; \(hint ?? "expected \(listed(known))")")
    return nil
  }

  private func text(_ node: DocumentNode) -> String? {
    guard let text = node.value.stringValue else {
      node.error("'\(node.key)' must be a text, found \(node.value.found)")
      return nil
    }
    return text
  }
}
