import Foundation

/// How much memory the program has in use, as the kernel counts it.
enum ResidentMemory {
  /// The most that ever was in use, in megabytes; as a text, since not every system tells.
  static var peak: String { megabytes("VmHWM:").map { "\($0) MB" } ?? "unknown" }

  /// One of the figures of `/proc/self/status`, in megabytes.
  static func megabytes(_ name: String) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
      .map { $0 / 1_000 }
  }
}
