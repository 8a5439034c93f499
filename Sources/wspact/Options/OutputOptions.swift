import ArgumentParser
import Contract
import Reporting
import Session

extension ReportFormat: ExpressibleByArgument {}

/// Where a report goes, and in which form.
struct OutputOptions: ParsableArguments {
  @Option(help: "The form of the report.")
  var format = ReportFormat.text

  @Option(help: "Write the report to this file instead of standard output.")
  var output: String?

  /// Writes the report, and ends the program with exit code 1 when it is not clean.
  func finish(_ report: RunReport) throws {
    try write(report)
    if !report.isClean { throw ExitStatus.findings }
  }

  /// Writes the report.
  func write(_ report: RunReport) throws {
    if let output {
      try WholeFile.write(Array(report.rendered(as: format).utf8), to: output)
      if format != .text || !report.isClean {
        Terminal.complain("report written to \(output)")
      }
    } else {
      Terminal.say(report.rendered(as: format, usesColour: Terminal.usesColour))
    }
  }
}
