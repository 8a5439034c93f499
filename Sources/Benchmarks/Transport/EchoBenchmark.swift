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
      var bareRates: [Double] = []
      var ownRates: [Double] = []
      for _ in 0..<Measurement.rounds {
        let time = Duration.milliseconds(600)
        bareRates.append(try await bare.rate(connections: connections, payload: payload, for: time))
        ownRates.append(try await own.rate(connections: connections, payload: payload, for: time))
      }
      report(connections, bare: bareRates, own: ownRates)
    }
    try await bare.stop()
    await own.stop()
  }

  private static func report(_ connections: Int, bare: [Double], own: [Double]) {
    let noun = connections == 1 ? "connection" : "connections"
    let ratios = zip(own, bare).map { $0 / $1 }
    let bareRate = Measurement.grouped(Measurement.median(bare))
    let ownRate = Measurement.grouped(Measurement.median(own))
    Measurement.report("\(connections) \(noun), bare", "\(bareRate) messages/s")
    Measurement.report("\(connections) \(noun), ours", "\(ownRate) messages/s")
    let percent = Measurement.grouped(Measurement.median(ratios) * 100)
    Measurement.report("\(connections) \(noun), ours to bare", "\(percent) %")
  }
}
