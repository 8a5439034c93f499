import Synchronization

/// What a process writes: kept in a log file, its last lines in memory.
final class ProcessOutput: Sendable {
  /// How many lines are kept for reports.
  static let keptLines = 40
  /// How many bytes of a line are kept.
  static let keptLineBytes = 2000

  private struct State {
    var lines: [String] = []
    var unfinished: [UInt8] = []
  }

  private let log: AppendOnlyFile?
  private let onLine: (@Sendable (String) -> Void)?
  private let state = Mutex(State())

  /// Takes a log file, and what is to be told about each line.
  init(log: AppendOnlyFile?, onLine: (@Sendable (String) -> Void)? = nil) {
    self.log = log
    self.onLine = onLine
  }

  /// The last lines, the oldest first; an unfinished one comes last.
  var lastLines: [String] {
    state.withLock { state in
      state.unfinished.isEmpty
        ? state.lines : state.lines + [String(decoding: state.unfinished, as: UTF8.self)]
    }
  }

  /// Takes the next bytes.
  ///
  /// A log that cannot be written any more is no reason to stop the process.
  func append(_ bytes: [UInt8]) {
    try? log?.append(bytes)
    let finished = state.withLock { state in
      var finished: [String] = []
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          finished.append(Self.line(state.unfinished))
          state.unfinished.removeAll(keepingCapacity: true)
        } else if state.unfinished.count < Self.keptLineBytes {
          state.unfinished.append(byte)
        }
      }
      state.lines = (state.lines + finished).suffix(Self.keptLines)
      return finished
    }
    if let onLine { finished.forEach(onLine) }
  }

  /// Nothing more comes: a line without an end is one as well.
  func finish() {
    let last = state.withLock { state -> String? in
      guard !state.unfinished.isEmpty else { return nil }
      let line = Self.line(state.unfinished)
      state.unfinished = []
      state.lines = (state.lines + [line]).suffix(Self.keptLines)
      return line
    }
    if let last { onLine?(last) }
    log?.close()
  }

  private static func line(_ bytes: [UInt8]) -> String {
    let isTerminated = bytes.last == UInt8(ascii: "\r")
    return String(decoding: isTerminated ? bytes.dropLast() : bytes[...], as: UTF8.self)
  }
}
