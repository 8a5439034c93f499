/// The memory of a parsed text: its bytes, with zeros behind them, and the nodes over them.
///
/// Written by one parser while nobody else holds it, and never again while a document does: that is
/// what makes it safe to share.
@usableFromInline
final class TapeStorage: @unchecked Sendable {
  /// Zeros behind the text, so that the scanner may read a word past its end.
  static let padding = 32

  @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
  @usableFromInline var byteCount = 0
  @usableFromInline var nodes: UnsafeMutablePointer<JSONTape.Node>
  @usableFromInline var nodeCount = 0
  var byteCapacity: Int
  var nodeCapacity: Int

  init(byteCapacity: Int = 0) {
    self.byteCapacity = byteCapacity + Self.padding
    nodeCapacity = byteCapacity / 4 + 16
    bytes = .allocate(capacity: self.byteCapacity)
    nodes = .allocate(capacity: nodeCapacity)
  }

  deinit {
    bytes.deallocate()
    nodes.deallocate()
  }

  /// Takes a text in place of the one before.
  func load(_ text: UnsafeBufferPointer<UInt8>) {
    if text.count + Self.padding > byteCapacity {
      bytes.deallocate()
      byteCapacity = text.count + text.count / 2 + Self.padding
      bytes = .allocate(capacity: byteCapacity)
    }
    if let start = text.baseAddress { bytes.update(from: start, count: text.count) }
    (bytes + text.count).update(repeating: 0, count: Self.padding)
    byteCount = text.count
    nodeCount = 0
  }

  /// Makes room for twice as many nodes.
  func growNodes(used: Int) {
    let larger = UnsafeMutablePointer<JSONTape.Node>.allocate(capacity: nodeCapacity * 2)
    larger.update(from: nodes, count: used)
    nodes.deallocate()
    nodes = larger
    nodeCapacity *= 2
  }

  /// The text as it was given.
  var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: byteCount) }

  @usableFromInline var tape: JSONTape {
    @inlinable get { JSONTape(bytes: bytes, nodes: nodes, count: nodeCount) }
  }
}
