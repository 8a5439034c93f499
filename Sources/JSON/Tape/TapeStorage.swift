/// The memory of a parser: the bytes of a text, with zeros behind them, and room for the nodes over
/// them.
///
/// Written by one parser while nobody else holds it: that is what makes it safe to send.
final class TapeStorage: @unchecked Sendable {
  /// What changes from text to text; behind a pointer, where access to it costs nothing.
  struct Contents {
    var bytes: UnsafeMutablePointer<UInt8>
    var byteCount: Int
    var nodes: UnsafeMutablePointer<JSONTape.Node>
    var nodeCount: Int
    var byteCapacity: Int
    var nodeCapacity: Int
  }

  /// Zeros behind the text, so that the scanner may read a few words past its end.
  static let padding = 32

  let contents: UnsafeMutablePointer<Contents>

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

  var tape: JSONTape {
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
