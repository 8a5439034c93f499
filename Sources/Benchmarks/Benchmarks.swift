import AsyncAPI
import Contract
import Foundation

/// `make bench`: what the engines do in a second, in release mode, on one machine.
///
/// Figures are medians of several rounds; comparisons are ratios of interleaved rounds, because
/// the speed of shared machines drifts. Nothing here fails on a slow machine.
@main
enum Benchmarks {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if let code = try await SingleParts.run(arguments) { exit(code) }
      if try await ProxyParts.run(arguments) { return }
    } catch let error as SingleParts.UsageError {
      print(error)
      exit(64)
    } catch let error as EchoSocket.Failure {
      print(error)
      exit(2)
    }
    let path = arguments.first ?? "fixtures/chat/asyncapi.yml"
    let api = try AsyncAPIDocument.load(path: path)
    print("engines, on the messages of \(path)")
    try measureReading(of: api)
    measureJudging(of: api)
    try measureGeneration(of: api)
    print()
    try SchemaBenchmarks().run()
    print()
    try await TransportBenchmarks.run()
  }
}
