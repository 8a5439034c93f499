#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are written as a whole: readers see the old contents or the new, never a part.
package enum WholeFile {
  /// Replaces a file, or makes it; folders on the way are made.
  ///
  /// What symbolic links lead to is replaced, not the link; a device or a pipe gets the bytes and
  /// stays what it is.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``; the old file is then untouched.
  package static func write(_ bytes: [UInt8], to path: String) throws(SessionError) {
    guard Folder.mayHoldFile(path) else {
      let file = try AppendOnlyFile(path: path)
      try file.append(bytes)
      return
    }
    let target = Folder.target(of: path)
    let temporary = "\(target).\(getpid()).tmp"
    let file = try AppendOnlyFile(path: temporary)
    do throws(SessionError) {
      try file.append(bytes)
    } catch {
      unlink(temporary)
      throw error
    }
    file.close()
    guard rename(temporary, target) == 0 else {
      let reason = SystemError.text(SystemError.number)
      unlink(temporary)
      throw .cannotWrite(file: path, reason: reason)
    }
  }

  /// Runs a body that reads and replaces a file while nobody else who asks does.
  ///
  /// The lock is on the file's folder, which is made when it is not there, so nothing is left behind.
  /// Where it cannot be had (some network file systems), the body runs without it.
  package static func locked<Outcome, Failure: Error>(
    _ path: String,
    _ body: () throws(Failure) -> Outcome
  ) throws(Failure) -> Outcome {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try? Folder.make(folder.isEmpty ? "/" : folder)
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { _ = close(descriptor) } }
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX) }
    return try body()
  }
}
