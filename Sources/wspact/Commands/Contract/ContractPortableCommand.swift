import ArgumentParser
import Pact

/// `wspact contract portable`: the layout that official verifiers can play.
struct ContractPortableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portable",
    abstract: "Write a contract in the layout that official verifiers can play.",
    discussion: """
      They compare one response of an exchange; each further one becomes a message of its own.
      """
  )

  @Argument(help: "The contract.")
  var contract: String

  @Option(help: ArgumentHelp("The file to write (default: standard output).", valueName: "file"))
  var output: String?

  func run() async throws {
    let sources = try ContractSources.read([contract])
    guard sources.count == 1 else { throw ValidationError("name one contract file") }
    try ContractSources.write(sources[0].pact.portable, to: output)
  }
}
