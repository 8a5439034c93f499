import JSON

/// Reads a scenario from a document; what is wrong goes to the collector.
struct ScenarioReader {
  private let root: DocumentCursor

  init(_ root: DocumentCursor) { self.root = root }

  /// The scenario, or `nil` when it has no steps that could be read.
  func read() -> Scenario? {
    guard isScenario() else { return nil }
    let names = [
      "wspact", "name", "summary", "given", "connections", "steps", "origin",
    ]
    guard root.checkMembers(names, of: "a scenario") else { return nil }
    let name = root.required("name", of: "a scenario")?.string()
    let connections = root["connections"].map(readConnections) ?? [ScenarioConnection(name: "main")]
    let steps = root.required("steps", of: "a scenario")?.items().map { items in
      var reader = StepReader(connections: connections.map(\.name))
      return items.compactMap { reader.read($0) }
    }
    let origin = root["origin"].flatMap(readOrigin)
    guard let name, let steps else { return nil }
    return Scenario(
      name: name,
      summary: root["summary"]?.string() ?? "",
      given: root["given"]?.items()?.compactMap(readState) ?? [],
      connections: connections,
      steps: steps,
      origin: origin
    )
  }

  private func isScenario() -> Bool {
    guard case .object = root.value, let format = root["wspact"] else {
      root.error(
        "this is no scenario: expected a mapping that begins with 'wspact: \(Scenario.format)'"
      )
      return false
    }
    guard format.value.stringValue == Scenario.format else {
      format.error("found \(format.value.found), expected 'wspact: \(Scenario.format)'")
      return false
    }
    return true
  }

  private func readState(_ item: DocumentCursor) -> ProviderState? {
    if let name = item.value.stringValue { return ProviderState(name: name) }
    guard item.checkMembers(["state", "params"], of: "a provider state") else { return nil }
    guard let name = item.required("state", of: "a provider state")?.string() else { return nil }
    guard let parameters = item["params"] else { return ProviderState(name: name) }
    guard case .object(let object) = parameters.value else {
      _ = parameters.members()
      return nil
    }
    return ProviderState(name: name, parameters: object)
  }

  private func readOrigin(_ origin: DocumentCursor) -> ScenarioOrigin? {
    let owner = "an origin"
    let names = ["specification", "seed", "case", "finding", "signature", "budget"]
    guard origin.checkMembers(names, of: owner) else { return nil }
    let specification = origin.required("specification", of: owner)?.string()
    let seed = origin.required("seed", of: owner)?.unsigned()
    let caseNumber = origin.required("case", of: owner)?.int(in: 1...Int.max)
    let finding = origin.required("finding", of: owner)?.string()
    let signature = origin.required("signature", of: owner)?.string()
    let budget = origin.required("budget", of: owner)?.duration()
    guard let specification, let seed, let caseNumber, let finding, let signature, let budget else {
      return nil
    }
    return ScenarioOrigin(
      specification: specification,
      seed: seed,
      caseNumber: caseNumber,
      finding: finding,
      signature: signature,
      budget: budget
    )
  }
}

// MARK: - Connections

extension ScenarioReader {
  private func readConnections(_ connections: DocumentCursor) -> [ScenarioConnection] {
    (connections.members() ?? []).map { connection in
      ScenarioConnection(name: connection.name, facts: readFacts(connection))
    }
  }

  /// The opening request; nothing, or an empty mapping, leaves it to the provider's URL.
  private func readFacts(_ connection: DocumentCursor) -> ConnectionFacts? {
    switch connection.value {
    case .null: return nil
    case .object(let object) where object.isEmpty: return nil
    default: break
    }
    let names = ["path", "query", "headers", "subprotocol"]
    guard connection.checkMembers(names, of: "a connection") else { return nil }
    var facts = ConnectionFacts()
    if let path = connection["path"], let text = path.string() {
      if !text.hasPrefix("/") { path.error("the path '\(text)' must begin with '/'") }
      if text.contains("?") {
        path.error("the path '\(text)' has a query; give it as 'query: {name: value}'")
      }
      facts.path = text
    }
    facts.query = connection["query"].map(readPairs) ?? []
    facts.headers = connection["headers"].map(readPairs) ?? []
    facts.subprotocol = connection["subprotocol"]?.string()
    return facts
  }

  /// Pairs from a mapping or, where a name comes more than once, from a list of names and values.
  private func readPairs(_ pairs: DocumentCursor) -> [NameAndValue] {
    guard case .array = pairs.value else {
      return (pairs.members() ?? []).compactMap { member in
        member.scalarText().map { NameAndValue(name: member.name, value: $0) }
      }
    }
    return (pairs.items() ?? []).compactMap { item in
      let owner = "an item of '\(pairs.name)'"
      guard item.checkMembers(["name", "value"], of: owner) else { return nil }
      let name = item.required("name", of: owner)?.string()
      let value = item.required("value", of: owner)?.scalarText()
      guard let name, let value else { return nil }
      return NameAndValue(name: name, value: value)
    }
  }
}
