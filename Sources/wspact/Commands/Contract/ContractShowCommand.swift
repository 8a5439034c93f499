import ArgumentParser
import Pact

/// `wspact contract show`: a contract as a page for people.
struct ContractShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a contract as a readable page."
  )

  @Argument(help: "Contract files, or folders that hold them.")
  var contracts: [String]

  func run() async throws {
    let pages = try ContractSources.read(contracts).map { PactPage($0.pact).text }
    Terminal.say(pages.joined(separator: "\n"))
  }
}
