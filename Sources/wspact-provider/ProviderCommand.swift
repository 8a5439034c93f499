import ArgumentParser

/// `wspact-provider`: the example systems as small providers, with faults that can be planted.
@main
struct ProviderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wspact-provider",
    abstract: "Run an example provider.",
    discussion: """
      Prints 'READY ws://HOST:PORT/PATH' when it can be connected to, and runs until SIGINT or \
      SIGTERM. Exits with 0 then, and with 2 when it cannot be started as it was asked.
      """,
    subcommands: [ChatCommand.self, DeskCommand.self, EchoCommand.self]
  )
}
