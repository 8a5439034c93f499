/// The members and items of one value that some keyword has looked at, by tape node.
///
/// Spec: 2020-12 Core §11 (unevaluated locations).
struct Evaluated {
  var nodes: Set<Int> = []
  var allMembers = false
  var allItems = false

  /// Takes everything for looked at: where it is not known what was meant, nothing is surplus.
  mutating func insertAll() {
    allMembers = true
    allItems = true
  }

  mutating func formUnion(_ other: Evaluated) {
    nodes.formUnion(other.nodes)
    allMembers = allMembers || other.allMembers
    allItems = allItems || other.allItems
  }
}
