import Contract
import JSON

/// Reads one matcher.
///
/// Spec: Pact V4 "Matching Rules", table of matchers; older names are read as well, and a matcher
/// without `match` is told by its other members.
struct MatcherReader {
  private let place: DocumentCursor

  init(_ place: DocumentCursor) { self.place = place }

  /// The matcher, or `nil` when it cannot work; problems are in the collector.
  func read() -> Matcher? {
    guard place.value.kind == .object else {
      place.error("a matcher is an object with 'match', found \(place.value.found)")
      return nil
    }
    guard let match = place["match"] else { return inferred() }
    guard let name = match.string() else { return nil }
    return named(name)
  }

  private func named(_ name: String) -> Matcher? {
    switch name {
    case "equality": .equality
    case "regex": regex()
    case "type": .type(minimum: bound("min"), maximum: bound("max"))
    case "min", "min-type": required("min").map { .type(minimum: $0, maximum: nil) }
    case "max", "max-type": required("max").map { .type(minimum: nil, maximum: $0) }
    case "include": text("value", of: "an 'include' matcher").map { .include($0) }
    case "number": .number
    case "integer": .integer
    case "decimal", "real": .decimal
    case "boolean": .boolean
    case "null": .null
    case "values": .values
    case "notEmpty", "not-empty": .notEmpty
    case "semver": .semver
    case "date": dateTime("date").map { .date(format: $0.format) }
    case "time": dateTime("time").map { .time(format: $0.format) }
    case "datetime", "timestamp": dateTime(name).map { .dateTime(format: $0.format) }
    case "contentType", "content-type":
      text("value", of: "a 'contentType' matcher").map { .contentType($0) }
    case "statusCode", "status-code": .statusCode(place["status"]?.value ?? "success")
    case "arrayContains", "array-contains": arrayContains()
    case "eachKey", "each-key": each().map { .eachKey($0) }
    case "eachValue", "each-value": each().map { .eachValue($0) }
    default: unknown(name)
    }
  }

  /// A matcher of version 2, which has no name.
  private func inferred() -> Matcher? {
    if place["regex"] != nil { return regex() }
    if place["min"] != nil || place["max"] != nil {
      return .type(minimum: bound("min"), maximum: bound("max"))
    }
    if place["timestamp"] != nil { return named("timestamp") }
    if place["time"] != nil { return named("time") }
    if place["date"] != nil { return named("date") }
    place.error("a matcher needs 'match', as in {\"match\": \"type\"}")
    return nil
  }

  private func regex() -> Matcher? {
    guard let source = place.required("regex", of: "a 'regex' matcher"), let text = source.string()
    else { return nil }
    do {
      return .regex(try PactPattern.cached(text).source)
    } catch {
      source.error("\(error)")
      return nil
    }
  }

  private func dateTime(_ name: String) -> (format: String?, Void)? {
    guard let format = place["format"] ?? place[name] else { return (nil, ()) }
    guard let text = format.string() else { return nil }
    guard !text.isEmpty else { return (nil, ()) }
    do {
      return (try DateTimePattern(text).source, ())
    } catch {
      format.error("\(error)")
      return nil
    }
  }

  /// Members that were written as numbers or as text, from 0.
  private func bound(_ name: String) -> Int? {
    guard let member = place[name] else { return nil }
    let number = member.value.intValue ?? member.value.stringValue.flatMap { Int($0) }
    guard let number, number >= 0 else {
      member.error("'\(name)' must be a whole number from 0, found \(member.value.found)")
      return nil
    }
    return number
  }

  private func required(_ name: String) -> Int? {
    place.required(name, of: "a '\(name)' matcher").flatMap { _ in bound(name) }
  }

  private func text(_ name: String, of owner: String) -> String? {
    place.required(name, of: owner)?.scalarText()
  }

  private func each() -> EachRule? {
    let items = place["rules"]?.items() ?? []
    let matchers = items.compactMap { MatcherReader($0).read() }
    guard matchers.count == items.count else { return nil }
    return EachRule(
      matchers,
      example: place["value"]?.value,
      generator: place["generator"]?.value
    )
  }

  private func arrayContains() -> Matcher? {
    guard let items = place.required("variants", of: "an 'arrayContains' matcher")?.items() else {
      return nil
    }
    return .arrayContains(
      items.map { item in
        ArrayVariant(
          index: item["index"]?.int(in: 0...Int.max) ?? 0,
          rules: item["rules"].map(RulesReader.variantRules),
          generators: item["generators"]?.value.objectValue ?? [:]
        )
      }
    )
  }

  private func unknown(_ name: String) -> Matcher {
    let near = nearestName(to: name, in: Self.names).map { "; did you mean '\($0)'?" } ?? ""
    place.collector.warn(
      at: place["match"]?.location ?? place.location,
      "the matcher '\(name)' is not known; nothing can match it\(near)"
    )
    return .unknown(name: name, place.otherMembers(than: ["match"]))
  }

  private static let names = [
    "equality", "regex", "type", "include", "number", "integer", "decimal", "boolean", "null",
    "date", "time", "datetime", "contentType", "values", "notEmpty", "semver", "arrayContains",
    "statusCode", "eachKey", "eachValue",
  ]
}
