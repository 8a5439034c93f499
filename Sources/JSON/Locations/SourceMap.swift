/// The places of a value's parts in the file that it came from.
///
/// Places are worked out when they are asked for, which only diagnostics do.
package struct SourceMap: Sendable {
  private enum Origin: Sendable {
    case nowhere
    case document(JSONDocument, LineTable)
    case tree(SourceTree)
  }

  /// The file that all places are in.
  package let file: String
  private let origin: Origin

  /// A map without places: everything stands at the start of the file.
  package init(file: String) {
    self.file = file
    origin = .nowhere
  }

  /// The places in a JSON text.
  package init(_ document: JSONDocument) {
    file = document.file
    origin = .document(document, LineTable(document))
  }

  /// Places that were noted while reading another format.
  package init(file: String, tree: SourceTree) {
    self.file = file
    origin = .tree(tree)
  }

  /// Where the value at a path begins; for a path that leads nowhere, the nearest part above it.
  package func value(at pointer: JSONPointer) -> SourceLocation {
    switch origin {
    case .nowhere:
      return SourceLocation(file: file)
    case .document(let document, let lines):
      let offset = document.withTape { $0.offset(of: $0.nearestNode(to: pointer).value) }
      return lines.location(atByte: offset, of: document)
    case .tree(let tree):
      return location(tree.nearest(to: pointer).value)
    }
  }

  /// Where the name stands that leads to a path; for an array item or the whole value, where that
  /// begins.
  package func key(at pointer: JSONPointer) -> SourceLocation {
    switch origin {
    case .nowhere:
      return SourceLocation(file: file)
    case .document(let document, let lines):
      let offset = document.withTape { tape in
        let found = tape.nearestNode(to: pointer)
        return tape.offset(of: found.key ?? found.value)
      }
      return lines.location(atByte: offset, of: document)
    case .tree(let tree):
      let found = tree.nearest(to: pointer)
      return location(found.key ?? found.value)
    }
  }

  /// The names that stand again in the same object of a JSON text, which readers understand
  /// differently.
  ///
  /// Other formats refuse them.
  package var duplicateNames: [JSONDuplicateName] {
    if case .document(let document, _) = origin { document.duplicateNames } else { [] }
  }

  private func location(_ position: SourceTree.Position) -> SourceLocation {
    SourceLocation(file: file, line: position.line, column: position.column)
  }
}
