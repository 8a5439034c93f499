import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file on disk that is read whole.
struct DocumentFile {
  let path: String

  /// The bytes of the file.
  func read(limit: Int) throws(DocumentError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(errno == ENOENT ? .missing : systemReason()) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw error(systemReason()) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw error(.isDirectory) }
    // Pipes have no size, so reading goes on to the end whatever the size says.
    guard status.st_size <= limit else {
      throw error(.size(bytes: Int(status.st_size), limit: limit))
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw error(systemReason()) }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw error(.size(bytes: bytes.count, limit: limit)) }
    }
  }

  private func error(_ reason: DocumentError.Reason) -> DocumentError {
    DocumentError(location: SourceLocation(file: path), reason: reason)
  }

  private func systemReason() -> DocumentError.Reason {
    .unreadable(String(cString: strerror(errno)).lowercased())
  }
}
