#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What this process was started with and in; the one place that looks at it.
enum Surroundings {
  /// The environment variables.
  static let environment: [String: String] = ProcessInfo.processInfo.environment

  /// The time, in seconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970) }

  /// Whether there is a file that can be read.
  static func hasFile(_ path: String) -> Bool {
    FileManager.default.isReadableFile(atPath: path)
  }
}
