import JSON
import Yams

/// Finds the second place of a name that stands twice in one mapping.
///
/// The parser tells only the first place. With that one renamed to something of the same length, the
/// text parses, and the mapping with the new name shows where the other one stands.
struct DuplicateName {
  private struct Place: Hashable {
    let line: Int
    let column: Int

    init(_ mark: Mark) {
      line = mark.line
      column = mark.column
    }
  }

  /// How many names may be renamed on the way: other names may stand twice as well.
  private static let maximumRounds = 16
  /// How many nodes are looked at in search of the mapping.
  private static let maximumNodes = 1_000_000

  let text: String
  let file: String

  /// The error for a name; it blames the second place where that can be found.
  func error(name: String, first: Mark) -> YAMLSyntaxError {
    let second = secondMark(of: name, first: first) ?? first
    return YAMLSyntaxError(
      location: SourceLocation(file: file, line: second.line, column: second.column),
      reason: .duplicateName(
        name,
        first: SourceLocation(file: file, line: first.line, column: first.column)
      )
    )
  }

  private func secondMark(of name: String, first: Mark) -> Mark? {
    var renamed = text
    var mark = first
    // The places where this name stood before it was renamed.
    var places: Set<Place> = [Place(first)]
    for _ in 0..<Self.maximumRounds {
      guard let next = Self.rename(at: mark, in: renamed) else { return nil }
      renamed = next
      do {
        guard let root = try YAMLReader.compose(renamed) else { return nil }
        return Self.sibling(named: name, of: Place(first), places, in: root)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        mark = context.mark
        if names.contains(name) { places.insert(Place(mark)) }
      } catch {
        return nil
      }
    }
    return nil
  }

  /// The text with the name at a place replaced by as many characters that stand nowhere else.
  private static func rename(at mark: Mark, in text: String) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.unicodeScalars)
    }
    guard lines.indices.contains(mark.line - 1) else { return nil }
    var line = lines[mark.line - 1]
    var index = mark.column - 1
    guard line.indices.contains(index) else { return nil }
    let quote: Unicode.Scalar? = line[index] == "\"" || line[index] == "'" ? line[index] : nil
    if quote != nil { index += 1 }
    let start = index
    while index < line.count, line[index] != quote {
      let isEnd = line[index] == ":" && (index + 1 == line.count || line[index + 1] == " ")
      if quote == nil, isEnd { break }
      line[index] = placeholder(mark)
      index += 1
    }
    guard index > start else { return nil }
    lines[mark.line - 1] = line
    return lines.map { scalars in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }.joined(separator: "\n")
  }

  /// A character for private use, another one for neighbouring places.
  private static func placeholder(_ mark: Mark) -> Unicode.Scalar {
    let range: UInt32 = 0xF8FF - 0xE000
    let value = UInt32(truncatingIfNeeded: mark.line &* 31 &+ mark.column) % range
    return Unicode.Scalar(0xE000 + value) ?? "\u{E000}"
  }

  /// The next key with a name after the key at a place, in the mapping that has both.
  private static func sibling(
    named name: String,
    of first: Place,
    _ places: Set<Place>,
    in root: Node
  ) -> Mark? {
    var pending = [root]
    var count = 0
    while let node = pending.popLast(), count < maximumNodes {
      count += 1
      switch node {
      case .sequence(let sequence):
        pending += sequence
      case .mapping(let mapping):
        let keys = Array(mapping.keys)
        if let index = keys.firstIndex(where: { $0.mark.map { Place($0) } == first }) {
          return keys[(index + 1)...].first { key in
            key.scalar?.string == name || key.mark.map { places.contains(Place($0)) } == true
          }?.mark
        }
        pending += mapping.values
      case .scalar, .alias:
        continue
      }
    }
    return nil
  }
}
