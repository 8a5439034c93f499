/// How schemas are compiled and how much is reported.
package struct SchemaOptions: Hashable, Sendable {
  /// Whether `format` rejects values; `nil` leaves it to the dialect and its vocabularies.
  package var assertsFormats: Bool?
  /// How many violations are listed at most; 1,000 by default.
  package var maximumErrors: Int
  /// How many schema nodes a compilation may need; 250,000 by default.
  package var maximumNodes: Int
  /// How deep a value may be nested, 512 by default; what is deeper is rejected.
  package var maximumDepth: Int

  /// Takes options, each with its default.
  package init(
    assertsFormats: Bool? = nil,
    maximumErrors: Int = 1_000,
    maximumNodes: Int = 250_000,
    maximumDepth: Int = 512
  ) {
    self.assertsFormats = assertsFormats
    self.maximumErrors = maximumErrors
    self.maximumNodes = maximumNodes
    self.maximumDepth = maximumDepth
  }
}
