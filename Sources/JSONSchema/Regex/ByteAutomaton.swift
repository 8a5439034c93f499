/// A pattern as a non-deterministic automaton over the bytes of UTF-8.
///
/// It has no look-around and no backreferences; bounded repetitions are written out.
struct ByteAutomaton: Sendable {
  /// A pattern that this kind of automaton cannot hold.
  struct NotExpressible: Error {}

  /// One place in the automaton.
  enum Node: Sendable {
    /// The pattern is matched.
    case match
    /// Goes on where the next byte says: a slice of ``edges``, sorted, without overlaps.
    case bytes(first: Int32, count: Int32)
    /// Goes on at both places, without reading.
    case split(Int32, Int32)
    /// Goes on when the condition holds here.
    case assertion(Assertion, next: Int32)
  }

  /// A condition on a position.
  enum Assertion: Sendable {
    case start, end, wordBoundary, noWordBoundary
  }

  /// Bytes that lead from one node to another.
  struct Edge: Sendable {
    var low: UInt8
    var high: UInt8
    var target: Int32
  }

  private(set) var nodes: [Node] = [.match]
  private(set) var edges: [Edge] = []
  private(set) var start: Int32 = 0
  private(set) var usesWordBoundary = false

  private let limit: Int

  /// Translates a tree.
  ///
  /// - Parameters:
  ///   - tree: What to match, searched for anywhere in the text.
  ///   - limit: The greatest number of nodes and of edges.
  /// - Throws: `NotExpressible` for look-around, backreferences and what would exceed the limit.
  init(_ tree: PatternNode, limit: Int) throws(NotExpressible) {
    self.limit = limit
    start = try translate(tree, next: 0)
  }

  private mutating func add(_ node: Node) throws(NotExpressible) -> Int32 {
    guard nodes.count < limit, edges.count < limit else { throw NotExpressible() }
    nodes.append(node)
    return Int32(nodes.count - 1)
  }

  private mutating func translate(
    _ node: PatternNode,
    next: Int32
  ) throws(NotExpressible) -> Int32 {
    switch node {
    case .empty: return next
    case .scalar(let scalar): return try translate(ScalarSet(scalar), next: next)
    case .set(let set): return try translate(set, next: next)
    case .group(let inner, index: _, name: _): return try translate(inner, next: next)
    case .sequence(let nodes):
      var entry = next
      for node in nodes.reversed() { entry = try translate(node, next: entry) }
      return entry
    case .alternation(let branches):
      var entry = try translate(branches[branches.count - 1], next: next)
      for branch in branches.dropLast().reversed() {
        let other = try translate(branch, next: next)
        entry = try add(.split(other, entry))
      }
      return entry
    case .repetition(let inner, let bounds):
      return try translate(inner, bounds: bounds, next: next)
    case .start: return try add(.assertion(.start, next: next))
    case .end: return try add(.assertion(.end, next: next))
    case .wordBoundary(let isNegated):
      usesWordBoundary = true
      return try add(.assertion(isNegated ? .noWordBoundary : .wordBoundary, next: next))
    case .look, .backreference: throw NotExpressible()
    }
  }

  private mutating func translate(
    _ inner: PatternNode,
    bounds: RepetitionBounds,
    next: Int32
  ) throws(NotExpressible) -> Int32 {
    var entry = next
    if let maximum = bounds.maximum {
      for _ in 0..<max(0, maximum - bounds.minimum) {
        let before = nodes.count
        let body = try translate(inner, next: entry)
        guard nodes.count > before else { break }  // the body reads nothing: once is as good
        entry = try add(.split(body, next))
      }
    } else {
      let loop = try add(.split(next, next))
      let body = try translate(inner, next: loop)
      nodes[Int(loop)] = .split(body, next)
      entry = loop
    }
    for _ in 0..<bounds.minimum {
      let before = nodes.count
      entry = try translate(inner, next: entry)
      guard nodes.count > before else { break }
    }
    return entry
  }

  private mutating func translate(_ set: ScalarSet, next: Int32) throws(NotExpressible) -> Int32 {
    var builder = UTF8TrieBuilder(end: next)
    return try builder.build(set) { (edges: [Edge]) throws(NotExpressible) -> Int32 in
      let first = Int32(self.edges.count)
      self.edges.append(contentsOf: edges)
      return try add(.bytes(first: first, count: Int32(edges.count)))
    }
  }
}
