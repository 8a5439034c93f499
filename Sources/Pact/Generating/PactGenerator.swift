/// How a part of a message is made anew when the message is played.
///
/// Spec: Pact V4 "Generators".
package enum PactGenerator: Sendable, Hashable {
  /// A whole number, bounds included; 0 to 10 unless told.
  case randomInt(minimum: Int, maximum: Int)
  /// A number with a fraction and so many digits in all; 10 unless told.
  case randomDecimal(digits: Int)
  /// So many hexadecimal digits in capitals; 10 unless told.
  case randomHexadecimal(digits: Int)
  /// So many letters and digits; 10 unless told.
  case randomString(size: Int)
  /// `true` or `false`.
  case randomBoolean
  /// A text that fits a pattern.
  case regex(PactPattern)
  /// A UUID of version 4.
  case uuid(UUIDForm)
  /// A date, moved by an expression.
  case date(DateTimePattern, MomentExpression)
  /// A time of day, moved by an expression.
  case time(DateTimePattern, MomentExpression)
  /// A date with time, moved by an expression.
  case dateTime(DateTimePattern, MomentExpression)
  /// What setting up a provider state answered.
  case providerState(StateExpression, StateValueType?)
  /// A URL of the mock server; the pattern's group is the path on it.
  case mockServerURL(example: String, pattern: String)

  /// How a UUID is written.
  package enum UUIDForm: String, Sendable, Hashable, CaseIterable {
    case simple
    case lowerCase = "lower-case-hyphenated"
    case upperCase = "upper-case-hyphenated"
    case name = "URN"
  }

  /// The type that a value of a provider state takes in the message.
  package enum StateValueType: String, Sendable, Hashable, CaseIterable {
    case string = "STRING"
    case integer = "INTEGER"
    case decimal = "DECIMAL"
    case float = "FLOAT"
    case boolean = "BOOLEAN"
    case raw = "RAW"
  }

  /// The names that `type` may have.
  static let names = [
    "RandomInt", "RandomDecimal", "RandomHexadecimal", "RandomString", "RandomBoolean", "Regex",
    "Uuid", "Date", "Time", "DateTime", "ProviderState", "MockServerURL",
  ]

  /// Whether the value comes from a provider state, so that replies carry it as well.
  var isFromState: Bool { if case .providerState = self { true } else { false } }
}
