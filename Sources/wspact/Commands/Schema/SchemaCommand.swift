import ArgumentParser

/// `wspact schema`: JSON Schema by itself, apart from any API.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Check JSON Schemas, validate data with them, and generate data from them.",
    discussion: """
      Schemas of drafts 4, 6, 7, 2019-09, 2020-12 and of AsyncAPI, as JSON or YAML. Nothing is fetched: \
      what a schema refers to is handed in with --ref.
      """,
    subcommands: [
      SchemaCheckCommand.self, SchemaValidateCommand.self, SchemaGenerateCommand.self,
    ]
  )
}
