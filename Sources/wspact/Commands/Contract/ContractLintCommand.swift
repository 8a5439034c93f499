import ArgumentParser
import AsyncAPI
import Contract
import Pact

/// `wspact contract lint`: finds what is wrong with contracts although they can be read.
struct ContractLintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find rules that tie or fit nothing, and examples that break them or the document.",
    discussion: """
      wspact contract lint contracts/
      wspact contract lint contracts/web.json --spec asyncapi.yml

      Exits with 0 when nothing was found, with 1 when something was, and with 2 when a file cannot be \
      read.
      """
  )

  @Argument(help: "Contract files, or folders that hold them.")
  var contracts: [String]

  @Option(help: ArgumentHelp("The AsyncAPI document to agree with.", valueName: "file"))
  var spec: String?

  func run() async throws {
    let api = try spec.map { try AsyncAPIDocument.read(path: $0).api }
    let sources = try ContractSources.read(contracts)
    var count = 0
    for source in sources {
      let found = PactLint(source.source, pact: source.pact, api: api).diagnostics()
      for diagnostic in source.diagnostics + found {
        Terminal.say("\(diagnostic)\n")
        count += 1
      }
    }
    let interactions = sources.reduce(0) { $0 + $1.pact.interactions.count }
    Terminal.complain(
      "\(count) problem\(count == 1 ? "" : "s") in \(interactions) interaction\(interactions == 1 ? "" : "s") of "
        + "\(sources.count) contract\(sources.count == 1 ? "" : "s")"
    )
    if count > 0 { throw ExitStatus.findings }
  }
}
