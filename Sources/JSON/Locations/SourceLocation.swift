/// A place in a text file, as a person counts: lines and columns start at 1.
package struct SourceLocation: Hashable, Sendable, Comparable {
  /// The file as the user named it, or what stands for it (`<stdin>`).
  package var file: String
  /// The line, from 1.
  package var line: Int
  /// The column in Unicode scalars, from 1.
  package var column: Int

  /// Names a place.
  package init(file: String, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Orders by file, then line, then column.
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, the form that editors turn into a link.
  package var description: String { "\(file):\(line):\(column)" }
}
