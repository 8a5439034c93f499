#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the operating system said last.
enum SystemError {
  /// The number of the calling thread's last failed system call.
  static var number: Int32 { errno }

  /// A system call's error in words.
  static func text(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text).lowercasedFirst
  }
}

extension String {
  /// The text with a small first letter, as messages are written.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
