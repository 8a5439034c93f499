import Contract
import JSON

extension CompiledMatcher {
  /// Judges an array as a whole; its items are compared besides.
  func objection(expected: [JSONValue], actual: [JSONValue], isCascaded: Bool) -> Objection? {
    switch matcher {
    case .type(let minimum, let maximum):
      return isCascaded ? nil : sizeObjection(actual.count, minimum, maximum, unit: "item")
    case .equality:
      return JSONValue.array(expected).isSamePactValue(as: .array(actual))
        ? nil
        : Objection(
          "found \(Excerpt.of(.array(actual))), expected \(Excerpt.of(.array(expected)))"
        )
    case .notEmpty:
      return actual.isEmpty ? Objection("found an empty array, expected items") : nil
    case .null, .statusCode, .unknown:
      return Objection("found an array, which the matcher '\(matcher.name)' cannot judge")
    default:
      return nil
    }
  }

  /// Judges an object as a whole; its members are compared besides.
  func objection(expected: JSONObject, actual: JSONObject, isCascaded: Bool) -> Objection? {
    switch matcher {
    case .type(let minimum, let maximum):
      return isCascaded
        ? nil : sizeObjection(actual.sortedMembers.count, minimum, maximum, unit: "member")
    case .equality:
      return JSONValue.object(expected).isSamePactValue(as: .object(actual))
        ? nil
        : Objection(
          "found \(Excerpt.of(.object(actual))), expected \(Excerpt.of(.object(expected)))"
        )
    case .notEmpty:
      return actual.isEmpty ? Objection("found an empty object, expected members") : nil
    case .regex, .arrayContains, .eachKey, .eachValue, .values:
      return nil
    default:
      return Objection("found an object, which the matcher '\(matcher.name)' cannot judge")
    }
  }
}

extension Matcher {
  /// The name that stands under `match`.
  package var name: String {
    switch self {
    case .equality: "equality"
    case .regex: "regex"
    case .type: "type"
    case .include: "include"
    case .number: "number"
    case .integer: "integer"
    case .decimal: "decimal"
    case .boolean: "boolean"
    case .null: "null"
    case .date: "date"
    case .time: "time"
    case .dateTime: "datetime"
    case .contentType: "contentType"
    case .values: "values"
    case .notEmpty: "notEmpty"
    case .semver: "semver"
    case .arrayContains: "arrayContains"
    case .statusCode: "statusCode"
    case .eachKey: "eachKey"
    case .eachValue: "eachValue"
    case .unknown(let name, _): name
    }
  }
}
