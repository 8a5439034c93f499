/// Turns a set of scalars into byte edges that read exactly the UTF-8 forms of its members.
///
/// Equal tails are shared, so that a set such as `\p{L}` takes some hundred nodes.
///
/// Spec: RFC 3629 §4.
struct UTF8TrieBuilder {
  typealias Edge = ByteAutomaton.Edge
  typealias NotExpressible = ByteAutomaton.NotExpressible

  /// Where a read scalar leads to.
  let end: Int32

  private struct Tail: Hashable {
    var bytesLeft: Int
    var ranges: [ClosedRange<UInt32>]
  }
  private var tails: [Tail: Int32] = [:]

  init(end: Int32) { self.end = end }

  /// Builds the nodes of a set.
  ///
  /// - Parameters:
  ///   - set: The scalars to read.
  ///   - addNode: Adds a node with these edges, and says its index.
  /// - Returns: The node where reading begins; it has no edges when the set is empty.
  /// - Throws: What `addNode` throws.
  mutating func build(
    _ set: ScalarSet,
    addNode: ([Edge]) throws(NotExpressible) -> Int32
  ) throws(NotExpressible) -> Int32 {
    var edges: [Edge] = []
    for (lengthRange, continuations, mark) in Self.lengths {
      let members = set.intersection(ScalarSet([lengthRange])).ranges
      guard !members.isEmpty else { continue }
      edges += try self.edges(
        of: members,
        continuations: continuations,
        mark: mark,
        addNode: addNode
      )
    }
    return try addNode(edges)
  }

  /// For each number of bytes: the scalars, how many continuation bytes, the mark in the first.
  private static let lengths: [(ClosedRange<UInt32>, Int, UInt8)] = [
    (0...0x7F, 0, 0x00), (0x80...0x7FF, 1, 0xC0), (0x800...0xFFFF, 2, 0xE0),
    (0x1_0000...0x10_FFFF, 3, 0xF0),
  ]

  /// Consecutive values of the first byte that are followed by the same tail.
  private struct Block {
    var prefixes: ClosedRange<UInt32>
    var tail: [ClosedRange<UInt32>]
  }

  /// The edges for the byte that holds the bits above the lowest `6 * continuations`.
  private mutating func edges(
    of ranges: [ClosedRange<UInt32>],
    continuations: Int,
    mark: UInt8,
    addNode: ([Edge]) throws(NotExpressible) -> Int32
  ) throws(NotExpressible) -> [Edge] {
    guard continuations > 0 else {
      return ranges.map {
        Edge(low: mark | UInt8($0.lowerBound), high: mark | UInt8($0.upperBound), target: end)
      }
    }
    var edges: [Edge] = []
    for block in Self.blocks(of: ranges, shift: UInt32(6 * continuations)) {
      let target = try tail(block.tail, bytesLeft: continuations, addNode: addNode)
      let low = mark | UInt8(block.prefixes.lowerBound)
      let high = mark | UInt8(block.prefixes.upperBound)
      if let last = edges.last, last.target == target, last.high + 1 == low {
        edges[edges.count - 1].high = high
      } else {
        edges.append(Edge(low: low, high: high, target: target))
      }
    }
    return edges
  }

  private static func blocks(of ranges: [ClosedRange<UInt32>], shift: UInt32) -> [Block] {
    let mask = (UInt32(1) << shift) - 1
    var blocks: [Block] = []
    func appendPart(of prefix: UInt32, _ part: ClosedRange<UInt32>) {
      if let last = blocks.last, last.prefixes == prefix...prefix {
        blocks[blocks.count - 1].tail.append(part)
      } else {
        blocks.append(Block(prefixes: prefix...prefix, tail: [part]))
      }
    }
    for range in ranges {
      var first = range.lowerBound >> shift
      let last = range.upperBound >> shift
      if range.lowerBound & mask != 0 || first == last {
        let high = first == last ? range.upperBound & mask : mask
        appendPart(of: first, range.lowerBound & mask...high)
        first += 1
      }
      guard first <= last else { continue }
      let isLastWhole = range.upperBound & mask == mask
      if isLastWhole || first < last {
        blocks.append(Block(prefixes: first...(isLastWhole ? last : last - 1), tail: [0...mask]))
      }
      if !isLastWhole { appendPart(of: last, 0...range.upperBound & mask) }
    }
    return blocks
  }

  /// The node that reads these low bits as continuation bytes.
  private mutating func tail(
    _ ranges: [ClosedRange<UInt32>],
    bytesLeft: Int,
    addNode: ([Edge]) throws(NotExpressible) -> Int32
  ) throws(NotExpressible) -> Int32 {
    let key = Tail(bytesLeft: bytesLeft, ranges: ranges)
    if let known = tails[key] { return known }
    let edges = try self.edges(
      of: ranges,
      continuations: bytesLeft - 1,
      mark: 0x80,
      addNode: addNode
    )
    let node = try addNode(edges)
    tails[key] = node
    return node
  }
}
