package import JSON

/// A value that was made on purpose, to stand for one case that software gets wrong.
package struct CoverageCase: Sendable {
  /// The whole value.
  package var value: JSONValue
  /// The part of the value that the case is about.
  package var place: JSONPointer
  /// What is special about it, in a few words: `one below 'minimum'`.
  package var label: String
  /// The assertion that the case is about; `nil` for cases about the contents of a value.
  package var site: AssertionSite?
  /// Whether the schema accepts the value.
  package var isValid: Bool
  /// Whether ``site`` is all that is wrong with an invalid value.
  package var isAlone: Bool
  /// Whether many programs read the value differently though it is plain JSON: numbers beyond machine
  /// numbers, U+0000, noncharacters, names such as `__proto__`.
  package var isExotic: Bool
}
