import WebSocket

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much longer an echo takes through one proxy and another, and how many come through.
///
/// All ways are measured in turn, round by round, because the speed of shared machines drifts.
struct ProxyBenchmark {
  /// A way to the echo service.
  ///
  /// The first one of a benchmark is the direct one; the second one is compared with those after it,
  /// but for those whose names stand in parentheses.
  struct Way {
    var name: String
    var url: WebSocketURL
    /// The median and the 99th percentile of each round, in seconds.
    var medians: [Double] = []
    var tails: [Double] = []
    /// Messages a second of each round.
    var rates: [Double] = []

    /// The middle one of all rounds.
    var median: Double { Measurement.median(medians) }
    /// That of the fastest round.
    var least: Double { medians.min() ?? 0 }
  }

  /// How many rounds are measured; many short ones, as a round trip is fast or slow for a while,
  /// depending on the cores that the system chooses.
  var rounds = 21
  /// How many echoes a round has on one connection.
  var exchanges = 1_000
  /// How many connections there are for the rate.
  var connections = 100
  /// How long a round takes for the rate, in seconds.
  var seconds = 0.2
  private(set) var ways: [Way]

  init(_ ways: [Way]) { self.ways = ways }

  /// Measures and prints.
  ///
  /// - Throws: ``EchoSocket/Failure``.
  mutating func run() throws {
    for _ in 0..<rounds {
      for index in ways.indices { try measureTimes(&ways[index]) }
      for index in ways.indices { try measureRate(&ways[index]) }
    }
    report()
  }

  private func measureTimes(_ way: inout Way) throws {
    let socket = try EchoSocket(way.url)
    for _ in 0..<200 { try socket.exchange() }
    var times: [Double] = []
    times.reserveCapacity(exchanges)
    for _ in 0..<exchanges {
      let begin = MonotonicTime.now()
      try socket.exchange()
      times.append(begin.duration(to: .now()).seconds)
    }
    times.sort()
    way.medians.append(times[times.count / 2])
    way.tails.append(times[times.count * 99 / 100])
  }

  private func measureRate(_ way: inout Way) throws {
    let sockets = try EchoSockets(way.url, count: connections)
    _ = try sockets.exchange(seconds: seconds / 10)
    way.rates.append(try sockets.exchange(seconds: seconds) / seconds)
  }

  private func report() {
    print("  round trip of 64 bytes in us: median (of the fastest and slowest round), p99, added")
    for way in ways {
      let figures = [
        "\(micro(way.median)) (\(micro(way.least)) to \(micro(way.medians.max() ?? 0)))",
        micro(Measurement.median(way.tails)),
        "+\(micro(added(by: way))) (least to least +\(micro(way.least - ways[0].least)))",
      ]
      Measurement.report(way.name, figures.joined(separator: "  "))
    }
    print("  echoes/s on \(connections) connections: median (fastest round)")
    for way in ways {
      let rates = [Measurement.median(way.rates), way.rates.max() ?? 0].map(Measurement.grouped)
      Measurement.report(way.name, "\(rates[0]) (\(rates[1]))")
    }
    guard ways.count > 2 else { return }
    let own = ways[1]
    for other in ways.dropFirst(2) where !other.name.hasPrefix("(") {
      let rates = zip(own.rates, other.rates).map { $0 / $1 }
      Measurement.report(
        "\(own.name) beside \(other.name)",
        "adds \(ratio(added(by: own) / added(by: other))) of its time, "
          + "\(ratio(Measurement.median(rates))) of its echoes/s"
      )
    }
  }

  /// How much longer a round trip takes than the direct one, in seconds.
  private func added(by way: Way) -> Double { way.median - ways[0].median }

  private func ratio(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = abs(hundredths) % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private func micro(_ seconds: Double) -> String { "\(Int((seconds * 1e6).rounded()))" }
}

/// Many connections that each send again as soon as their echo is there.
final class EchoSockets {
  private var sockets: [Box] = []
  private var polls: [pollfd]

  private final class Box {
    let socket: EchoSocket
    var missing = EchoSocket.echoBytes
    init(_ socket: EchoSocket) { self.socket = socket }
  }

  /// Connects.
  ///
  /// - Throws: ``EchoSocket/Failure``.
  init(_ url: WebSocketURL, count: Int) throws {
    for _ in 0..<count { sockets.append(Box(try EchoSocket(url))) }
    polls = sockets.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
    for box in sockets { box.socket.send() }
  }

  /// Goes on for a while.
  ///
  /// - Returns: How many echoes came.
  /// - Throws: ``EchoSocket/Failure`` when a connection has ended.
  func exchange(seconds: Double) throws -> Double {
    let end = MonotonicTime.now().advanced(by: .milliseconds(Int(seconds * 1000)))
    var echoes = 0
    while MonotonicTime.now() < end {
      guard poll(&polls, nfds_t(polls.count), 1000) > 0 else {
        throw EchoSocket.Failure(description: "no echo came for a second")
      }
      for index in polls.indices where polls[index].revents != 0 {
        let box = sockets[index]
        box.missing -= try box.socket.read(limit: box.missing)
        guard box.missing == 0 else { continue }
        echoes += 1
        box.missing = EchoSocket.echoBytes
        box.socket.send()
      }
    }
    return Double(echoes)
  }
}
