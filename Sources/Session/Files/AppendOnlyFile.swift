import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file to which whole records are added, each with one `write(2)`.
///
/// What was written before a process is killed is in the file: nothing waits in memory.
package final class AppendOnlyFile: Sendable {
  /// The path, as given.
  package let path: String
  private let descriptor: Mutex<Int32?>

  /// Creates the file; folders on the way are made.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - keepsContents: Whether what a file of this name holds already stays in it.
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  package init(path: String, keepsContents: Bool = false) throws(SessionError) {
    try Folder.make(containing: path)
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (keepsContents ? 0 : O_TRUNC)
    let opened = open(path, flags, 0o644)
    guard opened >= 0 else {
      throw .cannotWrite(file: path, reason: SystemError.text(SystemError.number))
    }
    self.path = path
    descriptor = Mutex(opened)
  }

  deinit { close() }

  /// Adds bytes; they have been handed to the system when this returns.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``, also when the file is closed.
  package func append(_ bytes: [UInt8]) throws(SessionError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(SessionError) in
      try append(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Adds bytes; they have been handed to the system when this returns.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``, also when the file is closed.
  func append(_ bytes: UnsafeRawBufferPointer) throws(SessionError) {
    let failure = descriptor.withLock { descriptor -> String? in
      guard let descriptor else { return "it is closed" }
      return Self.write(bytes, to: descriptor)
    }
    if let failure { throw .cannotWrite(file: path, reason: failure) }
  }

  /// Closes the file; later ``append(_:)`` calls fail.
  package func close() {
    let last = descriptor.withLock { descriptor in
      defer { descriptor = nil }
      return descriptor
    }
    if let last { _ = systemClose(last) }
  }

  /// Writes everything, in one call unless the system takes only a part.
  ///
  /// - Returns: What went wrong, or `nil`.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> String? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
      if count < 0 {
        guard SystemError.number != EINTR else { continue }
        return SystemError.text(SystemError.number)
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
