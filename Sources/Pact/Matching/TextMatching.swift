import Contract
import JSON

extension CompiledMatcher {
  /// Compares a plain text with its example.
  ///
  /// Plain texts know no types, so that `number` takes "12" and `type` takes anything.
  func objection(
    expectedText: String,
    actualText: String,
    isCascaded: Bool = false
  ) -> Objection? {
    let found = "found '\(Excerpt.of(actualText))'"
    switch (matcher, resource) {
    case (_, .unusable(let reason)): return Objection(reason)
    case (.regex, .pattern(let pattern)):
      return pattern.fits(actualText)
        ? nil : Objection("\(found), which does not match \(pattern.source)")
    case (_, .dateTime(let pattern)):
      return pattern.fits(actualText)
        ? nil : Objection("\(found), which is not of the form \(pattern.source)")
    case (.include(let part), _):
      return actualText.containsBytes(of: part)
        ? nil : Objection("\(found), which does not contain '\(part)'")
    case (.equality, _), (.values, _):
      return expectedText.utf8.elementsEqual(actualText.utf8)
        ? nil : Objection("\(found), expected '\(Excerpt.of(expectedText))'")
    case (.type, _): return nil
    case (.contentType(let type), _):
      return ContentSniffer.objection(to: Array(actualText.utf8), as: type)
    case (.number, _), (.decimal, _):
      return Double(actualText) == nil ? Objection("\(found), expected a number") : nil
    case (.integer, _):
      let isInteger = !actualText.hasPrefix("-") && UInt64(actualText) != nil
      return isInteger ? nil : Objection("\(found), expected an integer")
    case (.boolean, _):
      return actualText == "true" || actualText == "false"
        ? nil : Objection("\(found), expected true or false")
    case (.notEmpty, _):
      return actualText.isEmpty ? Objection("found no text, expected some") : nil
    case (.semver, _):
      return SemanticVersion.isValid(actualText)
        ? nil : Objection("\(found), expected a semantic version")
    case (.statusCode(let expected), _):
      return UInt16(actualText).map { StatusCode.isOf(expected, $0) } ?? false
        ? nil : Objection("\(found), expected a status code: \(expected.text())")
    case (.eachKey, _), (.eachValue, _):
      return isCascaded ? nil : Objection("'\(matcher.name)' cannot judge a text")
    default:
      return Objection("'\(matcher.name)' cannot judge a text")
    }
  }

  /// Compares bytes with their example.
  func objection(expected: [UInt8], actual: [UInt8]) -> Objection? {
    switch matcher {
    case .equality:
      return expected == actual
        ? nil : Objection("found \(Excerpt.of(actual)), expected \(Excerpt.of(expected))")
    case .type: return nil
    case .contentType(let type): return ContentSniffer.objection(to: actual, as: type)
    case .notEmpty: return actual.isEmpty ? Objection("found no bytes, expected some") : nil
    case .regex, .include:
      guard let text = String(validating: actual, as: UTF8.self) else {
        return Objection("found \(Excerpt.of(actual)), expected UTF-8 text")
      }
      return objection(expectedText: "", actualText: text)
    default: return Objection("'\(matcher.name)' cannot judge bytes")
    }
  }
}
