import NIOPosix
import WebSocket

/// Our client and server beside SwiftNIO's bare frame handlers: the same echo, in turn.
enum EchoBenchmark {
  /// Measures, and prints rates and ratios.
  static func run() async throws {
    print("echo of 64 bytes, beside a bare pair of SwiftNIO's frame handlers; a loop for each side")
    let loops = Array(MultiThreadedEventLoopGroup.singleton.makeIterator())
    guard let first = loops.first, let last = loops.last else { return }
    let bare = try await BareEcho.start(server: first, clients: last)
    let own = try await OwnEcho.start()
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: 64)
    for connections in [1, 100] {
      var rates: [(bare: Double, tasks: Double, listener: Double)] = []
      let time = Duration.milliseconds(600)
      for _ in 0..<Measurement.rounds {
        rates.append(
          (
            try await bare.rate(connections: connections, payload: payload, for: time),
            try await own.rate(connections: connections, .tasks, payload: payload, for: time),
            try await own.rate(connections: connections, .listener, payload: payload, for: time)
          )
        )
      }
      let noun = connections == 1 ? "1 connection" : "\(connections) connections"
      report("\(noun), bare", rates.map(\.bare), nil)
      report("\(noun), ours, tasks", rates.map(\.tasks), rates.map { $0.tasks / $0.bare })
      report("\(noun), ours, listeners", rates.map(\.listener), rates.map { $0.listener / $0.bare })
    }
    try await bare.stop()
    await own.stop()
  }

  private static func report(_ name: String, _ rates: [Double], _ ratios: [Double]?) {
    var text = "\(Measurement.grouped(Measurement.median(rates))) messages/s"
    if let ratios {
      text += ", \(Measurement.grouped(Measurement.median(ratios) * 100)) % of bare"
    }
    Measurement.report(name, text)
  }
}
