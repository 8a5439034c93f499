/// What kind of values a generator makes; any setting gives valid values only.
package struct GeneratorOptions: Hashable, Sendable {
  /// How many values (members and items, at any depth) a value may have before everything that can
  /// be left out is left out; 200 by default.
  package var maximumValues: Int
  /// How deep values are nested before everything that can be left out is left out; 8 by default.
  package var maximumDepth: Int
  /// The greatest length, in Unicode scalars, of a string whose schema allows longer ones; 8,192 by
  /// default.
  package var maximumStringLength: Int
  /// The greatest number of items of an array whose schema allows more; 64 by default.
  package var maximumItems: Int
  /// The greatest length of a string that is made because its schema asks for it; 1,000,000 by
  /// default.
  package var longestString: Int
  /// The greatest number of values (members and items, at any depth) of a value that is made because
  /// its schema asks for them; 100,000 by default.
  package var mostValues: Int
  /// Whether numbers beyond what machine numbers hold are made, and unusual spellings such as `1e2`;
  /// not by default, because many servers read them as another number.
  package var usesExtremeNumbers: Bool
  /// In how many of 256 cases a value from the pool is taken where there is one; 192 by default.
  package var reuse: Int
  /// How often a part is made anew when it turns out not to be valid; 100 by default.
  package var maximumAttempts: Int

  /// Takes options, each with its default.
  package init(
    maximumValues: Int = 200,
    maximumDepth: Int = 8,
    maximumStringLength: Int = 8_192,
    maximumItems: Int = 64,
    longestString: Int = 1_000_000,
    mostValues: Int = 100_000,
    usesExtremeNumbers: Bool = false,
    reuse: Int = 192,
    maximumAttempts: Int = 100
  ) {
    self.maximumValues = maximumValues
    self.maximumDepth = maximumDepth
    self.maximumStringLength = maximumStringLength
    self.maximumItems = maximumItems
    self.longestString = longestString
    self.mostValues = mostValues
    self.usesExtremeNumbers = usesExtremeNumbers
    self.reuse = reuse
    self.maximumAttempts = maximumAttempts
  }
}
