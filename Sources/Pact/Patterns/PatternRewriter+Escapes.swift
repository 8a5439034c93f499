extension PatternRewriter {
  /// What letters after a backslash become, outside of classes.
  private static let sets: [Unicode.Scalar: String] = [
    "d": #"\p{Nd}"#, "D": #"\P{Nd}"#,
    "w": #"[\p{L}\p{M}\p{Nd}\p{Pc}]"#, "W": #"[^\p{L}\p{M}\p{Nd}\p{Pc}]"#,
    "s": #"\p{White_Space}"#, "S": #"\P{White_Space}"#,
    "h": "[0-9a-fA-F]", "H": "[^0-9a-fA-F]",
    "R": #"(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])"#,
  ]

  private static let anchors: [Unicode.Scalar: String] = [
    "A": "^", "z": "$", "Z": #"(?=\n?$)"#, "b": #"\b"#, "B": #"\B"#,
  ]

  /// An escape outside of classes; its backslash has been read.
  mutating func escape() throws(PactPatternError) {
    guard let letter = advance() else { throw error("a backslash ends the pattern") }
    if let anchor = Self.anchors[letter] {
      output += anchor
      return
    }
    if let set = Self.sets[letter] {
      output += set
    } else if ("1"..."9").contains(letter) {
      output += "\\\(letter)"
      while let digit = peek, ("0"..."9").contains(digit) {
        output.unicodeScalars.append(digit)
        position += 1
      }
    } else if letter == "k", peek == "<" {
      output += #"\k"#
      while let next = advance() {
        output.unicodeScalars.append(next)
        if next == ">" { break }
      }
    } else if letter == "p" || letter == "P" {
      output += try property(letter)
    } else {
      try literal(try character(letter))
      return
    }
    try quantifier()
  }

  /// `\p{Name}` or `\p{^Name}`.
  mutating func property(_ letter: Unicode.Scalar) throws(PactPatternError) -> String {
    guard peek == "{", let end = scalars[position...].firstIndex(of: "}") else {
      throw error("'\\\(letter)' needs a property in braces, as in \\p{L}")
    }
    var name = scalars[(position + 1)..<end].map { String($0) }.joined()
    position = end + 1
    var isNegated = letter == "P"
    if name.hasPrefix("^") {
      name.removeFirst()
      isNegated.toggle()
    }
    let known = Self.posixClasses[name.lowercased()]
    if let known { return isNegated ? "[^\(known)]" : "[\(known)]" }
    return (isNegated ? #"\P{"# : #"\p{"#) + name + "}"
  }

  /// The one character that an escape stands for.
  mutating func character(_ letter: Unicode.Scalar) throws(PactPatternError) -> Unicode.Scalar {
    switch letter {
    case "t": return "\t"
    case "n": return "\n"
    case "r": return "\r"
    case "f": return "\u{C}"
    case "v": return "\u{B}"
    case "a": return "\u{7}"
    case "e": return "\u{1B}"
    case "0": return try code(radix: 8, maximumDigits: 2, mayBeEmpty: true)
    case "u": return try code(radix: 16, maximumDigits: 4)
    case "x":
      guard peek == "{" else { return try code(radix: 16, maximumDigits: 2) }
      position += 1
      let scalar = try code(radix: 16, maximumDigits: 8)
      guard advance() == "}" else { throw error("'\\x{' is never closed") }
      return scalar
    case "G", "K", "X", "Q", "E": throw error("'\\\(letter)' is not supported")
    default: return letter
    }
  }

  private mutating func code(
    radix: Int,
    maximumDigits: Int,
    mayBeEmpty: Bool = false
  ) throws(PactPatternError) -> Unicode.Scalar {
    var digits = ""
    while digits.utf8.count < maximumDigits, let next = peek,
      Character(next).hexDigitValue.map({ $0 < radix }) ?? false
    {
      digits.unicodeScalars.append(next)
      position += 1
    }
    guard !digits.isEmpty || mayBeEmpty else { throw error("a character code has no digits") }
    guard let value = UInt32(digits.isEmpty ? "0" : digits, radix: radix),
      let scalar = Unicode.Scalar(value)
    else { throw error("'\(digits)' is the code of no character") }
    return scalar
  }
}
