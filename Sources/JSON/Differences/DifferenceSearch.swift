/// Walks through two values together and notes where they differ.
struct DifferenceSearch {
  /// A place in both values, whose array indexes may differ.
  struct Place {
    var expected: JSONPointer
    var actual: JSONPointer

    func appending(_ name: String) -> Place {
      Place(expected: expected.appending(name), actual: actual.appending(name))
    }

    func appending(_ expectedIndex: Int, _ actualIndex: Int) -> Place {
      Place(expected: expected.appending(expectedIndex), actual: actual.appending(actualIndex))
    }
  }

  private(set) var differences: [JSONDifference] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  private mutating func note(
    _ kind: JSONDifference.Kind,
    at place: Place,
    expected: JSONValue? = nil,
    actual: JSONValue? = nil
  ) {
    guard differences.count < limit else { return }
    differences.append(
      JSONDifference(
        pointer: place.actual,
        expectedPointer: place.expected,
        kind: kind,
        expected: expected,
        actual: actual
      )
    )
  }

  /// Notes all differences between two values.
  mutating func compare(_ expected: JSONValue, _ actual: JSONValue, at place: Place) {
    guard differences.count < limit else { return }
    switch (expected, actual) {
    case (.object(let expected), .object(let actual)):
      compare(expected, actual, at: place)
    case (.array(let expected), .array(let actual)):
      compare(expected, actual, at: place)
    default:
      guard expected != actual else { return }
      let kind: JSONDifference.Kind =
        expected.kind == actual.kind ? .changedValue : .changedType
      note(kind, at: place, expected: expected, actual: actual)
    }
  }

  private mutating func compare(
    _ expected: JSONObject,
    _ actual: JSONObject,
    at place: Place
  ) {
    let expectedMembers = IndexedMembers(expected)
    let actualMembers = IndexedMembers(actual)
    for member in expectedMembers.members {
      if let value = actualMembers.value(named: member.name) {
        compare(member.value, value, at: place.appending(member.name))
      } else {
        note(.missing, at: place.appending(member.name), expected: member.value)
      }
    }
    for member in actualMembers.members where expectedMembers.value(named: member.name) == nil {
      note(.unexpected, at: place.appending(member.name), actual: member.value)
    }
  }

  private mutating func compare(
    _ expected: [JSONValue],
    _ actual: [JSONValue],
    at place: Place
  ) {
    // Where the next item stands in both.
    var (left, right) = (0, 0)
    for pair in ArrayAlignment(expected, actual).pairs {
      switch pair {
      case .both:
        compare(expected[left], actual[right], at: place.appending(left, right))
        left += 1
        right += 1
      case .expectedOnly:
        note(.missing, at: place.appending(left, right), expected: expected[left])
        left += 1
      case .actualOnly:
        note(.unexpected, at: place.appending(left, right), actual: actual[right])
        right += 1
      }
    }
  }
}

/// The members of an object that count, found by name.
private struct IndexedMembers {
  private(set) var members: [JSONObject.Member] = []
  private var indexes: [[UInt8]: Int] = [:]

  init(_ object: JSONObject) {
    for member in object.members {
      let name = Array(member.name.utf8)
      if let index = indexes[name] {
        members[index].value = member.value
      } else {
        indexes[name] = members.count
        members.append(member)
      }
    }
  }

  func value(named name: String) -> JSONValue? {
    indexes[Array(name.utf8)].map { members[$0].value }
  }
}
