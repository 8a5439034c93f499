import JSON

/// A message or operation together with its traits: the members that it has in the end.
///
/// Members are looked up in the parts in order of precedence, so that each one found still knows
/// where it stands.
struct LayeredNode {
  /// The parts, that with the greatest precedence first.
  private let layers: [DocumentNode]

  init(_ node: DocumentNode, precedence: TraitPrecedence) {
    var traits: [DocumentNode] = []
    if node.raw("traits") != nil {
      traits = node.items(of: "traits").compactMap { item in
        // 2.0 also had a trait with its parameters in a list.
        let plain = item.value[0].map { item.child($0, "0") } ?? item
        guard let trait = plain.followed, trait.isMapping("a trait") else { return nil }
        return trait
      }
    }
    // Of several traits the last one wins.
    switch precedence {
    case .targetWins: layers = [node] + traits.reversed()
    case .traitWins: layers = traits.reversed() + [node]
    }
  }

  /// A member, references followed.
  func member(_ name: String) -> DocumentNode? {
    layers.first { $0.value[name] != nil }?.member(name)
  }

  /// The text of a member; nothing, with an error, for another kind.
  func text(_ name: String) -> String? {
    layers.first { $0.value[name] != nil }?.text(name)
  }
}
