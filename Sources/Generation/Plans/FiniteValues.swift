import JSON
import JSONSchema

extension Plan {
  /// Most values that are listed.
  private static let maximumFiniteValues = 4_096

  /// All values that a plan can lead to, where they are few; the plan is worked out already.
  ///
  /// - Returns: `nil` where there are many, or it is not known.
  func finiteValues(_ judge: SchemaJudge) -> [JSONValue]? {
    if let known = knownFiniteValues { return known }
    let values = listedValues(judge)
    if case .open = form { return values }
    knownFiniteValues = .some(values)
    return values
  }

  private func listedValues(_ judge: SchemaJudge) -> [JSONValue]? {
    switch form {
    case .open, .wide: return nil
    case .impossible: return []
    case .leaf(let leaf): return leaf.finiteValues(judge, limit: Self.maximumFiniteValues)
    case .branch(let branches):
      var values: [JSONValue] = []
      var seen: Set<JSONValue> = []
      for branch in branches {
        guard let more = branch.finiteValues(judge) else { return nil }
        values += more.filter { seen.insert($0).inserted }
        guard values.count <= Self.maximumFiniteValues else { return nil }
      }
      return values
    }
  }
}

extension LeafPlan {
  fileprivate func finiteValues(_ judge: SchemaJudge, limit: Int) -> [JSONValue]? {
    if let fixed { return fixed.count <= limit ? distinct(fixed) : nil }
    var values: [JSONValue] = []
    for way in ways {
      switch way {
      case .null: values.append(.null)
      case .boolean: values += [.bool(false), .bool(true)]
      case .number:
        guard let numbers = number?.finiteValues(limit: limit) else { return nil }
        values += numbers.map { .number($0) }
      case .string:
        guard string?.lengths.upperBound == 0 else { return nil }
        values.append(.string(""))
      case .array:
        guard array?.counts.upperBound == 0 else { return nil }
        values.append(.array([]))
      case .object:
        guard let object, object.members.isEmpty, object.extras.isEmpty else { return nil }
        values.append(.object([:]))
      }
    }
    guard values.count <= limit else { return nil }
    return needsCheck ? values.filter { accepts($0, judge: judge) } : values
  }

  private func distinct(_ values: [JSONValue]) -> [JSONValue] {
    var seen: Set<JSONValue> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension NumberPlan {
  /// All numbers, where they are few.
  fileprivate func finiteValues(limit: Int) -> [JSONNumber]? {
    guard isEvenlySpaced, grids.count == 1, grids[0].counts.count <= limit else { return nil }
    let numbers = grids[0].counts.map { grids[0].number($0) }
    return needsCheck ? numbers.filter { accepts($0) } : numbers
  }
}
