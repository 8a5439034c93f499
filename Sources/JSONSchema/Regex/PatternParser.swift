/// Reads the text of a pattern into its syntax tree.
///
/// The grammar is the strict one of flag `u`: an escape without a meaning, a lone bracket and a
/// reference to a group that does not exist are errors.
///
/// Spec: ECMA-262 §22.2.1 (Patterns), §22.2.1.1 (early errors).
struct PatternParser {
  /// How deeply groups may be nested.
  static let maximumDepth = 200

  var scalars: [UInt32]
  var position = 0
  var depth = 0
  /// Capturing groups opened so far, in order.
  var groups: [CapturedGroup] = []
  /// Which alternative of which disjunction the parser stands in, from the outside in.
  var alternatives: [AlternativePosition] = []
  var disjunctionCount = 0
  /// References that can only be checked when all groups are known.
  var references: [PendingReference] = []

  struct CapturedGroup {
    var name: String?
    var path: [AlternativePosition]
  }

  struct AlternativePosition: Equatable {
    var disjunction: Int
    var alternative: Int
  }

  struct PendingReference {
    enum Target {
      case index(Int)
      case name(String)
    }
    var target: Target
    var offset: Int
  }

  init(_ source: String) { scalars = source.unicodeScalars.map(\.value) }

  /// Reads the whole pattern.
  mutating func parse() throws(ECMAPatternError) -> PatternNode {
    let tree = try disjunction()
    if position < scalars.count {
      // Only a closing parenthesis ends a disjunction early.
      throw error("unmatched ')'", at: position)
    }
    return try resolveReferences(in: tree)
  }

  /// Alternatives separated by `|`.
  mutating func disjunction() throws(ECMAPatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw error("groups are nested more than \(Self.maximumDepth) deep", at: position)
    }
    disjunctionCount += 1
    alternatives.append(AlternativePosition(disjunction: disjunctionCount, alternative: 0))
    defer { alternatives.removeLast() }
    var branches = [try alternative()]
    while take("|") {
      alternatives[alternatives.count - 1].alternative += 1
      branches.append(try alternative())
    }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func alternative() throws(ECMAPatternError) -> PatternNode {
    var terms: [PatternNode] = []
    while let next = peek, next != "|", next != ")" {
      terms.append(try term())
    }
    return terms.count == 1 ? terms[0] : terms.isEmpty ? .empty : .sequence(terms)
  }

  private mutating func term() throws(ECMAPatternError) -> PatternNode {
    let begin = position
    let node = try atomOrAssertion()
    guard let bounds = try quantifier() else { return node }
    switch node {
    case .start, .end, .wordBoundary, .look:
      throw error("a quantifier cannot follow an assertion", at: begin)
    case .empty:
      return .empty
    default:
      return .repetition(node, bounds: bounds)
    }
  }

  private mutating func atomOrAssertion() throws(ECMAPatternError) -> PatternNode {
    let begin = position
    guard let character = advance() else { return .empty }
    switch character {
    case "^": return .start
    case "$": return .end
    case ".": return .set(ScalarSet.lineTerminators.inverted)
    case "(": return try group(openedAt: begin)
    case "[": return try characterClass(openedAt: begin)
    case "\\": return try escape(openedAt: begin)
    case "*", "+", "?": throw error("nothing to repeat before '\(character)'", at: begin)
    case "{": throw error("nothing to repeat before '{'; write '\\{' for the character", at: begin)
    case "}", "]":
      throw error("lone '\(character)'; write '\\\(character)' for the character", at: begin)
    default: return .scalar(character.value)
    }
  }

  private mutating func group(openedAt begin: Int) throws(ECMAPatternError) -> PatternNode {
    guard take("?") else { return try capture(name: nil, openedAt: begin) }
    if take(":") { return try body(openedAt: begin) }
    if take("=") { return try look(isBehind: false, isNegated: false, openedAt: begin) }
    if take("!") { return try look(isBehind: false, isNegated: true, openedAt: begin) }
    if take("<") {
      if take("=") { return try look(isBehind: true, isNegated: false, openedAt: begin) }
      if take("!") { return try look(isBehind: true, isNegated: true, openedAt: begin) }
      let nameOffset = position
      let name = try groupName()
      let path = alternatives
      let isTaken = groups.contains { $0.name == name && Self.canBothTakePart($0.path, path) }
      if isTaken { throw error("duplicate group name '\(name)'", at: nameOffset) }
      return try capture(name: name, openedAt: begin)
    }
    throw error(Self.unknownGroupReason(peek), at: begin)
  }

  private static func unknownGroupReason(_ next: Unicode.Scalar?) -> String {
    switch next {
    case "P": "'(?P' is Python's syntax; a named group is '(?<name>...)', a reference '\\k<name>'"
    case "#": "'(?#' comments do not exist in ECMA-262 patterns"
    case "i", "m", "s", "x", "u", "-": "inline flags such as '(?i)' are not part of a pattern"
    case ">": "atomic groups '(?>' do not exist in ECMA-262 patterns"
    default: "unknown group '(?'; known are '(?:', '(?=', '(?!', '(?<=', '(?<!' and '(?<name>'"
    }
  }

  private mutating func capture(
    name: String?,
    openedAt begin: Int
  ) throws(ECMAPatternError) -> PatternNode {
    groups.append(CapturedGroup(name: name, path: alternatives))
    let index = groups.count
    return .group(try body(openedAt: begin), index: index, name: name)
  }

  private mutating func look(
    isBehind: Bool,
    isNegated: Bool,
    openedAt begin: Int
  ) throws(ECMAPatternError) -> PatternNode {
    .look(try body(openedAt: begin), LookAround(isBehind: isBehind, isNegated: isNegated))
  }

  private mutating func body(openedAt begin: Int) throws(ECMAPatternError) -> PatternNode {
    let inner = try disjunction()
    guard take(")") else { throw error("'(' is never closed", at: begin) }
    return inner
  }

  /// Two groups of one name are allowed where they stand in different alternatives.
  private static func canBothTakePart(
    _ left: [AlternativePosition],
    _ right: [AlternativePosition]
  ) -> Bool {
    !left.contains { one in
      right.contains { $0.disjunction == one.disjunction && $0.alternative != one.alternative }
    }
  }
}

extension PatternParser {
  /// The next character, or `nil` at the end.
  var peek: Unicode.Scalar? {
    position < scalars.count ? Unicode.Scalar(scalars[position]) : nil
  }

  /// Reads one character.
  mutating func advance() -> Unicode.Scalar? {
    guard let next = peek else { return nil }
    position += 1
    return next
  }

  /// Reads the character when it is the next one.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == character else { return false }
    position += 1
    return true
  }

  func error(_ reason: String, at offset: Int) -> ECMAPatternError {
    ECMAPatternError(offset: offset, reason: reason)
  }
}
