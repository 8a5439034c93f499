import JSON

/// Values that look almost like a given one and are not equal to it.
enum NearMisses {
  /// The near misses of a value, each once.
  static func of(_ value: JSONValue) -> [JSONValue] {
    var found: [JSONValue] = []
    for candidate in candidates(value) where candidate != value && !found.contains(candidate) {
      found.append(candidate)
    }
    return found
  }

  private static func candidates(_ value: JSONValue) -> [JSONValue] {
    switch value {
    case .null: [.string("null"), .bool(false), .number(0)]
    case .bool(let isTrue):
      [.bool(!isTrue), .string(isTrue ? "true" : "false"), .number(isTrue ? 1 : 0)]
    case .number(let number): numbers(number)
    case .string(let text): strings(text)
    case .array(let items):
      [.array(items.reversed()), .array(items + [.null]), .array(items.dropLast())]
    case .object(let object): objects(object)
    }
  }

  private static func numbers(_ number: JSONNumber) -> [JSONValue] {
    var found: [JSONValue] = [.string(number.text)]
    if let value = ExactDecimal(number) {
      let smallest = ExactDecimal.powerOfTen(min(0, value.lastPlace))
      found += [value.adding(ExactDecimal(1)), value.adding(ExactDecimal(-1))]
        .compactMap { $0.map { .number($0.number) } }
      found += [value.adding(smallest), value.negated].compactMap { $0.map { .number($0.number) } }
    }
    if number.isZero { found.append(.bool(false)) }
    if number == 1 { found.append(.bool(true)) }
    return found
  }

  private static func strings(_ text: String) -> [JSONValue] {
    var texts = [
      text.uppercased(), text.lowercased(), text + " ", " " + text, String(text.dropLast()),
      text + text, text + "\u{200B}", text + "\u{0}", "",
    ]
    texts.append(text.replacingFirst(0xE9, by: [0x65, 0x301]))
    texts.append(text.replacingFirst(0x61, by: [0x430]))  // Cyrillic, looks the same
    var found = texts.map { JSONValue.string($0) }
    if let number = JSONNumber(text) { found.append(.number(number)) }
    if text == "true" { found.append(.bool(true)) }
    if text == "false" { found.append(.bool(false)) }
    if text == "null" || text.isEmpty { found.append(.null) }
    found.append(.array([.string(text)]))
    return found
  }

  private static func objects(_ object: JSONObject) -> [JSONValue] {
    var found: [JSONValue] = []
    var more = object
    more["extra"] = .null
    found.append(.object(more))
    for (index, member) in object.members.enumerated() {
      var fewer = object
      fewer.members.remove(at: index)
      found.append(.object(fewer))
      for miss in candidates(member.value).prefix(2) {
        var changed = object
        changed.members[index].value = miss
        found.append(.object(changed))
      }
    }
    return found
  }
}

extension String {
  /// The text with the first of a scalar replaced.
  fileprivate func replacingFirst(_ scalar: UInt32, by others: [UInt32]) -> String {
    var scalars = unicodeScalars.map(\.value)
    guard let index = scalars.firstIndex(of: scalar) else { return self }
    scalars.replaceSubrange(index...index, with: others)
    return String(scalars: scalars)
  }
}
