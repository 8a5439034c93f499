#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that grows by whole records without a system call for any of them.
///
/// Records are stored into memory that the file shares: they are in the system's page cache at once,
/// and a process that is killed loses none. A thread of its own keeps the next part of the file
/// ready: it fills it with line breaks, so that the disk has the room, and maps it into memory. So
/// whoever looks into the file while it grows, or after a kill, finds empty lines at its end;
/// ``finish()`` cuts them off.
///
/// What is not a plain file (a pipe, a terminal) or cannot be mapped gets each record with `write(2)`.
struct JournalFile: ~Copyable {
  /// How the records get into the file.
  private enum Way {
    case mapped(JournalWindow, position: Int, JournalWindows)
    case written(AppendOnlyFile)
    case finished
  }

  /// The path, as given.
  let path: String
  /// The file for reading and writing; -1 when it is only written.
  private let descriptor: Int32
  private var way: Way
  private var failure: SessionError?

  /// Begins a new file; folders on the way are made.
  ///
  /// A file of this name goes, but whoever writes or reads it can go on.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  init(path: String) throws(SessionError) {
    let (descriptor, way) = try Self.open(path)
    self.init(path: path, descriptor: descriptor, way: way)
  }

  private init(path: String, descriptor: Int32, way: Way) {
    self.path = path
    self.descriptor = descriptor
    self.way = way
  }

  private static func open(_ path: String) throws(SessionError) -> (Int32, Way) {
    try Folder.make(containing: path)
    guard Folder.mayHoldFile(path) else { return (-1, .written(try AppendOnlyFile(path: path))) }
    // Cut off, the file would take the memory from under another program that writes it.
    let target = Folder.target(of: path)
    unlink(target)
    let descriptor = openForBoth(target)
    guard descriptor >= 0 else {
      throw .cannotWrite(file: path, reason: SystemError.text(SystemError.number))
    }
    switch JournalWindow.make(of: descriptor, at: 0, byteCount: JournalWindow.leastBytes) {
    case .success(let window):
      let windows = JournalWindows(of: descriptor, after: window)
      return (descriptor, .mapped(window, position: 0, windows))
    case .failure(.cannotMap):
      return (descriptor, .written(try AppendOnlyFile(path: path)))
    case .failure(.cannotWrite(let reason)):
      close(descriptor)
      throw .cannotWrite(file: path, reason: reason)
    }
  }

  deinit {
    if case .mapped(_, _, let windows) = way {
      windows.end()
      ftruncate(descriptor, off_t(byteCount))
    }
    if descriptor >= 0 { close(descriptor) }
  }

  /// How many bytes the file has, empty lines that only keep room not counted.
  private(set) var byteCount = 0

  /// Adds a record; it is in the system's hands when this returns.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``, also when the file is finished; after the
  ///   first error nothing is taken any more.
  mutating func append(_ record: UnsafeRawBufferPointer) throws(SessionError) {
    if let failure { throw failure }
    do throws(SessionError) {
      try store(record)
      byteCount += record.count
    } catch {
      failure = error
      throw error
    }
  }

  private mutating func store(_ record: UnsafeRawBufferPointer) throws(SessionError) {
    switch way {
    case .finished: throw .cannotWrite(file: path, reason: "it is closed")
    case .written(let file): try file.append(record)
    case .mapped(var window, var position, let windows):
      var rest = record[...]
      while !rest.isEmpty {
        if position == window.byteCount {
          window = try next(after: window, windows)
          position = 0
        }
        let part = UnsafeRawBufferPointer(rebasing: rest.prefix(window.byteCount - position))
        window.store(part, at: position)
        position += part.count
        rest = rest.dropFirst(part.count)
        way = .mapped(window, position: position, windows)
      }
      guard !window.isLost else {
        throw .cannotWrite(file: path, reason: "another program has cut it off, or the disk failed")
      }
    }
  }

  private func next(
    after window: JournalWindow,
    _ windows: JournalWindows
  ) throws(SessionError) -> JournalWindow {
    do {
      return try windows.next(after: window)
    } catch {
      throw .cannotWrite(file: path, reason: error.reason)
    }
  }

  /// Ends the file after its last record; later records are refused.
  mutating func finish() {
    switch way {
    case .mapped(_, _, let windows):
      windows.end()
      ftruncate(descriptor, off_t(byteCount))
    case .written(let file): file.close()
    case .finished: return
    }
    way = .finished
  }

  /// Reads from the file, which may have got another name meanwhile.
  ///
  /// - Parameters:
  ///   - offset: Where to begin.
  ///   - limit: How many bytes at most.
  /// - Returns: None at the end of the file.
  /// - Throws: ``SessionError/cannotRead(file:reason:)``, also for a pipe.
  func read(at offset: Int, limit: Int) throws(SessionError) -> [UInt8] {
    guard descriptor >= 0 else {
      throw .cannotRead(file: path, reason: "it is not a plain file, so it keeps nothing")
    }
    let count = min(limit, byteCount - offset)
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
    guard !bytes.isEmpty else {
      throw .cannotRead(file: path, reason: "it has become shorter than it was")
    }
    return bytes
  }
}

private func openForBoth(_ path: String) -> Int32 {
  open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
}
