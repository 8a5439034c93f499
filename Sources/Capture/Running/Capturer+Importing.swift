package import Contract
import WebSocket

extension Capturer {
  /// Makes the contract of traffic that was recorded before; no consumer is started.
  ///
  /// Secrets are masked before anything is written. A journal is not.
  ///
  /// - Parameters:
  ///   - transcript: The traffic; what it calls sent was said by the consumer.
  ///   - name: What reports call it.
  /// - Returns: A report as that of a live capture.
  /// - Throws: ``CaptureError`` when the contract cannot be read or written, or holds nothing.
  package func capture(
    _ transcript: Transcript,
    named name: String
  ) throws(CaptureError) -> RunReport {
    try capture(masked(transcript), named: name)
  }

  /// Traffic that was recorded before, its secrets masked.
  package func masked(_ transcript: Transcript) -> Recording {
    Recording(transcript.redacted(configuration.distilling.redaction, payloads))
  }

  /// Makes the contract of traffic that was recorded before and holds no secrets.
  ///
  /// - Parameters:
  ///   - recording: What passed.
  ///   - name: What reports call it.
  /// - Returns: A report as that of a live capture.
  /// - Throws: ``CaptureError`` when the contract cannot be read or written, or holds nothing.
  package func capture(
    _ recording: Recording,
    named name: String
  ) throws(CaptureError) -> RunReport {
    let begin = MonotonicTime.now()
    var report = try distil(recording, ContractFile(path: configuration.output))
    report.subject =
      "\(configuration.consumerName) and \(configuration.providerName), as recorded in \(name)"
    report.notes += payloads.notes
    report.duration = begin.duration(to: .now())
    return report
  }
}
