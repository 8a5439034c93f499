import JSON

/// Turns a scenario into the value that stands for it in a file.
struct ScenarioWriter {
  let scenario: Scenario

  /// The whole scenario, members in the order in which a person reads them.
  var value: JSONValue {
    var root: JSONObject = ["wspact": .string(Scenario.format), "name": .string(scenario.name)]
    if !scenario.summary.isEmpty { root["summary"] = .string(scenario.summary) }
    if !scenario.given.isEmpty { root["given"] = .array(scenario.given.map(state)) }
    if scenario.connections != [ScenarioConnection(name: "main")] {
      let members = scenario.connections.map {
        JSONObject.Member(name: $0.name, value: facts($0.facts))
      }
      root["connections"] = .object(JSONObject(members))
    }
    root["steps"] = .array(scenario.steps.map(step))
    if let origin = scenario.origin { root["origin"] = self.origin(origin) }
    return .object(root)
  }

  private func state(_ state: ProviderState) -> JSONValue {
    var object: JSONObject = ["state": .string(state.name)]
    if !state.parameters.isEmpty { object["params"] = .object(state.parameters) }
    return .object(object)
  }

  private func facts(_ facts: ConnectionFacts?) -> JSONValue {
    guard let facts else { return [:] }
    var object: JSONObject = ["path": .string(facts.path)]
    if !facts.query.isEmpty { object["query"] = pairs(facts.query) }
    if !facts.headers.isEmpty { object["headers"] = pairs(facts.headers) }
    if let subprotocol = facts.subprotocol { object["subprotocol"] = .string(subprotocol) }
    return .object(object)
  }

  /// A mapping, or a list where a name comes more than once.
  private func pairs(_ pairs: [NameAndValue]) -> JSONValue {
    let object = JSONObject(
      pairs.map { JSONObject.Member(name: $0.name, value: .string($0.value)) }
    )
    guard !object.duplicateNames.isEmpty else { return .object(object) }
    return .array(pairs.map { ["name": .string($0.name), "value": .string($0.value)] })
  }

  private func origin(_ origin: ScenarioOrigin) -> JSONValue {
    [
      "specification": .string(origin.specification),
      "seed": JSONNumber(String(origin.seed)).map { .number($0) } ?? .null,
      "case": .number(JSONNumber(origin.caseNumber)),
      "finding": .string(origin.finding),
      "signature": .string(origin.signature),
      "budget": .string(DurationText.text(of: origin.budget)),
    ]
  }
}

// MARK: - Steps

extension ScenarioWriter {
  private func step(_ step: ScenarioStep) -> JSONValue {
    switch step {
    case .connect(let name): ["connect": .string(name)]
    case .send(let send): ["send": self.send(send)]
    case .expect(let expect): ["expect": self.expect(expect)]
    case .waitUntilQuiet(let span): ["waitUntilQuiet": .string(DurationText.text(of: span))]
    case .close(let name, let code, let reason): ["close": close(name, code, reason)]
    case .drop(let name): ["drop": .string(name)]
    case .ping(let name): ["ping": .string(name)]
    case .wait(let span): ["wait": .string(DurationText.text(of: span))]
    case .expectClose(let expect): ["expectClose": expectClose(expect)]
    case .bytes(let step): ["bytes": bytes(step)]
    case .frame(let step): ["frame": frame(step)]
    case .stall(let name): ["stall": .string(name)]
    case .resume(let name): ["resume": .string(name)]
    case .halfClose(let name): ["halfClose": .string(name)]
    case .reset(let name): ["reset": .string(name)]
    }
  }

  private func close(_ name: String, _ code: UInt16, _ reason: String) -> JSONValue {
    guard code != 1000 || !reason.isEmpty else { return .string(name) }
    var object: JSONObject = [
      "connection": .string(name), "code": .number(JSONNumber(Int(code))),
    ]
    if !reason.isEmpty { object["reason"] = .string(reason) }
    return .object(object)
  }

  private func send(_ send: SendStep) -> JSONValue {
    var object: JSONObject = ["on": .string(send.connection)]
    if let message = send.message { object["message"] = .string(message) }
    switch send.payload {
    case .json(let value) where value.hasDuplicateNames && send.bindings.isEmpty:
      object["text"] = .string(value.text())
    case .json(let value): object["json"] = value
    case .text(let text):
      if let pieces = TextPieces.pieces(of: text) {
        object["pieces"] = .array(pieces.map(piece))
      } else {
        object["text"] = .string(text)
      }
    case .binary(let bytes): object["base64"] = .string(Base64.encode(bytes))
    case .raw(let bytes): object["raw"] = .string(Base64.encode(bytes))
    }
    if !send.fragments.isEmpty { object["fragmentAt"] = places(send.fragments) }
    if !send.bindings.isEmpty {
      var bindings: JSONObject = [:]
      for binding in send.bindings {
        bindings[binding.target.description] = [
          "from": .string(binding.label), "at": .string(binding.source.description),
        ]
      }
      object["bind"] = .object(bindings)
    }
    return .object(object)
  }

  private func piece(_ piece: TextPieces.Piece) -> JSONValue {
    guard piece.count != 1 else { return .string(piece.text) }
    return ["text": .string(piece.text), "times": .number(JSONNumber(piece.count))]
  }

  private func expect(_ expect: ExpectStep) -> JSONValue {
    var object: JSONObject = ["on": .string(expect.connection)]
    if let message = expect.message { object["message"] = .string(message) }
    if !expect.values.isEmpty {
      var values: JSONObject = [:]
      for value in expect.values { values[value.pointer.description] = value.value }
      object["values"] = .object(values)
    }
    if let label = expect.label { object["as"] = .string(label) }
    if let within = expect.within { object["within"] = .string(DurationText.text(of: within)) }
    if expect.isOptional { object["optional"] = true }
    return .object(object)
  }
}

extension JSONValue {
  /// Whether a name stands twice in an object somewhere in this value.
  fileprivate var hasDuplicateNames: Bool {
    switch self {
    case .null, .bool, .number, .string: false
    case .array(let items): items.contains { $0.hasDuplicateNames }
    case .object(let object):
      !object.duplicateNames.isEmpty || object.members.contains { $0.value.hasDuplicateNames }
    }
  }
}
