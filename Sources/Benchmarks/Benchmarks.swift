import AsyncAPI
import Contract

/// `make bench`: what the engines do in a second, in release mode, on one machine.
///
/// Figures are medians of several rounds; comparisons are ratios of interleaved rounds, because
/// the speed of shared machines drifts. Nothing here fails on a slow machine.
@main
enum Benchmarks {
  static func main() async throws {
    let path = CommandLine.arguments.dropFirst().first ?? "fixtures/chat/asyncapi.yml"
    let api = try AsyncAPIDocument.load(path: path)
    print("engines, on the messages of \(path)")
    try measureReading(of: api)
    measureJudging(of: api)
    try measureGeneration(of: api)
    print("\ntransport, on loopback, one connection, 64 bytes echoed")
    try await measureProxy()
  }
}
