#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A part of a file in memory that is shared with it.
///
/// One thread at a time stores; the memory is given back when the last reference goes.
final class JournalWindow: @unchecked Sendable {
  /// Why there is no such part.
  enum Failure: Error {
    /// The file cannot grow.
    case cannotWrite(reason: String)
    /// The file system cannot do this.
    case cannotMap(reason: String)

    var reason: String {
      switch self {
      case .cannotWrite(let reason), .cannotMap(let reason): reason
      }
    }
  }

  /// How many bytes the first part of a file has.
  static let leastBytes = 65_536
  /// How many bytes a part has at most; each has twice as many as the one before, up to this.
  static let mostBytes = 2 * 1_048_576

  /// Where it begins in the file.
  let offset: Int
  /// How many bytes it has.
  let byteCount: Int
  private let base: UnsafeMutableRawPointer
  private let watch: LostMemory.Watch?

  private init(offset: Int, byteCount: Int, base: UnsafeMutableRawPointer) {
    self.offset = offset
    self.byteCount = byteCount
    self.base = base
    watch = LostMemory.watch(base, byteCount)
  }

  deinit {
    if let watch { LostMemory.end(watch) }
    munmap(base, byteCount)
  }

  /// Makes a file longer by so many line breaks and maps them into memory.
  ///
  /// - Parameters:
  ///   - descriptor: The file, open for reading and writing.
  ///   - offset: Where it ends now; a multiple of 64 KiB.
  ///   - byteCount: How many bytes it grows by; a multiple of 64 KiB.
  /// - Returns: The new part, or why there is none.
  static func make(
    of descriptor: Int32,
    at offset: Int,
    byteCount: Int
  ) -> Result<JournalWindow, Failure> {
    if let reason = fill(descriptor, offset, byteCount) {
      ftruncate(descriptor, off_t(offset))
      return .failure(.cannotWrite(reason: reason))
    }
    let base = mmap(
      nil,
      byteCount,
      PROT_READ | PROT_WRITE,
      MAP_SHARED,
      descriptor,
      off_t(offset)
    )
    guard let base, base != MAP_FAILED else {
      let reason = SystemError.text(SystemError.number)
      ftruncate(descriptor, off_t(offset))
      return .failure(.cannotMap(reason: reason))
    }
    #if os(Linux)
      // MADV_POPULATE_WRITE, from Linux 5.14 on: no store has to wait for its page. Without it only
      // the first store into each page takes longer.
      madvise(base, byteCount, 23)
    #endif
    return .success(JournalWindow(offset: offset, byteCount: byteCount, base: base))
  }

  private static let filler = [UInt8](repeating: UInt8(ascii: "\n"), count: leastBytes)

  /// Writes line breaks.
  ///
  /// - Returns: What went wrong, or `nil`.
  private static func fill(_ descriptor: Int32, _ offset: Int, _ byteCount: Int) -> String? {
    var done = 0
    while done < byteCount {
      let limit = min(filler.count, byteCount - done)
      let count = pwrite(descriptor, filler, limit, off_t(offset + done))
      if count < 0 {
        guard SystemError.number != EINTR else { continue }
        return SystemError.text(SystemError.number)
      }
      done += count
    }
    return nil
  }

  /// Whether what is stored no longer gets into the file.
  var isLost: Bool { watch.map(LostMemory.isLost) ?? false }

  /// Stores bytes; there has to be room for them.
  func store(_ bytes: UnsafeRawBufferPointer, at position: Int) {
    precondition(position + bytes.count <= byteCount, "\(bytes.count) bytes at \(position)")
    guard let source = bytes.baseAddress else { return }
    base.advanced(by: position).copyMemory(from: source, byteCount: bytes.count)
  }
}
