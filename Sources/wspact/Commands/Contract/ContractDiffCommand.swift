import ArgumentParser
import Pact

/// `wspact contract diff`: how one contract differs from another.
struct ContractDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show how one contract differs from another, interaction by interaction.",
    discussion: "Exits with 0 when they say the same, and with 1 when they do not."
  )

  @Argument(help: "The older contract.")
  var old: String

  @Argument(help: "The newer contract.")
  var new: String

  func run() async throws {
    let sources = try ContractSources.read([old, new])
    guard sources.count == 2 else {
      throw ValidationError("name two contract files; folders cannot be compared")
    }
    let changes = sources[0].pact.changes(to: sources[1].pact)
    for change in changes { Terminal.say("\(change)\n") }
    if !changes.isEmpty { throw ExitStatus.findings }
  }
}
