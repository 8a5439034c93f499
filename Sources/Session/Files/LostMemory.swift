import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps the program alive when memory that it shares with a file goes.
///
/// That happens when another program cuts the file off, or when its disk fails; the next store then
/// raises `SIGBUS`. The handler puts ordinary memory there, and whoever asks is told that it is lost.
/// Faults elsewhere end the program as they would without it.
enum LostMemory {
  /// A piece of memory that is watched.
  struct Watch: Sendable {
    fileprivate let place: Int
  }

  /// Begins to watch; `nil` when too many pieces are watched already.
  static func watch(_ start: UnsafeMutableRawPointer, _ byteCount: Int) -> Watch? {
    install
    for place in 0..<Table.capacity {
      let entry = table.entries + place
      guard
        entry.pointee.end.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged
      else { continue }
      entry.pointee.isLost.store(false, ordering: .relaxed)
      entry.pointee.start.store(UInt(bitPattern: start), ordering: .relaxed)
      entry.pointee.end.store(UInt(bitPattern: start) + UInt(byteCount), ordering: .releasing)
      return Watch(place: place)
    }
    return nil
  }

  /// Whether the memory is no longer that of the file.
  static func isLost(_ watch: Watch) -> Bool {
    table.entries[watch.place].isLost.load(ordering: .acquiring)
  }

  /// Ends a watch.
  static func end(_ watch: Watch) {
    table.entries[watch.place].end.store(0, ordering: .releasing)
  }

  private static let install: Void = {
    _ = table
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_sigaction = handler
    #else
      action.__sigaction_handler.sa_sigaction = handler
    #endif
    action.sa_flags = SA_SIGINFO
    sigaction(SIGBUS, &action, &table.previous.pointee)
  }()
}

/// What the handler may touch; it is made before the handler can be called.
private struct Table: @unchecked Sendable {
  struct Entry: ~Copyable {
    let start = Atomic<UInt>(0)
    /// 0: free.
    let end = Atomic<UInt>(0)
    let isLost = Atomic<Bool>(false)
  }

  static let capacity = 32
  let entries: UnsafeMutablePointer<Entry>
  let previous: UnsafeMutablePointer<sigaction>

  init() {
    entries = .allocate(capacity: Self.capacity)
    for place in 0..<Self.capacity { (entries + place).initialize(to: Entry()) }
    previous = .allocate(capacity: 1)
    previous.initialize(to: sigaction())
  }

  /// Puts ordinary memory in the place of the piece that has an address.
  func replace(_ address: UInt) -> Bool {
    for place in 0..<Self.capacity {
      let start = entries[place].start.load(ordering: .relaxed)
      let end = entries[place].end.load(ordering: .acquiring)
      guard end > 1, (start..<end).contains(address) else { continue }
      let memory = UnsafeMutableRawPointer(bitPattern: start)
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
      let made = mmap(memory, Int(end - start), PROT_READ | PROT_WRITE, flags, -1, 0)
      entries[place].isLost.store(true, ordering: .releasing)
      return made == memory
    }
    return false
  }
}

private let table = Table()

private let handler:
  @convention(c) (
    Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?
  ) -> Void = { _, info, _ in
    let before = errno
    defer { errno = before }
    #if canImport(Darwin)
      let address = info?.pointee.si_addr
    #else
      let address = info?.pointee._sifields._sigfault.si_addr
    #endif
    if let address, table.replace(UInt(bitPattern: address)) { return }
    sigaction(SIGBUS, table.previous, nil)
  }
