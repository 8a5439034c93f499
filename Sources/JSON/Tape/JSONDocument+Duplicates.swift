/// A name that stands again in the same object.
package struct JSONDuplicateName: Hashable, Sendable {
  /// The path that the name leads to.
  package var pointer: JSONPointer
  /// Where the name stands again.
  package var location: SourceLocation
  /// Where it stood before.
  package var previous: SourceLocation
}

extension JSONDocument {
  /// All names that stand again in the same object, in the order of the text.
  ///
  /// They are no error: RFC 8259 only advises against them. Readers differ in which value they take.
  ///
  /// Spec: RFC 8259 §4.
  package var duplicateNames: [JSONDuplicateName] {
    let lines = LineTable(self)
    return withTape { tape in
      var found: [(key: Int, previous: Int)] = []
      for node in 0..<tape.count where tape.kind(of: node) == .object {
        if tape.childCount(of: node) > 1 { found += MemberTable(tape, node).duplicates }
      }
      return found.sorted { $0.key < $1.key }.map { key, previous in
        JSONDuplicateName(
          pointer: tape.pointer(to: key),
          location: lines.location(atByte: tape.offset(of: key), of: self),
          previous: lines.location(atByte: tape.offset(of: previous), of: self)
        )
      }
    }
  }
}
