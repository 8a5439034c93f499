/// The memory of a document: its nodes and its text in one piece, no larger than they are.
///
/// One piece, so that a walk over many documents meets few cache lines and few pages.
@usableFromInline
struct TapeSnapshot: @unchecked Sendable {
  // Safe to share: written before anybody else has it, and never again.
  @usableFromInline let memory: ManagedBuffer<Counts, JSONTape.Node>

  /// How much there is.
  @frozen
  @usableFromInline
  struct Counts {
    @usableFromInline let nodes: Int
    @usableFromInline let bytes: Int

    /// Takes the counts.
    @inlinable
    init(nodes: Int, bytes: Int) {
      self.nodes = nodes
      self.bytes = bytes
    }
  }

  /// Copies what a parser has found.
  init(_ storage: TapeStorage) {
    let found = storage.contents.pointee
    // The text stands behind the nodes, with the zeros that loops over it count on.
    let byteCount = found.byteCount + TapeStorage.padding
    let stride = MemoryLayout<JSONTape.Node>.stride
    memory = .create(minimumCapacity: found.nodeCount + (byteCount + stride - 1) / stride) { _ in
      Counts(nodes: found.nodeCount, bytes: found.byteCount)
    }
    memory.withUnsafeMutablePointerToElements { nodes in
      nodes.update(from: found.nodes, count: found.nodeCount)
      UnsafeMutableRawPointer(nodes + found.nodeCount)
        .copyMemory(from: found.bytes, byteCount: byteCount)
    }
  }

  /// The nodes over the text, valid while the snapshot is alive.
  @inlinable var tape: JSONTape {
    memory.withUnsafeMutablePointers { counts, nodes in
      let text = UnsafeRawPointer(nodes + counts.pointee.nodes)
      return JSONTape(
        bytes: text.assumingMemoryBound(to: UInt8.self),
        nodes: nodes,
        count: counts.pointee.nodes
      )
    }
  }

  /// How many nodes the text has.
  var nodeCount: Int { memory.header.nodes }

  /// The text as it was given, valid while the snapshot is alive.
  var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: tape.bytes, count: memory.header.bytes)
  }
}
