#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Folders for files that are about to be written.
package enum Folder {
  /// Makes a folder and those it lies in; one that is there already is fine.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  package static func make(_ path: String) throws(SessionError) {
    var reached = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      reached += reached.isEmpty || reached.hasSuffix("/") ? String(part) : "/\(part)"
      guard mkdir(reached, 0o755) != 0, SystemError.number != EEXIST else { continue }
      throw .cannotWrite(file: reached, reason: SystemError.text(SystemError.number))
    }
  }

  /// Makes the folder in which a file is to lie.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  package static func make(containing file: String) throws(SessionError) {
    guard let slash = file.lastIndex(of: "/"), slash != file.startIndex else { return }
    try make(String(file[..<slash]))
  }

  /// Whether there is nothing at a path, or a plain file that another may replace; a device or a pipe
  /// may not be replaced.
  static func mayHoldFile(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return true }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// The path that symbolic links lead to; the path itself when there is nothing yet.
  static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
