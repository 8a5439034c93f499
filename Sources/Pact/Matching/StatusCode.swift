import JSON

/// The HTTP status codes that a `statusCode` matcher names.
///
/// Spec: Pact V4 "Status code matcher".
enum StatusCode {
  /// Whether a code is of the class that is named, or in the list.
  static func isOf(_ expected: JSONValue, _ code: UInt16) -> Bool {
    switch expected {
    case .string("info"): (100...199).contains(code)
    case .string("success"): (200...299).contains(code)
    case .string("redirect"): (300...399).contains(code)
    case .string("clientError"): (400...499).contains(code)
    case .string("serverError"): (500...599).contains(code)
    case .string("nonError"): code < 400
    case .string("error"): code >= 400
    case .array(let codes):
      codes.contains { ($0.numberValue?.text ?? $0.stringValue) == String(code) }
    default: false
    }
  }
}
