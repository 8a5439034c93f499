import JSON

extension JSONDocument {
  /// Why readers of JSON may take a valid text differently, in a few words; `nil` when they do not.
  ///
  /// Spec: RFC 8259 §4, §6; RFC 7493 §2.2, §2.3 (what all readers agree on).
  var oddity: String? {
    if hasNamesTwice { return "a name twice" }
    if hasOddNumbers { return "a number beyond machine numbers" }
    return hasPrototypeNames ? "a built-in name as a member" : nil
  }

  /// Whether a name stands twice in an object.
  var hasNamesTwice: Bool {
    withTape { tape in
      for node in 0..<tape.count where tape.kind(of: node) == .object {
        guard tape.childCount(of: node) > 1 else { continue }
        var key = tape.firstChild(of: node)
        while tape.kind(of: key) != .end {
          let next = tape.next(after: key + 1)
          if Self.isRepeated(key, from: next, tape) { return true }
          key = next
        }
      }
      return false
    }
  }

  /// How many names of one object are compared; more are not worth the time.
  private static let maximumCompared = 64

  private static func isRepeated(_ key: Int, from start: Int, _ tape: JSONTape) -> Bool {
    let name = tape.rawBytes(of: key)
    var other = start
    var compared = 0
    while tape.kind(of: other) != .end, compared < maximumCompared {
      if tape.isEqual(other, to: name) { return true }
      other = tape.next(after: other + 1)
      compared += 1
    }
    return false
  }

  /// Whether a number has no `Double` near it: too large, or with more digits than one keeps.
  var hasOddNumbers: Bool {
    withTape { tape in
      (0..<tape.count).contains { node in
        guard tape.kind(of: node) == .number else { return false }
        let text = tape.rawBytes(of: node)
        // Shorter ones without an exponent are below 10^16.
        guard text.count > 16 || text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
          return false
        }
        guard let number = JSONNumber(String(decoding: text, as: UTF8.self)) else { return true }
        let double = number.double
        guard double.isFinite else { return true }
        return number.isInteger && abs(double) >= 9_007_199_254_740_992
          && JSONNumber(double) != number
      }
    }
  }

  private var hasPrototypeNames: Bool {
    withTape { tape in
      (0..<tape.count).contains { node in
        guard tape.kind(of: node) == .key else { return false }
        let length = tape.rawBytes(of: node).count
        guard length == 9 || length == 11 else { return false }
        return ["__proto__", "constructor", "prototype"].contains(tape.string(of: node))
      }
    }
  }
}

extension JSONValue {
  /// The value as a reader with machine numbers sees it.
  ///
  /// Spec: RFC 8259 §6: IEEE 754 binary64 is what to expect of readers.
  var withMachineNumbers: JSONValue {
    switch self {
    case .null, .bool, .string: self
    case .number(let number):
      .number(number.double.isFinite ? JSONNumber(number.double) : number)
    case .array(let items): .array(items.map(\.withMachineNumbers))
    case .object(let object):
      .object(
        JSONObject(object.members.map { .init(name: $0.name, value: $0.value.withMachineNumbers) })
      )
    }
  }
}
