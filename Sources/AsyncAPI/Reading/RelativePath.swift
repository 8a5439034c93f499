import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Paths of files beside the one that names them.
enum RelativePath {
  /// The path of a file that another file names.
  static func path(_ name: String, from file: String) -> String {
    guard !name.hasPrefix("/"), let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return normalised(name)
    }
    return normalised(String(file[...slash]) + name)
  }

  /// The path without `.`, and without `..` where it follows a folder.
  static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Refuses what is no plain file: reading from a pipe or a device need not come to an end.
  static func checkIsFile(_ path: String) throws(ReferenceProblem) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let folder = self.folder(of: path)
      let name = String(path.split(separator: "/").last ?? "")
      let hint = nearestName(to: name, in: names(in: folder)).map { "; did you mean '\($0)'?" }
      throw ReferenceProblem("there is no file '\(path)'\(hint ?? "")")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ReferenceProblem("'\(path)' is no plain file")
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(path[...slash])
  }

  /// The names in a folder, sorted; none when it cannot be read.
  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
