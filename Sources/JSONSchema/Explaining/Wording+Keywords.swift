import JSON

/// The sentences of keywords that the schema and the value explain alone.
extension Wording {
  func plainPhrases(_ node: SchemaNode, _ finding: Finding) -> Phrases {
    let value = finding.value
    switch finding.keyword {
    case "type":
      let types = node.types ?? []
      return Phrases(
        expected: article(types),
        actual: show(value),
        hint: unquoted(value, types)
      )
    case "const":
      let expected = node.constant.map(show) ?? ""
      return Phrases(
        expected: expected,
        actual: shown(value, beside: node.constant.map { [$0] } ?? []),
        hint: similarValue(value, node.constant.map { [$0] } ?? [])
      )
    case "enum":
      let values = node.enumeration ?? []
      let expected = values.count == 1 ? show(values) : "one of \(show(values))"
      return Phrases(
        expected: values.isEmpty ? "no value" : expected,
        actual: show(value),
        hint: similarValue(value, values)
      )
    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
      return Phrases(expected: numberRange(node), actual: show(value))
    case "multipleOf":
      return Phrases(
        expected: "a multiple of \(node.multipleOf?.text ?? "")",
        actual: show(value)
      )
    case "minLength", "maxLength":
      let length = tape.string(of: value).unicodeScalars.count
      let range = countRange(node.minLength, node.maxLength, "character")
      return Phrases(
        expected: "a string of \(range)",
        actual: length <= 20 ? "\(show(value)) with \(length)" : counted(length, "character")
      )
    case "pattern":
      return Phrases(
        expected: "a string that matches \(node.pattern?.source ?? "")",
        actual: show(value),
        hint: respelt(value, node.pattern)
      )
    case "format":
      return Phrases(
        expected: formatName(node.format ?? ""),
        actual: show(value),
        hint: nearlyDateTime(value, node.format)
      )
    case "contentEncoding":
      return Phrases(
        expected: "\(node.contentEncoding ?? "") text",
        actual: show(value)
      )
    case "contentMediaType":
      return Phrases(
        expected: "\(node.contentMediaType ?? "") content",
        actual: show(value)
      )
    case "minItems", "maxItems":
      let range = countRange(node.minItems, node.maxItems, "item")
      return Phrases(expected: range, actual: String(tape.childCount(of: value)))
    case "minProperties", "maxProperties":
      let range = countRange(node.minProperties, node.maxProperties, "property")
      return Phrases(expected: range, actual: String(tape.childCount(of: value)))
    case "not":
      return unwanted(node, value)
    default:
      return Phrases(expected: "a value that '\(finding.keyword)' allows", actual: show(value))
    }
  }

  /// What `not` rejects, in its own words where it says one simple thing.
  private func unwanted(_ node: SchemaNode, _ value: Int) -> Phrases {
    guard let not = node.not else { return Phrases(expected: "another value", actual: show(value)) }
    let unwanted = graph[not]
    switch (unwanted.types, unwanted.constant, unwanted.enumeration, unwanted.required.first) {
    case (nil, let constant?, nil, nil):
      return Phrases(expected: "anything but \(show(constant))", actual: show(value))
    case (nil, nil, let values?, nil):
      return Phrases(expected: "none of \(show(values))", actual: show(value))
    case (let types?, nil, nil, nil) where unwanted.isNothingElse:
      return Phrases(expected: "anything but \(article(types))", actual: show(value))
    case (nil, nil, nil, let name?) where unwanted.isNothingElse && unwanted.required.count == 1:
      return Phrases(
        expected: "no property '\(name)'",
        actual: show(value),
        sentence: "the property '\(name)' is not allowed here"
      )
    default:
      let name = graph.name(of: not)
      let described = name == "not" ? "the schema under 'not'" : "'\(name)'"
      return Phrases(
        expected: "a value that does not match \(described)",
        actual: show(value)
      )
    }
  }

  /// `an integer of at least 18`.
  private func numberRange(_ node: SchemaNode) -> String {
    let isInteger = node.types.map { $0.contains(.integer) && !$0.contains(.number) } ?? false
    let noun = isInteger ? "an integer" : "a number"
    let low = node.minimum.map { ("at least", $0) } ?? node.exclusiveMinimum.map { ("above", $0) }
    let high = node.maximum.map { ("at most", $0) } ?? node.exclusiveMaximum.map { ("below", $0) }
    switch (low, high) {
    case (let low?, let high?):
      if low.0 == "at least", high.0 == "at most" { return "\(noun) from \(low.1) to \(high.1)" }
      return "\(noun) \(low.0) \(low.1) and \(high.0) \(high.1)"
    case (let bound?, nil), (nil, let bound?):
      let isInclusive = bound.0.hasPrefix("at")
      return "\(noun) \(isInclusive ? "of " : "")\(bound.0) \(bound.1)"
    case (nil, nil):
      return noun
    }
  }

  /// `1 to 40 characters`.
  private func countRange(_ low: Int?, _ high: Int?, _ noun: String) -> String {
    switch (low ?? 0, high) {
    case (let low, nil): "at least \(counted(low, noun))"
    case (0, let high?): "at most \(counted(high, noun))"
    case (let low, let high?) where low == high: "exactly \(counted(low, noun))"
    case (let low, let high?): "\(low) to \(counted(high, noun))"
    }
  }

