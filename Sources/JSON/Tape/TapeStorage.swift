/// The memory of a parsed text: its bytes, with zeros behind them, and the nodes over them.
///
/// Written by one parser while nobody else holds it, and never again while a document does: that is
/// what makes it safe to share.
@usableFromInline
final class TapeStorage: @unchecked Sendable {
  /// What changes from text to text; behind a pointer, where access to it costs nothing.
  @usableFromInline
  struct Contents {
    @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
    @usableFromInline var byteCount: Int
    @usableFromInline var nodes: UnsafeMutablePointer<JSONTape.Node>
    @usableFromInline var nodeCount: Int
    var byteCapacity: Int
    var nodeCapacity: Int
  }

  /// Zeros behind the text, so that the scanner may read a few words past its end.
  static let padding = 32

  @usableFromInline let contents: UnsafeMutablePointer<Contents>

  /// Makes room for a text of this size.
  init(byteCapacity: Int = 0) {
    contents = .allocate(capacity: 1)
    let nodeCapacity = byteCapacity / 4 + 16
    contents.initialize(
      to: Contents(
        bytes: .allocate(capacity: byteCapacity + Self.padding),
        byteCount: 0,
        nodes: .allocate(capacity: nodeCapacity),
        nodeCount: 0,
        byteCapacity: byteCapacity + Self.padding,
        nodeCapacity: nodeCapacity
      )
    )
  }

  deinit {
    contents.pointee.bytes.deallocate()
    contents.pointee.nodes.deallocate()
    contents.deallocate()
  }

  /// Takes a text in place of the one before.
  func load(_ text: UnsafeBufferPointer<UInt8>) {
    contents.pointee.load(text)
  }

  /// The text as it was given.
  var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: contents.pointee.bytes, count: contents.pointee.byteCount)
  }

  @inlinable var tape: JSONTape {
    let contents = contents.pointee
    return JSONTape(bytes: contents.bytes, nodes: contents.nodes, count: contents.nodeCount)
  }
}

extension TapeStorage.Contents {
  /// Takes a text in place of the one before.
  mutating func load(_ text: UnsafeBufferPointer<UInt8>) {
    if text.count + TapeStorage.padding > byteCapacity {
      bytes.deallocate()
      byteCapacity = text.count + text.count / 2 + TapeStorage.padding
      bytes = .allocate(capacity: byteCapacity)
    }
    if let start = text.baseAddress { bytes.update(from: start, count: text.count) }
    (bytes + text.count).update(repeating: 0, count: TapeStorage.padding)
    byteCount = text.count
    nodeCount = 0
  }

  /// Makes room for twice as many nodes, of which so many are in use.
  mutating func growNodes(used: Int) {
    let larger = UnsafeMutablePointer<JSONTape.Node>.allocate(capacity: nodeCapacity * 2)
    larger.update(from: nodes, count: used)
    nodes.deallocate()
    nodes = larger
    nodeCapacity *= 2
  }
}
