#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A regular file that is open for reading; closed when nobody holds it any more.
package final class OpenFile: Sendable {
  /// How many bytes it has.
  package let byteCount: Int
  /// When its contents changed last, in seconds since 1970.
  let modified: Int
  /// Changes with the contents, as far as size and time tell.
  let tag: String
  private let descriptor: Int32

  /// Opens a file; `nil` when it cannot be read or is no regular file.
  ///
  /// - Parameter path: Any kind of file; nothing is waited for when it is a pipe.
  init?(path: String) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { return nil }
    var facts = stat()
    guard fstat(opened, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      _ = systemClose(opened)
      return nil
    }
    descriptor = opened
    byteCount = Int(facts.st_size)
    #if os(Linux)
      let time = facts.st_mtim
    #else
      let time = facts.st_mtimespec
    #endif
    modified = Int(time.tv_sec)
    let parts = [Int(facts.st_ino), Int(time.tv_sec), Int(time.tv_nsec), byteCount]
    tag = "\"\(parts.map { String($0, radix: 36) }.joined(separator: "-"))\""
  }

  deinit { _ = systemClose(descriptor) }

  /// Reads a part.
  ///
  /// - Parameters:
  ///   - count: The most bytes to read.
  ///   - offset: Where to begin, in bytes.
  /// - Returns: What was there; `nil` when reading fails, none behind the end.
  func read(_ count: Int, at offset: Int) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      let found = pread(descriptor, target.baseAddress, count, off_t(offset))
      failed = found < 0
      filled = max(0, found)
    }
    return failed ? nil : bytes
  }
}

extension OpenFile: Hashable {
  /// Whether both are one and the same open file.
  package static func == (left: OpenFile, right: OpenFile) -> Bool { left === right }

  /// Hashes the identity.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
