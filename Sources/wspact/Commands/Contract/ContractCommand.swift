import ArgumentParser

/// `wspact contract`: work on contract files.
struct ContractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract",
    abstract: "Check, show, compare and join contracts.",
    subcommands: [
      ContractLintCommand.self, ContractShowCommand.self, ContractDiffCommand.self,
      ContractMergeCommand.self, ContractPortableCommand.self,
    ]
  )
}