  private func formatName(_ format: String) -> String {
    switch format {
    case "date-time": "a date-time such as 2026-03-01T12:30:00Z"
    case "date": "a date such as 2026-03-01"
    case "time": "a time such as 12:30:00Z"
    case "duration": "a duration such as PT1H30M"
    case "email": "an email address such as ann@example.com"
    case "uuid": "a UUID such as 2eb8aa08-aa98-41ea-b4aa-73b441d16380"
    case "ipv4": "an IPv4 address such as 192.0.2.1"
    case "ipv6": "an IPv6 address such as 2001:db8::1"
    case "uri": "a URI such as https://example.com/a"
    case "regex": "an ECMA-262 regular expression"
    case "idn-email": "an email address such as ann@example.com"
    case "hostname", "idn-hostname": "a host name such as www.example.com"
    case "iri": "an IRI such as https://example.com/a"
    case "uri-reference", "iri-reference": "a URI or a part of one such as /a?b=c"
    case "uri-template": "a URI template such as /users/{id}"
    case "json-pointer": "a JSON Pointer such as /a/0"
    case "relative-json-pointer": "a relative JSON Pointer such as 1/a"
    case "int32": "a whole number of 32 bits"
    case "int64": "a whole number of 64 bits"
    default: "format '\(format)'"
    }
  }
}

// MARK: - Words

extension Wording {
  /// A value as it is shown in a sentence: short ones whole, long ones cut, containers by size.
  func show(_ value: Int) -> String {
    switch tape.kind(of: value) {
    case .array:
      let count = tape.childCount(of: value)
      return count == 0 ? "an empty array" : "an array of \(counted(count, "item"))"
    case .object:
      let count = tape.childCount(of: value)
      return count == 0 ? "an empty object" : "an object of \(counted(count, "property"))"
    default:
      return show(tape.value(of: value))
    }
  }

  /// A value as it is shown beside wanted ones: whole when it is short and they are of its kind.
  func shown(_ value: Int, beside wanted: [JSONValue]) -> String {
    let kind = tape.kind(of: value)
    guard kind == .array || kind == .object, wanted.contains(where: { $0.isOf(kind) }),
      tape.textRange(of: value).count <= 80
    else { return show(value) }
    return show(tape.value(of: value))
  }

  /// A value of a schema.
  func show(_ value: JSONValue) -> String {
    let text = value.text()
    guard text.unicodeScalars.count > 80 else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(77))) + "..."
  }

  /// A list of values, cut when it is long.
  func show(_ values: [JSONValue]) -> String {
    let shown = values.prefix(20).map(show)
    let rest = values.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// Names in a list, cut when it is long.
  func listed(_ names: [String]) -> String {
    let rest = names.count - 20
    return names.prefix(20).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  func quoted(_ key: Int) -> String { show(.string(tape.string(of: key))) }

  /// The name that was probably meant; names of one or two letters are near to too many others.
  func similarName(to name: String, in candidates: [String]) -> String? {
    guard givesHints, name.unicodeScalars.count > 2 else { return nil }
    let others = candidates.lazy.filter {
      $0.unicodeScalars.count > 2 && !$0.hasSameBytes(as: name)
    }
    return nearestName(to: name, in: others)
  }

  /// Points at the value that was probably meant.
  func similarValue(_ value: Int, _ candidates: [JSONValue]) -> String {
    let found = tape.value(of: value)
    guard case .string(let text) = found else {
      // The same text with another type is a common slip.
      let twin = candidates.first { $0.stringValue == found.text() }
      return twin.map { "; did you mean the string \(show($0))?" } ?? ""
    }
    if let twin = candidates.first(where: { $0.stringValue == nil && $0.text() == text }) {
      return "; did you mean \(show(twin)) without quotes?"
    }
    guard candidates.count > 1 else { return "" }
    let names = candidates.prefix(1_000).compactMap(\.stringValue)
    let meant = similarName(to: text, in: names) ?? extended(text, in: names)
    return meant.map { "; did you mean \(show(.string($0)))?" } ?? ""
  }

  /// `1 item`, `2 items`, `2 properties`.
  func counted(_ count: Int, _ noun: String) -> String {
    guard count != 1 else { return "1 \(noun)" }
    return noun.hasSuffix("y") ? "\(count) \(noun.dropLast())ies" : "\(count) \(noun)s"
  }

  /// `a`, `a or b`, `a, b or c`.
  func joined(_ words: [String], _ conjunction: String) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  /// The types with their articles: `a string or null`.
  func article(_ types: SchemaTypes) -> String {
    let names = types.names.map { name in
      switch name {
      case "null": "null"
      case "integer", "array", "object": "an \(name)"
      default: "a \(name)"
      }
    }
    return names.isEmpty ? "nothing" : joined(names, "or")
  }
}

extension SchemaNode {
  /// Whether nothing but `type` and `required` can reject a value.
  fileprivate var isNothingElse: Bool {
    inPlaceSubschemas.isEmpty && childSubschemas.isEmpty && !assertsLimits
  }

  private var assertsLimits: Bool {
    let numbers = [minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf]
    let counts = [
      minLength, maxLength, minItems, maxItems, minProperties, maxProperties, minContains,
    ]
    return numbers.contains { $0 != nil } || counts.contains { $0 != nil } || pattern != nil
      || format != nil || uniqueItems || contentEncoding != nil || contentMediaType != nil
      || !dependentRequired.isEmpty
  }
}
