import Contract
import JSON

/// Reads `comments.wspact`.
///
/// The published schema is `fixtures/schemas/wspact-comments.schema.json`; an unknown member is an
/// error, so that a misspelt fact is never silently dropped.
struct FactsReader {
  static let members = [
    "audience", "budgetMilliseconds", "closeCode", "connection", "conversation", "correlation",
    "frames", "identity", "repliesInAnyOrder", "request", "responses", "reuses",
    "silenceMilliseconds", "trigger",
  ]

  private let place: DocumentCursor

  init(_ place: DocumentCursor) { self.place = place }

  /// The facts that could be read; problems are in the collector.
  func read() -> WebSocketFacts {
    guard place.checkMembers(Self.members, of: "'wspact'") else { return WebSocketFacts() }
    return WebSocketFacts(
      connection: place["connection"].flatMap(connection),
      conversation: place["conversation"].flatMap(conversation),
      request: place["request"]?.string(),
      responses: (place["responses"]?.items() ?? []).compactMap(response),
      identity: place["identity"]?.jsonPointer(),
      correlation: place["correlation"].flatMap(correlation),
      reuses: (place["reuses"]?.items() ?? []).compactMap(reuse),
      frames: place["frames"].flatMap { choice($0) },
      repliesInAnyOrder: place["repliesInAnyOrder"]?.bool() ?? false,
      audience: place["audience"].flatMap { choice($0) },
      trigger: place["trigger"].flatMap(trigger),
      closeCode: place["closeCode"]?.int(in: 1000...4999).flatMap { UInt16(exactly: $0) },
      budgetMilliseconds: place["budgetMilliseconds"]?.int(in: 1...Int.max),
      silenceMilliseconds: place["silenceMilliseconds"]?.int(in: 1...60_000)
    )
  }

  /// One of the cases of an enumeration, by name.
  private func choice<Choice>(_ place: DocumentCursor) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let text = place.string() else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    place.error(
      "'\(place.name)' must be \(listed(Choice.allCases.map(\.rawValue))), found '\(text)'"
    )
    return nil
  }

  private func connection(_ place: DocumentCursor) -> ConnectionFacts? {
    guard place.checkMembers(["headers", "path", "query", "subprotocol"], of: "'connection'") else {
      return nil
    }
    return ConnectionFacts(
      path: place["path"]?.string() ?? "/",
      query: (place["query"]?.items() ?? []).compactMap { pair($0, of: "a query parameter") },
      headers: (place["headers"]?.items() ?? []).compactMap { pair($0, of: "a header") },
      subprotocol: place["subprotocol"]?.string()
    )
  }

  private func pair(_ place: DocumentCursor, of owner: String) -> NameAndValue? {
    guard place.checkMembers(["name", "value"], of: owner),
      let name = place.required("name", of: owner)?.string(),
      let value = place.required("value", of: owner)?.string()
    else { return nil }
    return NameAndValue(name: name, value: value)
  }

  private func conversation(_ place: DocumentCursor) -> ConversationFacts? {
    guard place.checkMembers(["name", "position"], of: "'conversation'"),
      let name = place.required("name", of: "'conversation'")?.string(),
      let position = place.required("position", of: "'conversation'")?.int(in: 1...Int.max)
    else { return nil }
    return ConversationFacts(name: name, position: position)
  }

  private func response(_ place: DocumentCursor) -> ResponseFacts? {
    guard place.checkMembers(["max", "message", "min"], of: "a response") else { return nil }
    let minimum = place["min"]?.int(in: 0...Int.max) ?? 1
    var maximum: Int? = max(minimum, 1)
    if let limit = place["max"] {
      maximum = limit.value.kind == .null ? nil : limit.int(in: 1...Int.max) ?? maximum
      if let maximum, maximum < minimum { limit.error("'max' is below 'min', which is \(minimum)") }
    }
    return ResponseFacts(message: place["message"]?.string(), minimum: minimum, maximum: maximum)
  }

  private func correlation(_ place: DocumentCursor) -> CorrelationFacts? {
    guard place.checkMembers(["request", "response"], of: "'correlation'"),
      let request = place.required("request", of: "'correlation'")?.jsonPointer(),
      let response = place.required("response", of: "'correlation'")?.jsonPointer()
    else { return nil }
    return CorrelationFacts(request: request, response: response)
  }

  private func reuse(_ place: DocumentCursor) -> ReusedValue? {
    let owner = "a reused value"
    guard place.checkMembers(["from", "interaction", "request", "response"], of: owner),
      let target = place.required("request", of: owner)?.jsonPointer(),
      let interaction = place.required("interaction", of: owner)?.string(),
      let source = place.required("from", of: owner)?.jsonPointer()
    else { return nil }
    return ReusedValue(
      target: target,
      interaction: interaction,
      response: place["response"]?.int(in: 0...Int.max) ?? 0,
      source: source
    )
  }

  private func trigger(_ place: DocumentCursor) -> WebSocketFacts.Trigger? {
    if place.value == .string("connect") { return .connect }
    guard place.value.kind == .object else {
      place.error(
        "'trigger' must be \"connect\" or {\"interaction\": \"...\"}, found \(place.value.found)"
      )
      return nil
    }
    guard place.checkMembers(["interaction"], of: "'trigger'"),
      let description = place.required("interaction", of: "'trigger'")?.string()
    else { return nil }
    return .interaction(description)
  }
}
