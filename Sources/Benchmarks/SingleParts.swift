import JSON

/// The parts of the program that can be run alone.
enum SingleParts {
  static let usage = """
    Benchmarks [SPEC]              everything, on the messages of an AsyncAPI document
    Benchmarks schema [PART...]    JSON Schema alone: \(parts)
    Benchmarks schema-files FOLDER write the schema and the messages for other programs
    Benchmarks schema-round        a few rates as JSON, for peers.py
    Benchmarks transport [PART...] the WebSocket transport alone: \(TransportBenchmarks.parts)
    Benchmarks load URL CONNECTIONS SECONDS [tasks|listener]
                                   our client against an echo server, for peers.py
    Benchmarks fuzz-self [--count N] [--seed N] [--start N] [--only NAME]
                                   damaged texts for the reader, the compiler and patterns, and
                                   damaged streams of frames for both roles of the protocol
    Benchmarks fuzz-streams [...]  the streams alone
    Benchmarks bugs [--bugs NAME,...] [--seeds 1,2,3] [--time 20s] [--flags "..."] [--python PATH]
                                   wspact fuzz on every planted bug, decoy and correct provider
    Benchmarks proxy NAME=URL...   ways to one echo service in turn, the direct one first
    Benchmarks proxy-memory URL PID [FRAMES]
                                   the memory of a proxy while frames pass through it
    Benchmarks proxy-silent URL    a proxy that records nothing
    """

  private static var parts: String {
    SchemaBenchmarks.Part.allCases.map(\.rawValue).joined(separator: " ")
  }

  /// Arguments that make no sense.
  struct UsageError: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs the part that the arguments name.
  ///
  /// - Returns: The program's exit code, or `nil` when no single part is named.
  /// - Throws: ``UsageError``, or what went wrong.
  static func run(_ arguments: [String]) async throws -> Int32? {
    let rest = arguments.dropFirst()
    switch arguments.first {
    case "schema":
      let parts = try rest.map { name in
        guard let part = SchemaBenchmarks.Part(rawValue: name) else {
          throw UsageError(description: "there is no part '\(name)'\n\(usage)")
        }
        return part
      }
      try SchemaBenchmarks().run(parts.isEmpty ? SchemaBenchmarks.Part.allCases : parts)
      return 0
    case "schema-files":
      guard rest.count == 1, let folder = rest.first else {
        throw UsageError(description: usage)
      }
      try SchemaBenchmarks().write(to: folder)
      return 0
    case "schema-round":
      print(JSONValue.object(try SchemaBenchmarks().round()).text())
      return 0
    case "transport":
      try await TransportBenchmarks.run(Array(rest))
      return 0
    case "fuzz-self":
      let fuzzing = try fuzzing(rest)
      let isAgreed = fuzzing.run()
      let streams = StreamFuzzing(seed: fuzzing.seed, count: fuzzing.count, start: fuzzing.start)
      return streams.run() && isAgreed ? 0 : 1
    case "fuzz-streams":
      let fuzzing = try fuzzing(rest)
      let streams = StreamFuzzing(seed: fuzzing.seed, count: fuzzing.count, start: fuzzing.start)
      return streams.run() ? 0 : 1
    case "bugs":
      guard let options = BugBench.options(rest) else { throw UsageError(description: usage) }
      var bench = BugBench(options)
      return try bench.run()
    case "load":
      try await LoadBenchmark.run(Array(rest))
      return 0
    case "echo-server":
      try await OpenBenchmark.serve()
      return 0
    case "open":
      guard let port = rest.first.flatMap({ Int($0) }) else {
        throw UsageError(description: usage)
      }
      try await OpenBenchmark.open(port: port)
      return 0
    case "--help", "-h":
      print(usage)
      return 0
    default:
      return nil
    }
  }

  private static func fuzzing(_ arguments: ArraySlice<String>) throws -> SelfFuzzing {
    var fuzzing = SelfFuzzing()
    var rest = arguments
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageError(description: usage) }
      switch (name, Int(value), UInt64(value)) {
      case ("--only", _, _) where SelfFuzzing.targets.contains { $0.name == value }:
        fuzzing.only = value
      case ("--count", let count?, _) where count > 0: fuzzing.count = count
      case ("--start", let start?, _) where start >= 0: fuzzing.start = start
      case ("--seed", _, let seed?): fuzzing.seed = seed
      default: throw UsageError(description: "'\(name) \(value)' is not understood\n\(usage)")
      }
    }
    return fuzzing
  }
}
