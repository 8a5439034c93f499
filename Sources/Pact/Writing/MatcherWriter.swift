import Contract
import JSON

extension Matcher {
  /// The matcher as it stands in a file, its members sorted by name.
  var jsonValue: JSONValue {
    var object = JSONObject()
    switch self {
    case .regex(let source): object["regex"] = .string(source)
    case .type(let minimum, let maximum):
      object["max"] = maximum.map { .number(JSONNumber($0)) }
      object["min"] = minimum.map { .number(JSONNumber($0)) }
    case .include(let value), .contentType(let value): object["value"] = .string(value)
    case .date(let format), .time(let format), .dateTime(let format):
      object["format"] = format.map { .string($0) }
    case .statusCode(let status): object["status"] = status
    case .arrayContains(let variants): object["variants"] = .array(variants.map(\.jsonValue))
    case .eachKey(let rule), .eachValue(let rule):
      object["generator"] = rule.generator
      object["rules"] = .array(rule.matchers.map(\.jsonValue))
      object["value"] = rule.example
    case .unknown(_, let members): object = members
    default: break
    }
    object["match"] = .string(name)
    return .object(object.sortedByName)
  }
}

extension ArrayVariant {
  fileprivate var jsonValue: JSONValue {
    var object = JSONObject()
    object["generators"] = generators.isEmpty ? nil : .object(generators.deeplySorted)
    object["index"] = .number(JSONNumber(index))
    object["rules"] = rules.map { .object($0.jsonObject) }
    return .object(object)
  }
}

extension [MatchingRules.Entry] {
  /// The rules of one category, sorted by path; rules that stand twice on a path are joined.
  var jsonObject: JSONObject {
    var object = JSONObject()
    for entry in self {
      let before = object[entry.path]?["matchers"]?.arrayValue ?? []
      object[entry.path] = [
        "combine": .string(entry.combine.rawValue),
        "matchers": .array(before + entry.matchers.map(\.jsonValue)),
      ]
    }
    return object.sortedByName
  }
}

extension MatchingRules {
  /// The value of `matchingRules`, or `nil` when there is no rule.
  var jsonValue: JSONValue? {
    guard !isEmpty else { return nil }
    var object = unknownCategories.deeplySorted
    object["body"] = body.isEmpty ? nil : .object(body.jsonObject)
    object["metadata"] = metadata.isEmpty ? nil : .object(metadata.jsonObject)
    return .object(object.sortedByName)
  }
}

extension JSONObject {
  /// The members in the order of their names' bytes.
  var sortedByName: JSONObject { JSONObject(sortedMembers) }

  /// The members in the order of their names' bytes, in all objects below as well.
  var deeplySorted: JSONObject {
    JSONObject(
      sortedMembers.map { Member(name: $0.name, value: $0.value.deeplySorted) }
    )
  }
}

extension JSONValue {
  /// The value with the members of all its objects in the order of their names' bytes.
  var deeplySorted: JSONValue {
    switch self {
    case .array(let items): .array(items.map(\.deeplySorted))
    case .object(let object): .object(object.deeplySorted)
    default: self
    }
  }
}
