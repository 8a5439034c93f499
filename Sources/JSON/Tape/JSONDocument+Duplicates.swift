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
    withTape { tape in
      var previous: [Int: Int] = [:]
      for node in 0..<tape.count where tape.kind(of: node) == .object {
        guard tape.childCount(of: node) > 1 else { continue }
        for duplicate in MemberTable(tape, node).duplicates {
          previous[duplicate.key] = duplicate.previous
        }
      }
      guard !previous.isEmpty else { return [] }
      let lines = LineTable(self)
      var found: [JSONDuplicateName] = []
      var walk = TapeWalk(tape)
      while let node = walk.next() {
        guard let before = previous[node] else { continue }
        found.append(
          JSONDuplicateName(
            pointer: JSONPointer(tokens: walk.tokens),
            location: lines.location(atByte: tape.offset(of: node), of: self),
            previous: lines.location(atByte: tape.offset(of: before), of: self)
          )
        )
      }
      return found
    }
  }
}
