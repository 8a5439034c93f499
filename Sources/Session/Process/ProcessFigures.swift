#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a process and those that it has started take from the system.
package struct ProcessFigures: Hashable, Sendable {
  /// How many files, sockets and the like are open.
  package var descriptors = 0
  /// How many threads there are.
  package var threads = 0
  /// How much memory is in use, in bytes.
  package var memoryBytes = 0
  /// The names of the programs, in the order in which the processes were found.
  package var programs: [String] = []

  /// Takes figures.
  package init(
    descriptors: Int = 0,
    threads: Int = 0,
    memoryBytes: Int = 0,
    programs: [String] = []
  ) {
    self.descriptors = descriptors
    self.threads = threads
    self.memoryBytes = memoryBytes
    self.programs = programs
  }

  /// Reads them from Linux's `/proc`.
  ///
  /// Children are those that the kernel lists for each thread, theirs included, up to 64 processes.
  ///
  /// Spec: proc(5), `/proc/PID/status`, `/proc/PID/fd`, `/proc/PID/task/TID/children`.
  ///
  /// It is `nil` where there is no such process, its figures may not be read, or the system has no
  /// `/proc`.
  ///
  /// - Parameter processID: The process.
  package init?(of processID: Int32) {
    for next in Self.family(of: processID) {
      // A child may have ended just now.
      if !add(next), next == processID { return nil }
    }
  }

  private static let maximumProcesses = 64

  /// A process and those that it has started, itself first.
  static func family(of processID: Int32) -> [Int32] {
    var waiting = [processID]
    var found: [Int32] = []
    while let next = waiting.popLast(), found.count < maximumProcesses {
      guard !found.contains(next) else { continue }
      found.append(next)
      waiting += children(of: next)
    }
    return found
  }

  private mutating func add(_ processID: Int32) -> Bool {
    guard let status = Self.text(of: "/proc/\(processID)/status"),
      let files = Self.entries(of: "/proc/\(processID)/fd")
    else { return false }
    descriptors += files.count
    for line in status.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.count > 1 else { continue }
      switch words[0] {
      case "Name:": programs.append(String(words[1]))
      case "Threads:": threads += Int(words[1]) ?? 0
      case "VmRSS:": memoryBytes += (Int(words[1]) ?? 0) * 1_024
      default: break
      }
    }
    return true
  }

  private static func children(of processID: Int32) -> [Int32] {
    let threads = entries(of: "/proc/\(processID)/task") ?? []
    return threads.flatMap { thread in
      (text(of: "/proc/\(processID)/task/\(thread)/children") ?? "").split(separator: " ")
        .compactMap { Int32($0) }
    }
  }

  /// The names in a folder; `nil` when it cannot be read.
  static func entries(of path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// The text of a file of `/proc`, which has no length beforehand.
  static func text(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(file, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
