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
}
