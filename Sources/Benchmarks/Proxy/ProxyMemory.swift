import WebSocket

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How much memory a proxy has while many frames pass through it.
struct ProxyMemory {
  /// Where the proxy listens.
  var url: WebSocketURL
  /// The proxy's process.
  var process: Int32
  /// How many frames pass, both directions counted.
  var frames = 10_000_000

  /// Sends and prints: the resident memory after each tenth.
  ///
  /// - Throws: ``EchoSocket/Failure``.
  func run() throws {
    let batch = 50
    let socket = try EchoSocket(url)
    var passed = 0
    var next = 0
    let begin = MonotonicTime.now()
    while passed <= frames {
      if passed >= next {
        let seconds = begin.duration(to: .now()).seconds
        Measurement.report(
          "\(Measurement.grouped(Double(passed))) frames",
          "\(Measurement.grouped(residentKibibytes)) KiB, \(Measurement.grouped(seconds)) s"
        )
        next += max(1, frames / 10)
      }
      socket.send(count: batch)
      var missing = batch * EchoSocket.echoBytes
      while missing > 0 { missing -= try socket.read(limit: missing) }
      passed += 2 * batch
    }
  }

  /// The resident memory of the process, mapped files counted; 0 where there is no /proc.
  private var residentKibibytes: Double {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
  }
}
