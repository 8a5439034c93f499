/// Bounds of numbers.
struct NumberRule {
  /// The whole numbers that are within all bounds, when the instance is whole and short.
  var lowest = Int.min
  var highest = Int.max
  /// Whether ``lowest`` and ``highest`` say it all for such instances.
  var knowsIntegers = true
  /// The doubles nearest to the bounds: what is nearest to a number strictly between them is valid.
  var below = -Double.infinity
  var above = Double.infinity
  /// The bounds in the table of numbers, `UInt32.max` for none.
  var minimum = UInt32.max
  var exclusiveMinimum = UInt32.max
  var maximum = UInt32.max
  var exclusiveMaximum = UInt32.max
}

/// Which items an array may have.
struct ArrayRule {
  var minimum = 0
  var maximum = Int.max
  /// The blocks of the first items, in the list of blocks.
  var prefix: UInt32 = 0
  var prefixCount: UInt32 = 0
  /// The block of the other items.
  var rest: UInt32 = 0
  /// Whether the items are to be looked at.
  var judgesItems = false
  /// Whether a keyword for all the rest is there.
  var coversRest = false
}

/// How many items must match a schema.
struct ContainsRule {
  var block: UInt32 = 0
  var minimum = 1
  var maximum = Int.max
  /// Whether items that match count as evaluated.
  var evaluates = false
}

/// Which members an object may and must have.
struct ObjectRule {
  var minimum = 0
  var maximum = Int.max
  /// The named members.
  var table: UInt32 = 0
  /// The bits of the members that must be there.
  var requiredBits: UInt64 = 0
  /// Patterns with blocks, in the list of pattern members.
  var patterns: UInt32 = 0
  var patternCount: UInt32 = 0
  /// The block of all other members.
  var rest: UInt32 = 0
  /// Whether members are to be looked at one by one.
  var judgesMembers = false
  /// Whether a keyword for all the rest is there.
  var coversRest = false
}

/// Members whose names match a pattern.
struct PatternMember {
  var pattern: UInt32
  var block: UInt32
}

/// The alternative that is told by the value of a member.
struct SelectRule {
  /// The member's name, in the list of names.
  var name: UInt32
  /// The values that are strings; the payload is the block.
  var strings: UInt32
  /// The values of other kinds: constants, with blocks in the list of blocks.
  var constants: UInt32
  var constantBlocks: UInt32
  var constantCount: UInt32
  /// What to do when the member is missing: a list of instructions.
  var otherwise: UInt32
}

/// `if`, `then` and `else` as blocks.
struct ConditionRule {
  var condition: UInt32
  var consequence: UInt32
  var alternative: UInt32
}

/// How a pattern is matched.
struct PatternRule {
  /// Its character runs, or none for a pattern that needs an automaton.
  var firstRun: UInt32 = 0
  var runCount: UInt32 = 0
  var isRow = false
  var isAnchoredAtEnd = false
  /// The bytes that a text must have at least.
  var minimumLength = 0
}

/// Characters of a class, so many times.
struct CharacterRunRule {
  /// The bit of the class.
  var bit: UInt64
  var minimum: Int
  var maximum: Int
}
