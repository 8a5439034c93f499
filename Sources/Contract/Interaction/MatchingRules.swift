package import JSON

/// The matching rules of one message, by category and path, in the order of the file.
///
/// Spec: Pact V4 "Matching Rules".
package struct MatchingRules: Sendable, Hashable {
  /// What a path starts from.
  package enum Category: String, Sendable, Hashable, CaseIterable {
    /// The contents.
    case body
    /// The metadata; its paths are plain names.
    case metadata
  }

  /// The rules of one path.
  package struct Entry: Sendable, Hashable {
    /// The path expression as it stands in the file (`$.items[*].id`), or a plain name for metadata.
    package var path: String
    /// How the matchers join.
    package var combine: Combine
    /// The matchers; at least one.
    package var matchers: [Matcher]

    /// Puts rules on a path.
    package init(path: String, combine: Combine = .and, matchers: [Matcher]) {
      self.path = path
      self.combine = combine
      self.matchers = matchers
    }
  }

  /// How several matchers on one path join.
  package enum Combine: String, Sendable, Hashable {
    /// Every one must agree.
    case and = "AND"
    /// One is enough.
    case or = "OR"
  }

  /// Rules on parts of the contents.
  package var body: [Entry]
  /// Rules on metadata values.
  package var metadata: [Entry]
  /// Categories that mean nothing for a message (`header`), kept for rewriting.
  package var unknownCategories: JSONObject

  /// Collects rules.
  package init(
    body: [Entry] = [],
    metadata: [Entry] = [],
    unknownCategories: JSONObject = [:]
  ) {
    self.body = body
    self.metadata = metadata
    self.unknownCategories = unknownCategories
  }

  /// Whether there is no rule at all.
  package var isEmpty: Bool { body.isEmpty && metadata.isEmpty && unknownCategories.isEmpty }
}

/// One matcher.
///
/// Spec: Pact V4 "Matching Rules", table of matchers.
package indirect enum Matcher: Sendable, Hashable {
  /// Equal to the example.
  case equality
  /// The text of the whole value fits a regular expression.
  case regex(String)
  /// The same JSON type as the example; lengths of arrays bounded when given.
  case type(minimum: Int?, maximum: Int?)
  /// The text contains this.
  case include(String)
  /// Any number.
  case number
  /// A number written without fraction and exponent.
  case integer
  /// A number written with fraction or exponent.
  case decimal
  /// `true`, `false`, or their texts.
  case boolean
  /// `null`.
  case null
  /// A date in a format of Java's `DateTimeFormatter`.
  case date(format: String?)
  /// A time of day.
  case time(format: String?)
  /// A date with time.
  case dateTime(format: String?)
  /// Bytes of a media type.
  case contentType(String)
  /// Object whose values are compared with the first example value.
  case values
  /// Neither absent nor empty.
  case notEmpty
  /// A semantic version.
  case semver
  /// For each variant, some item of the array matches it.
  case arrayContains([ArrayVariant])
  /// An HTTP status class or list.
  case statusCode(JSONValue)
  /// Every key of an object fits.
  case eachKey(EachRule)
  /// Every value of an object or array fits.
  case eachValue(EachRule)
  /// A matcher that no specification names; it loads, and fails when applied.
  case unknown(name: String, JSONObject)
}

/// What an `eachKey` or `eachValue` matcher asks of every key or value.
package struct EachRule: Sendable, Hashable {
  /// The matchers; all of them must agree.
  package var matchers: [Matcher]
  /// The example key or value, or `nil`; it takes no part in matching.
  package var example: JSONValue?
  /// How a key or value is made anew, as it stands in the file.
  package var generator: JSONValue?

  /// Collects matchers.
  package init(_ matchers: [Matcher], example: JSONValue? = nil, generator: JSONValue? = nil) {
    self.matchers = matchers
    self.example = example
    self.generator = generator
  }
}

/// One variant of an `arrayContains` matcher.
package struct ArrayVariant: Sendable, Hashable {
  /// The index of the example item it describes.
  package var index: Int
  /// Its rules, with paths that start at the item; `nil` when the file gives none, which asks for
  /// equality.
  package var rules: [MatchingRules.Entry]?
  /// Its generators, as they stand in the file.
  package var generators: JSONObject

  /// Describes a variant.
  package init(index: Int, rules: [MatchingRules.Entry]?, generators: JSONObject = [:]) {
    self.index = index
    self.rules = rules
    self.generators = generators
  }
}
