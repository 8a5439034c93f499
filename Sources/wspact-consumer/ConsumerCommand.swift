import ArgumentParser

/// `wspact-consumer`: the example systems as their front ends use them.
@main
struct ConsumerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wspact-consumer",
    abstract: "Use a provider as a front end does.",
    discussion: """
      Connects to the URL in WSPACT_URL and says the same in every run. Exits with 0 when \
      everything came as a front end needs it, with 1 and a sentence when not, and with 2 when \
      there is nobody to talk to.
      """,
    subcommands: [ChatCommand.self, AutobahnCommand.self]
  )
}
