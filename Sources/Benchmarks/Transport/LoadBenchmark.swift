import WebSocket

/// `Benchmarks load URL CONNECTIONS SECONDS [STYLE]`: our client against any echo server, for
/// `peers.py`.
enum LoadBenchmark {
  /// Prints the round trips a second and the processor time of each in microseconds.
  static func run(_ arguments: [String]) async throws {
    guard (3...4).contains(arguments.count), let connections = Int(arguments[1]),
      let seconds = Double(arguments[2]), connections > 0
    else { throw SingleParts.UsageError(description: SingleParts.usage) }
    let style = arguments.count == 4 ? EchoClients.Style(rawValue: arguments[3]) : .listener
    guard let style else { throw SingleParts.UsageError(description: SingleParts.usage) }
    OpenFileLimit.raise(to: connections + 100)
    let rate = try await EchoClients.rate(
      WebSocketURL(arguments[0]),
      connections: connections,
      style,
      // The server needs a core, too.
      on: Array(ClientLoop.all.prefix(max(ClientLoop.all.count - 1, 1))),
      payload: [UInt8](repeating: UInt8(ascii: "x"), count: 64),
      for: .seconds(seconds)
    )
    let hundredths = Int((rate.processorMicroseconds * 100).rounded())
    print(Int(rate.perSecond.rounded()), Double(hundredths) / 100)
  }
}
