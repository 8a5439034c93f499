/// Appends nodes to a tape.
///
/// While a container is open its node counts its children and links to the container around it, so
/// the tape itself is the stack.
struct TapeWriter {
  /// One turn of the scanner's loop appends at most a key, a value and an end.
  private static let spareNodes = 4

  private let contents: UnsafeMutablePointer<TapeStorage.Contents>
  private var next: UnsafeMutablePointer<JSONTape.Node>
  /// From here on there is too little room for one more turn.
  private var limit: UnsafeMutablePointer<JSONTape.Node>
  /// The index of the node after the next one, where the upper half of its tail has it.
  private var link: UInt64 = 1 << 32
  private var container: UnsafeMutablePointer<JSONTape.Node>

  /// Starts an empty tape.
  @inline(__always)
  init(_ contents: UnsafeMutablePointer<TapeStorage.Contents>) {
    self.contents = contents
    next = contents.pointee.nodes
    limit = next + (contents.pointee.nodeCapacity - Self.spareNodes)
    container = next
  }

  /// How many nodes there are.
  var count: Int { next - contents.pointee.nodes }

  /// Whether the innermost container has no node in it yet.
  var isContainerEmpty: Bool { next == container + 1 }

  /// Makes sure that there is room for one turn.
  @inline(__always)
  mutating func makeRoom() {
    if next >= limit { self = grown() }
  }

  @inline(never)
  private func grown() -> TapeWriter {
    var larger = self
    let count = count
    let containerIndex = container - contents.pointee.nodes
    contents.pointee.growNodes(used: count)
    larger.next = contents.pointee.nodes + count
    larger.container = contents.pointee.nodes + containerIndex
    larger.limit = contents.pointee.nodes + (contents.pointee.nodeCapacity - Self.spareNodes)
    return larger
  }

  /// Appends a node that contains no others.
  @inline(__always)
  mutating func append(
    _ kind: JSONTape.Kind,
    _ flags: JSONTape.Flags = [],
    offset: Int,
    length: Int
  ) {
    next.pointee.head =
      UInt64(kind.rawValue) | UInt64(flags.rawValue) << 8
      | UInt64(truncatingIfNeeded: offset) << 32
    next.pointee.tail = link | UInt64(truncatingIfNeeded: length)
    next += 1
    link &+= 1 << 32
  }

  /// Appends a container, which the following nodes are in.
  @inline(__always)
  mutating func open(_ kind: JSONTape.Kind, offset: Int) {
    let outer = container - contents.pointee.nodes
    container = next
    append(kind, offset: offset, length: 0)
    container.pointee.tail = UInt64(truncatingIfNeeded: outer) << 32
  }

  /// Notes one more item or member of the innermost container.
  @inline(__always)
  mutating func countChild() { container.pointee.tail &+= 1 }

  /// Ends the innermost container.
  ///
  /// - Returns: Whether the one around it is an object.
  @inline(__always)
  mutating func close(offset: Int) -> Bool {
    let nodes = contents.pointee.nodes
    let outer = container.pointee.link
    next.pointee = JSONTape.Node(kind: .end, offset: offset, length: 0, link: container - nodes)
    container.pointee.tail = link | (container.pointee.tail & 0xFFFF_FFFF)
    next += 1
    link &+= 1 << 32
    container = nodes + outer
    return container.pointee.kind == .object
  }
}
