/// One place where two values differ.
package struct JSONDifference: Hashable, Sendable {
  /// The ways two values can differ in a place.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Something expected is not there.
    case missing
    /// Something is there that is not expected.
    case unexpected
    /// There is a value of another type.
    case changedType
    /// There is another value of the same type.
    case changedValue
  }

  /// The place in the actual value; for something missing, where it should stand.
  package var pointer: JSONPointer
  /// The same place in the expected value; for something unexpected, where it would stand.
  package var expectedPointer: JSONPointer
  /// How the values differ there.
  package var kind: Kind
  /// The expected value; `nil` for something unexpected.
  package var expected: JSONValue?
  /// The actual value; `nil` for something missing.
  package var actual: JSONValue?

  /// Describes a difference.
  package init(
    pointer: JSONPointer,
    expectedPointer: JSONPointer,
    kind: Kind,
    expected: JSONValue?,
    actual: JSONValue?
  ) {
    self.pointer = pointer
    self.expectedPointer = expectedPointer
    self.kind = kind
    self.expected = expected
    self.actual = actual
  }

  /// All differences between two values, in the order of the expected one.
  ///
  /// Values are compared as JSON Schema does, so `1` and `1.0`, or members in another order, are no
  /// difference. Array items are aligned first: an item inserted in the middle is one difference. When
  /// as many as the limit have been found the rest is not searched.
  package static func between(
    expected: JSONValue,
    actual: JSONValue,
    limit: Int = 1000
  ) -> [JSONDifference] {
    var search = DifferenceSearch(limit: limit)
    search.compare(expected, actual, at: DifferenceSearch.Place(expected: .root, actual: .root))
    return search.differences
  }
}

extension JSONDifference: CustomStringConvertible {
  /// One line with the place and what was expected and found, both shortened.
  package var description: String { summary(limit: 80) }

  /// One line with the place and what was expected and found, each in about so many characters.
  package func summary(limit: Int) -> String {
    let place = pointer.isRoot ? "" : "\(pointer): "
    let expected = expected?.summary(limit: limit) ?? ""
    let actual = actual?.summary(limit: limit) ?? ""
    return switch kind {
    case .missing: "\(place)missing, expected \(expected)"
    case .unexpected: "\(place)unexpected \(actual)"
    case .changedValue: "\(place)expected \(expected), found \(actual)"
    case .changedType:
      "\(place)expected \(article(self.expected)) \(expected), found \(article(self.actual)) \(actual)"
    }
  }

  private func article(_ value: JSONValue?) -> String {
    switch value?.kind {
    case .boolean: "the Boolean"
    case .number: "the number"
    case .string: "the string"
    case .array: "the array"
    case .object: "the object"
    case .null, nil: "the value"
    }
  }
}

extension [JSONDifference] {
  /// One line a difference, and how many there are beyond the limit.
  package func text(maximumLines: Int = 20, valueLimit: Int = 80) -> String {
    var lines = prefix(maximumLines).map { $0.summary(limit: valueLimit) }
    let rest = count - lines.count
    if rest > 0 { lines.append("and \(rest) more \(rest == 1 ? "difference" : "differences")") }
    return lines.joined(separator: "\n")
  }
}
