import Synchronization

/// Keeps the memory of the last text that was read by itself, for the next one.
///
/// Reading a small text then allocates nothing but what it leaves behind, and documents that are read
/// one after the other lie side by side.
enum SpareStorage {
  /// Larger memory is not kept.
  private static let maximumByteCapacity = 1 << 16

  private static let spare = Atomic<Unmanaged<TapeStorage>?>(nil)

  /// The memory that was kept, or new memory for a text of this size.
  static func take(byteCapacity: Int) -> TapeStorage {
    spare.exchange(nil, ordering: .acquiring)?.takeRetainedValue()
      ?? TapeStorage(byteCapacity: byteCapacity)
  }

  /// Keeps memory that nobody uses any more, when there is none.
  static func keep(_ storage: TapeStorage) {
    guard storage.contents.pointee.byteCapacity <= maximumByteCapacity else { return }
    let mine = Unmanaged.passRetained(storage)
    let (isKept, _) = spare.compareExchange(expected: nil, desired: mine, ordering: .releasing)
    if !isKept { mine.release() }
  }
}
