import JSON

/// Reads the steps of a scenario one after the other; later ones may refer to earlier ones.
struct StepReader {
  private static let kinds = [
    "connect", "send", "expect", "expectClose", "wait", "waitUntilQuiet", "close", "drop", "ping",
    "bytes", "frame", "stall", "resume", "halfClose", "reset",
  ]

  private let connections: [String]
  private var labels: [String] = []

  init(connections: [String]) { self.connections = connections }

  /// The step, or `nil` when it could not be read.
  mutating func read(_ step: DocumentCursor) -> ScenarioStep? {
    guard case .object(let object) = step.value, object.count == 1 else {
      step.error(
        "a step is a mapping with one member, \(listed(Self.kinds)); found \(foundStep(step))"
      )
      return nil
    }
    guard step.checkMembers(Self.kinds, of: "a step"), let content = step.members()?.first else {
      return nil
    }
    switch content.name {
    case "connect": return connection(content).map { .connect($0) }
    case "drop": return connection(content).map { .drop($0) }
    case "ping": return connection(content).map { .ping($0) }
    case "waitUntilQuiet": return content.duration().map { .waitUntilQuiet($0) }
    case "close": return readClose(content)
    case "send": return readSend(content)
    case "expect": return readExpect(content)
    case "expectClose": return readExpectClose(content)
    case "wait": return content.duration().map { .wait($0) }
    case "bytes": return readBytes(content)
    case "frame": return readFrame(content)
    case "stall": return connection(content).map { .stall($0) }
    case "resume": return connection(content).map { .resume($0) }
    case "halfClose": return connection(content).map { .halfClose($0) }
    case "reset": return connection(content).map { .reset($0) }
    default: return nil
    }
  }

  private func foundStep(_ step: DocumentCursor) -> String {
    guard case .object(let object) = step.value else { return step.value.found }
    return object.isEmpty ? "none" : listed(object.names, joinedBy: "and")
  }

  /// The name of a connection that the scenario has.
  func connection(_ cursor: DocumentCursor) -> String? {
    guard let name = cursor.string() else { return nil }
    guard !connections.contains(name) else { return name }
    let hint =
      nearestName(to: name, in: connections).map { "; did you mean '\($0)'?" }
      ?? "; there is \(listed(connections, joinedBy: "and"))"
    cursor.error("there is no connection '\(name)'\(hint)")
    return nil
  }

  /// The connection a member names; the only one where the member is missing.
  func connection(
    _ member: String,
    of content: DocumentCursor,
    _ owner: String
  ) -> String? {
    if let cursor = content[member] { return connection(cursor) }
    guard connections.count == 1 else {
      content.error("\(owner) needs '\(member)' where there is more than one connection")
      return nil
    }
    return connections[0]
  }

  private func readClose(_ close: DocumentCursor) -> ScenarioStep? {
    if case .string = close.value {
      return connection(close).map { .close(connection: $0, code: 1000, reason: "") }
    }
    let owner = "a close step"
    guard close.checkMembers(["connection", "code", "reason"], of: owner) else { return nil }
    let name = connection("connection", of: close, owner)
    let code = close["code"].map { $0.int(in: 0...0xFFFF) } ?? 1000
    let reason = close["reason"].map { $0.string() } ?? ""
    guard let name, let code, let reason else { return nil }
    // Spec: RFC 6455 §5.5: 125 bytes at most, of which the code takes two.
    guard reason.utf8.count <= 123 else {
      close["reason"]?.error("the reason has \(reason.utf8.count) bytes; a close frame holds 123")
      return nil
    }
    return .close(connection: name, code: UInt16(code), reason: reason)
  }
}

// MARK: - Messages

extension StepReader {
  private func readSend(_ send: DocumentCursor) -> ScenarioStep? {
    let owner = "a send step"
    let names = [
      "on", "message", "json", "text", "pieces", "base64", "raw", "bind", "fragmentAt",
    ]
    guard send.checkMembers(names, of: owner) else { return nil }
    let name = connection("on", of: send, owner)
    let payload = readPayload(send)
    let bindings = send["bind"].map { readBindings($0, in: payload) } ?? []
    if let cursor = send["fragmentAt"], case .raw? = payload {
      cursor.keyError("'raw' bytes have no frames; divide them with 'splitAt' of a bytes step")
    }
    let fragments = send["fragmentAt"].map { readPlaces($0) } ?? []
    guard let name, let payload, let fragments else { return nil }
    return .send(
      SendStep(
        on: name,
        message: send["message"].flatMap { $0.string() },
        payload: payload,
        bindings: bindings,
        fragments: fragments
      )
    )
  }

