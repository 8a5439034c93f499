import Foundation
import JSON

/// One run of `wspact fuzz` on one provider with one seed.
struct FuzzRun {
  /// What was found first.
  struct Finding {
    let code: String
    let signature: String
    let isConfirmed: Bool
    let seconds: Double
    let messages: Int
    let executions: Int
    let steps: Int
  }

  /// How the run ended.
  enum Outcome {
    case found(Finding)
    case nothing
    /// The run did not work, and what it said.
    case failed(String)
  }

  /// How long a run may go on beyond its time, for shrinking, before it is stopped.
  static let grace: TimeInterval = 60

  /// Fuzzes a provider.
  ///
  /// - Parameters:
  ///   - subject: The provider.
  ///   - seed: The seed.
  ///   - options: The time and further options of the command, the same for every provider.
  /// - Returns: What came out.
  /// - Throws: What the system says when the command cannot be started.
  static func play(
    _ subject: BugSubject,
    seed: Int,
    _ options: BugBench.Options
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.path + "/wspact-bugbench"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let output = folder + "/report.json"
    let errors = folder + "/errors.txt"
    for file in [output, errors] { try Data().write(to: URL(fileURLWithPath: file)) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "wspact", "fuzz", "--spec", subject.specification, "--provider-cmd", subject.command,
        "--seed", "\(seed)", "--time", "\(options.seconds)s", "--max-failures", "1",
        "--format", "json", "--output", output, "--failures", folder + "/failures",
      ] + options.flags
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let limit = Date(timeIntervalSinceNow: Double(options.seconds) + grace)
    while process.isRunning, Date() < limit { Thread.sleep(forTimeInterval: 0.02) }
    guard !process.isRunning else {
      process.terminate()
      process.waitUntilExit()
      return .failed("it did not end")
    }
    let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    guard process.terminationStatus == 0 || process.terminationStatus == 1,
      let text = try? String(contentsOfFile: output, encoding: .utf8),
      let report = try? JSONValue.parse(text)
    else { return .failed(said.split(separator: "\n").last.map(String.init) ?? "no report") }
    guard let first = report["findings"]?[0] else { return .nothing }
    return .found(
      Finding(
        code: first["code"]?.stringValue ?? first["rule"]?.stringValue ?? "?",
        signature: first["signature"]?.stringValue ?? "",
        isConfirmed: first["severity"]?.stringValue == "failure",
        seconds: first["effort"]?["seconds"]?.numberValue?.double ?? 0,
        messages: first["effort"]?["messages"]?.intValue ?? 0,
        executions: first["effort"]?["executions"]?.intValue ?? 0,
        steps: first["effort"]?["steps"]?.intValue ?? 0
      )
    )
  }
}
