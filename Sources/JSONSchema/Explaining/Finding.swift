import JSON

/// A violation before it is put into words.
///
/// Many are thrown away, when another alternative turns out to match, so making one is cheap.
struct Finding {
  /// One step from a value to a value inside it.
  enum Step {
    /// Into the member with this key node.
    case member(Int)
    /// Into the item at this index.
    case item(Int)
    /// To the name itself of the member with this key node.
    case name(Int)
  }

  /// What was found, as far as schema and value do not say it already.
  enum Reason {
    /// The keyword and the value say it all.
    case plain
    /// A schema that nothing satisfies.
    case nothingAllowed
    /// A member that no keyword allows, by its key node.
    case unexpectedMember(key: Int)
    /// An item that no keyword allows.
    case unexpectedItem(index: Int)
    /// A required name is missing.
    case missing(name: String)
    /// A name is missing that another one requires.
    case missingBeside(name: String, because: String)
    /// Two items are equal.
    case duplicateItems(first: Int, second: Int)
    /// How many items matched `contains`.
    case containsCount(Int)
    /// The alternatives that matched where only one may.
    case severalAlternatives([Int])
    /// The tag has a value that belongs to no alternative.
    case unknownTag(SchemaTag)
    /// The tag is missing.
    case missingTag(SchemaTag)
    /// All alternatives want fixed values, and the value is none of them.
    case noneOf([JSONValue])
    /// Each alternative wants one of these names, and none is there.
    case missingEach([String])
    /// Each alternative finds one fault with the value itself.
    indirect case neither([Finding])
    /// All alternatives want other types than the value has.
    case typeOfNoAlternative(SchemaTypes)
    /// A pattern could not be decided within its limit.
    case tooCostly(pattern: String)
    /// The value is nested deeper than the limit.
    case tooDeep(limit: Int)
  }

  /// The schema that was broken.
  var schema: Int
  /// The keyword that was broken.
  var keyword: String
  /// The way to the value from the root.
  var path: [Step]
  /// The value.
  var value: Int
  var reason: Reason = .plain
  /// The alternative by which the value was measured.
  var alternative: Int?
  /// Whether the alternative was chosen for being nearest, not told by a tag.
  var isNearest = false
}
