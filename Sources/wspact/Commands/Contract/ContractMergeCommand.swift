import ArgumentParser
import Pact

/// `wspact contract merge`: joins contracts between the same two.
struct ContractMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join contracts between the same consumer and provider into one.",
    discussion: """
      wspact contract merge part-1.json part-2.json --output contracts/web.json

      Interactions that are the same in several contracts stand in the result once. Where two of one name \
      differ, all such conflicts are told, nothing is written, and the exit code is 2.
      """
  )

  @Argument(help: "Contract files, or folders that hold them.")
  var contracts: [String]

  @Option(help: ArgumentHelp("The file to write (default: standard output).", valueName: "file"))
  var output: String?

  func run() async throws {
    let sources = try ContractSources.read(contracts)
    let merged = try PactMerge.merged(sources.map { .init(file: $0.file, pact: $0.pact) })
    try ContractSources.write(merged, to: output)
  }
}
