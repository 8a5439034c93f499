import JSONSchema

/// A schema's pattern as a regular expression that every Pact engine reads the same way.
///
/// Schemas search a text for an ECMA-262 pattern; contracts ask whether a whole text fits one in the
/// syntax of Oniguruma or Java. What means different things there is rewritten (`\d`, `\w`, `.`) or
/// makes the pattern unusable (look-around, backreferences, properties, `\b`, `\s`).
struct PortablePattern {
  /// The pattern for contracts.
  let source: String

  /// Rewrites a pattern that is known to be one.
  ///
  /// - Returns: `nil` when it cannot be said portably.
  init?(_ pattern: ECMAPattern) {
    var rewriter = Rewriter(pattern.source)
    guard rewriter.rewrite() else { return nil }
    if rewriter.isWhole {
      source = rewriter.output
    } else {
      source = #"^[\s\S]*(?:\#(rewriter.output))[\s\S]*$"#
    }
  }

  /// Copies a pattern piece by piece.
  private struct Rewriter {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var hasAlternatives = false
    private(set) var output = ""

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    /// Whether the pattern is anchored at both ends, as a whole.
    var isWhole: Bool {
      guard !hasAlternatives, scalars.first == "^", scalars.last == "$" else { return false }
      let backslashes = scalars.dropLast().reversed().prefix { $0 == "\\" }.count
      return backslashes % 2 == 0
    }

    mutating func rewrite() -> Bool {
      while position < scalars.count {
        let next = scalars[position]
        position += 1
        switch next {
        case "\\": guard escape(isInClass: false) else { return false }
        case "[": guard characterClass() else { return false }
        case "(": guard openGroup() else { return false }
        case ")":
          depth -= 1
          output += ")"
        case ".": output += #"[^\n\r\u2028\u2029]"#
        case "|":
          hasAlternatives = hasAlternatives || depth == 0
          output += "|"
        case "^", "$":
          // Inside of the pattern they would be line anchors elsewhere.
          guard position == 1 || position == scalars.count else { return false }
          output.unicodeScalars.append(next)
        default: output.unicodeScalars.append(next)
        }
      }
      return true
    }

    private mutating func openGroup() -> Bool {
      depth += 1
      output += "("
      guard position < scalars.count, scalars[position] == "?" else { return true }
      // Names of groups do not matter here; look-around does.
      guard position + 1 < scalars.count, scalars[position + 1] == ":" else { return false }
      output += "?:"
      position += 2
      return true
    }

    private mutating func escape(isInClass: Bool) -> Bool {
      guard position < scalars.count else { return false }
      let letter = scalars[position]
      position += 1
      switch letter {
      case "d": output += isInClass ? "0-9" : "[0-9]"
      case "w": output += isInClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]"
      case "D" where !isInClass: output += "[^0-9]"
      case "W" where !isInClass: output += "[^A-Za-z0-9_]"
      case "t", "n", "r", "f", "v": output += "\\\(letter)"
      case "u":
        guard position < scalars.count, scalars[position] != "{" else { return false }
        output += "\\u"
      case "x": output += "\\x"
      case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "-":
        output += "\\\(letter)"
      case "/": output += "/"
      default: return false
      }
      return true
    }

    private mutating func characterClass() -> Bool {
      output += "["
      if position < scalars.count, scalars[position] == "^" {
        position += 1
        output += "^"
      }
      while position < scalars.count {
        let next = scalars[position]
        position += 1
        switch next {
        case "]":
          output += "]"
          return true
        case "\\": guard escape(isInClass: true) else { return false }
        // A bracket opens a class of its own elsewhere, two ampersands intersect.
        case "[", "&", "~", "^": output += "\\\(next)"
        default: output.unicodeScalars.append(next)
        }
      }
      return false
    }
  }
}
