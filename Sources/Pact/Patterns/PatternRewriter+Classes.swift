extension PatternRewriter {
  /// What stands in brackets for a POSIX class or property name.
  static let posixClasses: [String: String] = [
    "alpha": #"\p{Alphabetic}"#, "digit": #"\p{Nd}"#, "alnum": #"\p{Alphabetic}\p{Nd}"#,
    "upper": #"\p{Uppercase}"#, "lower": #"\p{Lowercase}"#, "space": #"\p{White_Space}"#,
    "blank": #"\p{Zs}\t"#, "cntrl": #"\p{Cc}"#, "punct": #"\p{P}\p{S}"#,
    "xdigit": "0-9a-fA-F", "word": #"\p{L}\p{M}\p{Nd}\p{Pc}"#, "ascii": #"\x00-\x7F"#,
  ]

  private static let setsInClass: [Unicode.Scalar: String] = [
    "d": #"\p{Nd}"#, "D": #"\P{Nd}"#, "w": #"\p{L}\p{M}\p{Nd}\p{Pc}"#, "W": #"\W"#,
    "s": #"\p{White_Space}"#, "S": #"\P{White_Space}"#, "h": "0-9a-fA-F",
  ]

  /// One member of a class.
  private enum Item {
    case character(Unicode.Scalar)
    case set(String)
  }

  /// A class; its bracket has been read.
  mutating func characterClass() throws(PactPatternError) {
    output += "["
    if peek == "^" {
      position += 1
      output += "^"
    }
    var isFirst = true
    while let next = peek, next != "]" || isFirst {
      isFirst = false
      guard next != "&" || !isAhead("&&") else {
        throw error("intersections '&&' in character classes are not supported")
      }
      try classItem()
    }
    guard advance() == "]" else { throw error("'[' is never closed") }
    output += "]"
    try quantifier()
  }

  private mutating func classItem() throws(PactPatternError) {
    let low = try item()
    guard case .character(let lower) = low, peek == "-", position + 1 < scalars.count,
      scalars[position + 1] != "]"
    else {
      write(low)
      return
    }
    position += 1
    let high = try item()
    guard case .character(let upper) = high else {
      write(low)
      write(.character("-"))
      write(high)
      return
    }
    guard lower <= upper else { throw error("the range '\(lower)-\(upper)' runs backwards") }
    output += Self.escapedInClass(lower) + "-" + Self.escapedInClass(upper)
    if current.ignoresCase { writeOtherCase(of: lower, to: upper) }
  }

  private mutating func item() throws(PactPatternError) -> Item {
    guard let next = advance() else { throw error("'[' is never closed") }
    switch next {
    case "\\":
      guard let letter = advance() else { throw error("a backslash ends the pattern") }
      if let set = Self.setsInClass[letter] { return .set(set) }
      if letter == "p" || letter == "P" {
        let property = try property(letter)
        // A bracketed reading of a POSIX name loses its brackets inside a class.
        guard property.hasPrefix("[") else { return .set(property) }
        guard !property.hasPrefix("[^") else {
          throw error("a negated POSIX property in a character class is not supported")
        }
        return .set(String(property.dropFirst().dropLast()))
      }
      return .character(letter == "b" ? "\u{8}" : try character(letter))
    case "[":
      guard peek == ":", let name = posixName() else {
        throw error("nested character classes are not supported; write '\\[' for the character")
      }
      guard let set = Self.posixClasses[name] else {
        throw error("'[:\(name):]' is no known class")
      }
      return .set(set)
    default:
      return .character(next)
    }
  }

  /// `[:name:]`, of which the first bracket has been read.
  private mutating func posixName() -> String? {
    guard let end = scalars[position...].firstIndex(of: "]"), end > position + 1,
      scalars[end - 1] == ":"
    else { return nil }
    let name = scalars[(position + 1)..<(end - 1)].map { String($0) }.joined()
    position = end + 1
    return name
  }

  private mutating func write(_ item: Item) {
    switch item {
    case .set(let text): output += text
    case .character(let scalar):
      output += Self.escapedInClass(scalar)
      if current.ignoresCase, let other = Self.otherCase(of: scalar) { output += "\(other)" }
    }
  }

  /// The letters of a range in the other case.
  private mutating func writeOtherCase(of lower: Unicode.Scalar, to upper: Unicode.Scalar) {
    for letters in [UInt32(0x41)...0x5A, 0x61...0x7A] {
      let first = max(lower.value, letters.lowerBound)
      let last = min(upper.value, letters.upperBound)
      guard first <= last, let from = Unicode.Scalar(first ^ 0x20),
        let to = Unicode.Scalar(last ^ 0x20)
      else { continue }
      output += "\(from)-\(to)"
    }
  }

  private func isAhead(_ text: String) -> Bool {
    scalars[position...].starts(with: text.unicodeScalars)
  }

  private static func escapedInClass(_ scalar: Unicode.Scalar) -> String {
    #"^$\.*+?()[]{}|/-"#.unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
  }
}
