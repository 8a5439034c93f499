#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The error numbers that mean something to the user, by name.
enum ConnectionErrno {
  static let refused = ECONNREFUSED
  static let reset = ECONNRESET
  static let brokenPipe = EPIPE
  static let addressInUse = EADDRINUSE
  static let accessDenied = EACCES
  static let addressNotAvailable = EADDRNOTAVAIL

  /// The system's words for an error number, such as `Network is unreachable`.
  static func text(_ code: CInt) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
