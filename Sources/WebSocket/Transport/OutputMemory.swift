import NIOCore

/// Memory in which the connections of one event loop gather what they send, one after the other.
///
/// A thousand connections with memory of their own would find it in no cache when their turn comes.
///
/// Touched on the loop alone, which is what makes `@unchecked Sendable` true.
final class OutputMemory: @unchecked Sendable {
  private var spare: ByteBuffer?

  /// The most memory that is kept, in bytes.
  private static let maximumKept = 65_536

  /// An empty buffer: the loop's own, or a new one while another connection has that.
  func take() -> ByteBuffer { spare.take() ?? ByteBuffer() }

  /// Keeps a buffer for the next one who asks, unless it has become big.
  func give(_ buffer: consuming ByteBuffer) {
    guard buffer.capacity <= Self.maximumKept else { return }
    buffer.clear()
    spare = buffer
  }
}
