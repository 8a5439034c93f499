/// A text that is no path expression.
package struct PathExpressionError: Error, Sendable, Hashable {
  /// The text.
  package var path: String
  /// Where it goes wrong, in characters from 0.
  package var offset: Int
  /// What is wrong there, in words, without a full stop.
  package var reason: String
}

extension PathExpressionError: CustomStringConvertible {
  /// One sentence with the path.
  package var description: String { "'\(path)' is no path at character \(offset + 1): \(reason)" }
}

/// Reads path expressions.
///
///     path    = ["$"] *( "." ( "*" / name ) / "[" ( "'" text "'" / index / "*" ) "]" )
///     name    = 1*( letter / digit / "_" / "-" / ":" / "#" / "@" )
struct PathExpressionParser {
  private let text: String
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var tokens: [PathExpression.Token] = []

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// Reads the whole text.
  mutating func parse() throws(PathExpressionError) -> [PathExpression.Token] {
    guard let first = peek else { return [] }
    tokens = [.root]
    if first == "$" {
      position += 1
    } else if Self.isAlphanumeric(first) {
      try name()
    } else {
      throw error("a path begins with '$'")
    }
    while let next = peek {
      position += 1
      switch next {
      case ".": try afterPoint()
      case "[": try bracket()
      default: throw error("found '\(next)' where '.' or '[' should stand", at: position - 1)
      }
    }
    return tokens
  }

  private mutating func afterPoint() throws(PathExpressionError) {
    guard let next = peek else { throw error("a name or '*' should follow the point") }
    if next == "*" {
      position += 1
      tokens.append(.anyChild)
    } else if Self.isNameCharacter(next) {
      try name()
    } else if next == "." {
      throw error("'..' is not supported; name each step")
    } else {
      throw error("found '\(next)' where a name or '*' should stand; quote it as ['...']")
    }
  }

  private mutating func name() throws(PathExpressionError) {
    let begin = position
    while let next = peek, next != ".", next != "[" {
      guard Self.isNameCharacter(next) else {
        throw error("'\(next)' cannot stand in a name; quote it as ['...']")
      }
      position += 1
    }
    tokens.append(.name(slice(from: begin)))
  }

  private mutating func bracket() throws(PathExpressionError) {
    guard let next = peek else { throw error("'[' is never closed") }
    switch next {
    case "'": try quoted()
    case "*":
      position += 1
      tokens.append(.anyItem)
    case "0"..."9": try index()
    case "\"": throw error("names in brackets stand in single quotes: ['...']")
    case "?", "(": throw error("filters are not supported; name an index or '*'")
    case "-": throw error("an index counts from 0; it cannot be negative")
    case "]": throw error("nothing stands in the brackets; name an index, '*' or 'text'")
    default: throw error("found '\(next)' where an index, '*' or a quoted name should stand")
    }
    guard peek == "]" else {
      if peek == ":" { throw error("slices are not supported; name an index or '*'") }
      throw error(peek.map { "found '\($0)' where ']' should stand" } ?? "'[' is never closed")
    }
    position += 1
  }

  private mutating func quoted() throws(PathExpressionError) {
    position += 1
    let begin = position
    while let next = peek, next != "'" {
      _ = next
      position += 1
    }
    guard peek == "'" else { throw error("the quoted name is never closed", at: begin - 1) }
    guard position > begin else { throw error("a quoted name cannot be empty") }
    tokens.append(.name(slice(from: begin)))
    position += 1
  }

  private mutating func index() throws(PathExpressionError) {
    let begin = position
    while let next = peek, ("0"..."9").contains(next) { position += 1 }
    guard let index = UInt(slice(from: begin)) else {
      throw error("the index is too large", at: begin)
    }
    tokens.append(.index(index))
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func slice(from begin: Int) -> String {
    var slice = String.UnicodeScalarView()
    slice.append(contentsOf: scalars[begin..<position])
    return String(slice)
  }

  private func error(_ reason: String, at offset: Int? = nil) -> PathExpressionError {
    PathExpressionError(path: text, offset: offset ?? position, reason: reason)
  }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
    isAlphanumeric(scalar) || "_-:#@".unicodeScalars.contains(scalar)
  }
}
