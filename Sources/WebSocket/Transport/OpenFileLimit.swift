#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many files and sockets the process may have open.
package enum OpenFileLimit {
  /// Raises the limit where it is lower than needed, as far as the system lets a process do so.
  ///
  /// - Parameter count: How many are needed.
  /// - Returns: Whether so many may be open now.
  @discardableResult
  package static func raise(to count: Int) -> Bool {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return false }
    let needed = rlim_t(max(count, 0))
    guard limit.rlim_cur < needed else { return true }
    limit.rlim_cur = min(needed, limit.rlim_max)
    return setrlimit(resource, &limit) == 0 && limit.rlim_cur >= needed
  }
}
