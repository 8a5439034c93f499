#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The document that is used when none is named: below the working directory, or else below the
/// folder of the executable or one above it.
///
/// - Throws: ``ProviderError`` when it is in none of them.
func defaultSpecification(_ path: String) throws(ProviderError) -> String {
  if isReadable(path) { return path }
  var folder = executablePath()[...]
  while let slash = folder.lastIndex(of: "/") {
    folder = folder[..<slash]
    let candidate = "\(folder)/\(path)"
    if isReadable(candidate) { return candidate }
  }
  throw ProviderError("\(path) was not found from here; name the document with --spec")
}

private func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

/// Where this program is, links followed; empty when that cannot be told.
private func executablePath() -> String {
  #if os(Linux)
    let path = "/proc/self/exe"
  #else
    let path = CommandLine.arguments.first ?? ""
  #endif
  guard let resolved = realpath(path, nil) else { return "" }
  defer { free(resolved) }
  return String(cString: resolved)
}
