import JSON
import Yams

/// Finds the second place of a name that stands twice in one mapping.
///
/// The parser tells only the first place. With that one renamed to something of the same length, the
/// text parses, and the mapping with the new name shows where the other one stands.
struct DuplicateName {
  let text: String
  let file: String

  /// The error for a name; it blames the second place where that can be found.
  func error(name: String, first: Mark) -> YAMLSyntaxError {
    let firstLocation = SourceLocation(file: file, line: first.line, column: first.column)
    let second = secondMark(of: name, first: first)
    return YAMLSyntaxError(
      location: second.map { SourceLocation(file: file, line: $0.line, column: $0.column) }
        ?? firstLocation,
      reason: .duplicateName(name, first: firstLocation)
    )
  }

  private func secondMark(of name: String, first: Mark) -> Mark? {
    var renamed = text
    // A name that stands three times, or other names that stand twice, need another round.
    var mark = first
    for _ in 0..<16 {
      guard let next = Self.rename(at: mark, in: renamed) else { return nil }
      renamed = next
      do {
        guard let root = try YAMLReader.compose(renamed) else { return nil }
        return Self.sibling(named: name, of: first, in: root)
      } catch YamlError.duplicatedKeysInMapping(_, let context) {
        mark = context.mark
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
      if quote == nil, line[index] == ":", index + 1 == line.count || line[index + 1] == " " {
        break
      }
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

  /// The first key with a name after the key at a place, in the mapping that has both.
  private static func sibling(named name: String, of first: Mark, in root: Node) -> Mark? {
    var pending = [root]
    while let node = pending.popLast() {
      switch node {
      case .sequence(let sequence):
        pending += sequence
      case .mapping(let mapping):
        let marks = mapping.keys.map { $0.mark }
        if marks.contains(where: { $0?.line == first.line && $0?.column == first.column }) {
          return mapping.keys.first { $0.scalar?.string == name }?.mark
        }
        pending += mapping.values
      case .scalar, .alias:
        continue
      }
    }
    return nil
  }
}