  private func readPayload(_ send: DocumentCursor) -> ScenarioPayload? {
    let kinds = ["json", "text", "pieces", "base64", "raw"]
    let given = kinds.compactMap { send[$0] }
    guard let payload = given.first, given.count == 1 else {
      let found = given.isEmpty ? "none" : listed(given.map(\.name), joinedBy: "and")
      send.error("a send step gives one of \(listed(kinds)); found \(found)")
      return nil
    }
    switch payload.name {
    case "json": return .json(payload.value)
    case "text": return payload.string().map { .text($0) }
    case "pieces": return readPieces(payload).map { .text($0) }
    case "base64": return payload.base64().map { .binary($0) }
    default: return payload.base64().map { .raw($0) }
    }
  }

  /// A text made of parts: each a text, or a text with how often it stands there.
  private func readPieces(_ list: DocumentCursor) -> String? {
    guard let items = list.items() else { return nil }
    var pieces: [TextPieces.Piece] = []
    for item in items {
      if case .string = item.value {
        guard let text = item.string() else { return nil }
        pieces.append(TextPieces.Piece(text: text, count: 1))
        continue
      }
      let owner = "a piece"
      guard item.checkMembers(["text", "times"], of: owner),
        let text = item.required("text", of: owner)?.string(),
        let count = item.required("times", of: owner)?.int(in: 0...TextPieces.maximumBytes)
      else { return nil }
      pieces.append(TextPieces.Piece(text: text, count: count))
    }
    guard let text = TextPieces.text(of: pieces) else {
      list.error("'pieces' make more than \(TextPieces.maximumBytes) bytes")
      return nil
    }
    return text
  }

  private func readBindings(
    _ bind: DocumentCursor,
    in payload: ScenarioPayload?
  ) -> [ValueBinding] {
    let value: JSONValue? = if case .json(let value) = payload { value } else { nil }
    if payload != nil, value == nil { bind.keyError("'bind' replaces members of 'json'") }
    return (bind.members() ?? []).compactMap { binding -> ValueBinding? in
      let owner = "a binding"
      guard binding.checkMembers(["from", "at"], of: owner) else { return nil }
      let label = binding.required("from", of: owner).flatMap(knownLabel)
      let source = binding.required("at", of: owner)?.jsonPointer()
      guard let target = binding.keyPointer() else { return nil }
      if let value, value[target.parent] == nil {
        binding.keyError("'json' has no place for '\(target)': there is no '\(target.parent)'")
      }
      guard let label, let source else { return nil }
      return ValueBinding(target: target, label: label, source: source)
    }
  }

  /// A label that an earlier step gave.
  private func knownLabel(_ cursor: DocumentCursor) -> String? {
    guard let label = cursor.string() else { return nil }
    guard !labels.contains(label) else { return label }
    let hint = nearestName(to: label, in: labels).map { "; did you mean '\($0)'?" } ?? ""
    cursor.error("no expect step before this one keeps its message 'as: \(label)'\(hint)")
    return nil
  }

  private mutating func readExpect(_ expect: DocumentCursor) -> ScenarioStep? {
    let owner = "an expect step"
    let names = ["on", "message", "values", "as", "within", "optional"]
    guard expect.checkMembers(names, of: owner) else { return nil }
    let name = connection("on", of: expect, owner)
    let values = expect["values"]?.members()?.compactMap { member in
      member.keyPointer().map { MessageIdentity(pointer: $0, value: member.value) }
    }
    let label = expect["as"].flatMap { $0.string() }
    if let label { labels.append(label) }
    guard let name else { return nil }
    return .expect(
      ExpectStep(
        on: name,
        message: expect["message"].flatMap { $0.string() },
        values: values ?? [],
        label: label,
        within: expect["within"].flatMap { $0.duration() },
        isOptional: expect["optional"].flatMap { $0.bool() } ?? false
      )
    )
  }
}
