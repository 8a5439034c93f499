#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where results, problems and progress go.
enum Terminal {
  /// Puts a result on standard output.
  static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Puts a problem or a remark on standard error, as a line.
  static func complain(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Shows a line of progress that the next one overwrites; nothing where standard error is no
  /// terminal.
  static func showProgress(_ text: String) {
    if isatty(STDERR_FILENO) == 1 { write("\r\u{1B}[K\(text)", to: STDERR_FILENO) }
  }

  /// Takes the line of progress away.
  static func endProgress() { showProgress("") }

  /// Whether results may be coloured: on a terminal, unless `NO_COLOR` is set (no-color.org).
  static var usesColour: Bool {
    let forbidden = Surroundings.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return isatty(STDOUT_FILENO) == 1 && !forbidden
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
