/// Rewrites a pattern in Oniguruma's Ruby syntax into one of ECMA-262 with flag `u`.
///
/// Spec: Oniguruma RE; ECMA-262 §22.2.1.
struct PatternRewriter {
  private let source: String
  var scalars: [Unicode.Scalar]
  var position = 0
  var output = ""
  /// Options in force, one level for each open group.
  private var options: [Options] = [Options()]

  /// What `(?im)` switches on.
  struct Options {
    var ignoresCase = false
    var dotMatchesNewline = false
  }

  init(_ source: String) {
    self.source = source
    scalars = Array(source.unicodeScalars)
  }

  var current: Options { options[options.count - 1] }

  /// The whole pattern.
  mutating func rewrite() throws(PactPatternError) -> String {
    while let next = advance() {
      switch next {
      case "\\": try escape()
      case "[": try characterClass()
      case "(": try openGroup()
      case ")":
        guard options.count > 1 else { throw error("unmatched ')'") }
        options.removeLast()
        output += ")"
        try quantifier()
      case ".":
        output += current.dotMatchesNewline ? #"[\s\S]"# : #"[^\n]"#
        try quantifier()
      case "{": try brace()
      case "}", "]": try literal(next)
      case "|": output += "|"
      case "^", "$": output.unicodeScalars.append(next)
      case "*", "+", "?": throw error("nothing to repeat before '\(next)'")
      default: try literal(next)
      }
    }
    guard options.count == 1 else { throw error("'(' is never closed") }
    return output
  }

  /// One character that stands for itself, and how often.
  mutating func literal(_ scalar: Unicode.Scalar) throws(PactPatternError) {
    let otherCase = current.ignoresCase ? Self.otherCase(of: scalar) : nil
    if let otherCase {
      output += "[\(scalar)\(otherCase)]"
    } else {
      output += Self.escaped(scalar)
    }
    try quantifier()
  }

  /// `*`, `+`, `?` or `{n,m}` with an optional `?`, if one follows.
  mutating func quantifier() throws(PactPatternError) {
    guard let next = peek else { return }
    if next == "*" || next == "+" || next == "?" {
      position += 1
      output.unicodeScalars.append(next)
      if peek == "+" { throw error("possessive quantifiers such as '\(next)+' are not supported") }
    } else if next == "{", let bounds = interval() {
      output += bounds
    } else {
      return
    }
    if peek == "?" {
      position += 1
      output += "?"
    }
  }

  /// A brace where no quantifier can stand: a literal one.
  private mutating func brace() throws(PactPatternError) {
    position -= 1
    if interval() != nil { throw error("nothing to repeat before '{'") }
    position += 1
    try literal("{")
  }

  /// `{n}`, `{n,}`, `{,m}` or `{n,m}`; anything else after a brace stands for itself.
  private mutating func interval() -> String? {
    guard let end = scalars[position...].firstIndex(of: "}") else { return nil }
    let parts = scalars[(position + 1)..<end].split(
      separator: ",",
      maxSplits: 2,
      omittingEmptySubsequences: false
    )
    let isNumber = { (part: ArraySlice<Unicode.Scalar>) in
      !part.isEmpty && part.allSatisfy { ("0"..."9").contains($0) }
    }
    let text = { (part: ArraySlice<Unicode.Scalar>) in part.map { String($0) }.joined() }
    let bounds: String
    switch parts.count {
    case 1 where isNumber(parts[0]): bounds = "{\(text(parts[0]))}"
    case 2 where isNumber(parts[0]) && (parts[1].isEmpty || isNumber(parts[1])):
      bounds = "{\(text(parts[0])),\(text(parts[1]))}"
    case 2 where parts[0].isEmpty && isNumber(parts[1]): bounds = "{0,\(text(parts[1]))}"
    default: return nil
    }
    position = end + 1
    return bounds
  }

  private mutating func openGroup() throws(PactPatternError) {
    guard peek == "?" else {
      options.append(current)
      output += "("
      return
    }
    position += 1
    guard let kind = advance() else { throw error("'(' is never closed") }
    switch kind {
    case ":", "=", "!":
      options.append(current)
      output += "(?\(kind)"
    case "<":
      options.append(current)
      output += "(?<"
      // Of a look-behind only the sign is special; a name goes through to its end.
      while let next = peek {
        output.unicodeScalars.append(next)
        position += 1
        if next == "=" || next == "!" || next == ">" { break }
      }
    case "#":
      while let next = advance(), next != ")" { _ = next }
    case ">": throw error("atomic groups '(?>' are not supported")
    default:
      position -= 1
      try inlineOptions()
    }
  }

  /// `(?im-im)` or `(?im-im:...)`.
  private mutating func inlineOptions() throws(PactPatternError) {
    var changed = current
    var isOn = true
    while let next = advance() {
      switch next {
      case "-": isOn = false
      case "i": changed.ignoresCase = isOn
      case "m", "s": changed.dotMatchesNewline = isOn
      case ")":
        options[options.count - 1] = changed
        return
      case ":":
        options.append(changed)
        output += "(?:"
        return
      default: throw error("the option or group '(?\(next)' is not supported")
      }
    }
    throw error("'(' is never closed")
  }
}

extension PatternRewriter {
  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func advance() -> Unicode.Scalar? {
    guard let next = peek else { return nil }
    position += 1
    return next
  }

  func error(_ reason: String) -> PactPatternError {
    PactPatternError(pattern: source, reason: reason)
  }

  /// A character that stands for itself, escaped where ECMA-262 asks for it.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    #"^$\.*+?()[]{}|/"#.unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
  }

  /// The same ASCII letter in the other case, or `nil` for anything else.
  static func otherCase(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "a"..."z", "A"..."Z": Unicode.Scalar(scalar.value ^ 0x20)
    default: nil
    }
  }
}
