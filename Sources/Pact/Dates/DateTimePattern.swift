/// A pattern of dates and times in the letters of Java's `DateTimeFormatter`.
///
/// Reading is as lenient as in the official engine: `2024-1-1` fits `yyyy-MM-dd`, `.12` fits `.SSS`,
/// a second may be 60.
///
/// Spec: Pact V3 "Matching Rules", `date`, `time`, `timestamp`; pact_models, `time_utils`.
package struct DateTimePattern: Sendable, Hashable {
  /// What `date` means without a format.
  package static let defaultDate = "yyyy-MM-dd"
  /// What `time` means without a format.
  package static let defaultTime = "HH:mm:ss"
  /// What `datetime` means without a format.
  package static let defaultDateTime = "yyyy-MM-dd'T'HH:mm:ssXXX"

  /// One part of a pattern.
  enum Token: Sendable, Hashable {
    case text(String)
    /// A letter that stands for a part of a date, and how often it is repeated.
    case field(Character, count: Int)
  }

  /// The pattern as it was written.
  package let source: String
  let tokens: [Token]

  /// Reads a pattern.
  ///
  /// - Throws: ``DateTimePatternError`` when a letter means nothing or is repeated too often.
  package init(_ source: String) throws(DateTimePatternError) {
    self.source = source
    var parser = DateTimePatternParser(source)
    tokens = try parser.parse()
  }

  /// Whether a whole text is a date or time of this pattern; days are checked against the month.
  package func fits(_ text: String) -> Bool {
    var scanner = DateTimeScanner(text)
    for token in tokens {
      switch token {
      case .text(let text): guard scanner.take(text) else { return false }
      case .field(let letter, let count):
        guard scanner.takeField(letter, count: count) else { return false }
      }
    }
    return scanner.isAtEnd && scanner.dayExists
  }
}

/// A text that is no pattern of dates and times.
package struct DateTimePatternError: Error, Sendable, Hashable {
  /// The text.
  package var pattern: String
  /// What is wrong, in words, without a full stop.
  package var reason: String
}

extension DateTimePatternError: CustomStringConvertible {
  /// One sentence with the pattern.
  package var description: String { "'\(pattern)' is no date format: \(reason)" }
}

/// Reads the letters of a pattern.
struct DateTimePatternParser {
  /// How often each letter may be repeated.
  private static let limits: [Character: Int] = [
    "G": 5, "y": .max, "Y": .max, "u": .max, "M": 5, "L": 5, "D": .max, "d": 2, "Q": 5, "q": 2,
    "w": 2, "W": 2, "F": 2, "E": 5, "e": 5, "c": 1, "a": 1, "h": 2, "H": 2, "k": 2, "K": 2, "m": 2,
    "s": 2, "S": 18, "n": .max, "A": .max, "N": .max, "x": 5, "X": 5, "Z": 5, "O": 4, "z": 4,
    "V": 2,
  ]

  private let source: String
  private var rest: Substring

  init(_ source: String) {
    self.source = source
    rest = source[...]
  }

  mutating func parse() throws(DateTimePatternError) -> [DateTimePattern.Token] {
    var tokens: [DateTimePattern.Token] = []
    guard !rest.isEmpty else { throw error("it is empty") }
    while let next = rest.first {
      if next == "'" {
        tokens.append(.text(try quoted()))
      } else if let limit = Self.limits[next] {
        let count = rest.prefix { $0 == next }.count
        guard count <= limit else {
          throw error("'\(next)' stands \(count) times; \(limit) at most")
        }
        rest = rest.dropFirst(count)
        tokens.append(.field(next, count: count))
      } else if Self.isReserved(next) {
        throw error("'\(next)' means nothing; quote text as '...'")
      } else {
        let text = rest.prefix { $0 != "'" && Self.limits[$0] == nil && !Self.isReserved($0) }
        rest = rest.dropFirst(text.count)
        tokens.append(.text(String(text)))
      }
    }
    return tokens
  }

  /// Text in single quotes, where two quotes stand for one; two quotes alone are one.
  private mutating func quoted() throws(DateTimePatternError) -> String {
    rest = rest.dropFirst()
    if rest.first == "'" {
      rest = rest.dropFirst()
      return "'"
    }
    var text = ""
    while let next = rest.first {
      rest = rest.dropFirst()
      if next != "'" {
        text.append(next)
      } else if rest.first == "'" {
        rest = rest.dropFirst()
        text.append("'")
      } else {
        return text
      }
    }
    throw error("a quote is never closed")
  }

  private static func isReserved(_ character: Character) -> Bool {
    guard character.isASCII else { return false }
    return character.isLetter || character.isNumber || "{}[]".contains(character)
  }

  private func error(_ reason: String) -> DateTimePatternError {
    DateTimePatternError(pattern: source, reason: reason)
  }
}
