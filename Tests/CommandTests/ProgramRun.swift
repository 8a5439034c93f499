import Subprocess

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a run of one of the package's commands printed, and how it ended.
struct ProgramRun {
  var output: String
  var problems: String
  var exitCode: Int32

  /// Runs a command that was built together with the tests.
  ///
  /// - Parameters:
  ///   - program: Its name.
  ///   - arguments: What it is given.
  ///   - folder: Its working directory.
  ///   - environment: Variables besides the inherited ones.
  ///   - input: What it reads from standard input.
  /// - Returns: How it ended.
  /// - Throws: What the system says when it cannot be started.
  static func of(
    _ program: String,
    _ arguments: [String],
    in folder: String,
    environment: [String: String] = [:],
    input: String = ""
  ) async throws -> ProgramRun {
    let names = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let result = try await Subprocess.run(
      .name("sh"),
      arguments: Arguments(
        ["-c", "cd \"$0\" && PATH=\"$1:$PATH\" && shift && exec env \"$@\"", folder, binaries]
          + names + [program] + arguments
      ),
      input: .string(input),
      output: .string(limit: 4 << 20),
      error: .string(limit: 4 << 20)
    )
    var code: Int32 = -1
    if case .exited(let status) = result.terminationStatus { code = status }
    return ProgramRun(
      output: result.standardOutput,
      problems: result.standardError,
      exitCode: code
    )
  }

  /// The folder of the commands: the one that holds the running tests.
  static let binaries: String = {
    let own = "/proc/self/exe"
    let path = FileManager.default.fileExists(atPath: own) ? own : CommandLine.arguments[0]
    return URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path()
  }()
}
