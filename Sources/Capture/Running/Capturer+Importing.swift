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
    let begin = MonotonicTime.now()
    let file = ContractFile(path: configuration.output)
    let clean = transcript.redacted(configuration.distilling.redaction, payloads)
    var report = try distil(Recording(clean), file)
    report.subject =
      "\(configuration.consumerName) and \(configuration.providerName), as recorded in \(name)"
    report.notes += payloads.notes
    report.duration = begin.duration(to: .now())
    return report
  }
}
