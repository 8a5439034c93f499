import WebSocket

/// The parts of the program that are about proxies; `fixtures/proxy/bench.sh` puts them together.
enum ProxyParts {
  /// Runs the part that the arguments name.
  ///
  /// - Returns: Whether they name one.
  /// - Throws: ``SingleParts/UsageError``, or what went wrong.
  static func run(_ arguments: [String]) async throws -> Bool {
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "proxy" where rest.count > 1:
      var benchmark = ProxyBenchmark(try rest.map(way))
      try benchmark.run()
    case "proxy-memory" where rest.count == 2 || rest.count == 3:
      guard let process = Int32(rest[1]), let frames = Int(rest.count == 3 ? rest[2] : "10000000")
      else { throw SingleParts.UsageError(description: SingleParts.usage) }
      try ProxyMemory(url: try WebSocketURL(rest[0]), process: process, frames: frames).run()
    case "proxy-silent" where rest.count == 1:
      try await SilentProxy.run(upstream: try WebSocketURL(rest[0]))
    case "proxy", "proxy-memory", "proxy-silent":
      throw SingleParts.UsageError(description: SingleParts.usage)
    default: return false
    }
    return true
  }

  /// A way written as `name=url`.
  private static func way(_ text: String) throws -> ProxyBenchmark.Way {
    guard let sign = text.firstIndex(of: "=") else {
      throw SingleParts.UsageError(
        description: "'\(text)' is not understood\n\(SingleParts.usage)"
      )
    }
    return ProxyBenchmark.Way(
      name: String(text[..<sign]),
      url: try WebSocketURL(String(text[text.index(after: sign)...]))
    )
  }
}
