import Contract
import JSON

/// What a judged value lacks, in words: `found …, expected …`.
struct Objection: Error, Equatable {
  let message: String

  init(_ message: String) { self.message = message }
}

extension CompiledMatcher {
  /// Compares one value with its example, nothing below it.
  ///
  /// - Returns: `nil` when it matches.
  func objection(expected: JSONValue, actual: JSONValue, isCascaded: Bool) -> Objection? {
    switch (matcher, resource) {
    case (_, .unusable(let reason)): return Objection(reason)
    case (.regex, .pattern(let pattern)):
      return pattern.fits(actual.matchableText)
        ? nil
        : Objection("found \(actual.withType), which does not match \(pattern.source)")
    case (_, .dateTime(let pattern)):
      let text = actual.kind == .null ? "" : actual.matchableText
      return pattern.fits(text)
        ? nil
        : Objection("found \(actual.withType), which is not of the form \(pattern.source)")
    case (.include(let part), _):
      return actual.matchableText.containsBytes(of: part)
        ? nil
        : Objection("found \(actual.withType), which does not contain '\(part)'")
    case (.type(let minimum, let maximum), _):
      return typeObjection(expected, actual, isCascaded ? nil : minimum, isCascaded ? nil : maximum)
    case (.equality, _), (.values, _):
      return expected.isSamePactValue(as: actual)
        ? nil : Objection("found \(actual.withType), expected \(expected.withType)")
    case (.contentType(let type), _):
      return ContentSniffer.objection(to: ContentSniffer.data(of: actual), as: type)
    case (.unknown(let name, _), _):
      return Objection("the matcher '\(name)' is not known, so nothing can match it")
    case (.statusCode, _), (.arrayContains, _), (.eachKey, _), (.eachValue, _), (.regex, _),
      (.date, _), (.time, _), (.dateTime, _):
      return nil
    default:
      return kindObjection(actual)
    }
  }

  /// Whether the value is of the kind that the matcher names, whatever the example is.
  private func kindObjection(_ actual: JSONValue) -> Objection? {
    let (fits, expected) =
      switch matcher {
      case .null: (actual.kind == .null, "null")
      case .number: (actual.kind == .number, "a number")
      case .integer:
        (actual.numberValue.map { PactNumber($0).isInteger } ?? false, "an integer")
      case .decimal:
        (actual.numberValue.map { !PactNumber($0).isInteger } ?? false, "a decimal number")
      case .boolean:
        (
          actual.kind == .boolean || actual == .string("true") || actual == .string("false"),
          "true or false"
        )
      case .notEmpty: (!actual.isEmptyValue, "something that is not empty")
      case .semver:
        (actual.stringValue.map(SemanticVersion.isValid) ?? false, "a semantic version")
      default: (true, "")
      }
    return fits ? nil : Objection("found \(actual.withType), expected \(expected)")
  }

  private func typeObjection(
    _ expected: JSONValue,
    _ actual: JSONValue,
    _ minimum: Int?,
    _ maximum: Int?
  ) -> Objection? {
    guard expected.kind == actual.kind else {
      return Objection(
        "found \(actual.withType), expected the type of \(expected.withType)"
      )
    }
    return actual.arrayValue.flatMap { sizeObjection($0.count, minimum, maximum, unit: "item") }
  }

  /// Whether a number of items or members is in bounds.
  func sizeObjection(
    _ count: Int,
    _ minimum: Int?,
    _ maximum: Int?,
    unit: String
  ) -> Objection? {
    if let minimum, count < minimum {
      return Objection("found \(plural(count, unit)), expected at least \(minimum)")
    }
    if let maximum, count > maximum {
      return Objection("found \(plural(count, unit)), expected at most \(maximum)")
    }
    return nil
  }

  private func plural(_ count: Int, _ unit: String) -> String {
    "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}

extension JSONValue {
  /// Whether it is null, or a string, array or object with nothing in it.
  var isEmptyValue: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let items): items.isEmpty
    case .object(let object): object.isEmpty
    case .bool, .number: false
    }
  }
}

extension String {
  /// Whether another text stands in this one, byte for byte.
  func containsBytes(of part: String) -> Bool {
    let part = Array(part.utf8)
    guard !part.isEmpty else { return true }
    let all = Array(utf8)
    guard all.count >= part.count else { return false }
    return (0...(all.count - part.count)).contains {
      all[$0..<($0 + part.count)].elementsEqual(part)
    }
  }
}
