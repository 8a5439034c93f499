import ArgumentParser
import JSONSchema

/// How schemas are read.
struct SchemaLanguageOptions: ParsableArguments {
  /// The versions of the language as they are typed.
  enum Draft: String, ExpressibleByArgument, CaseIterable {
    case draft4 = "4"
    case draft6 = "6"
    case draft7 = "7"
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case draft2019_09 = "2019-09"
    // swift-format-ignore: AlwaysUseLowerCamelCase
    case draft2020_12 = "2020-12"
    case asyncAPI = "asyncapi"

    var dialect: SchemaDialect {
      switch self {
      case .draft4: .draft4
      case .draft6: .draft6
      case .draft7: .draft7
      case .draft2019_09: .draft2019_09
      case .draft2020_12: .draft2020_12
      case .asyncAPI: .asyncAPI
      }
    }
  }

  /// What `format` does.
  enum Formats: String, ExpressibleByArgument, CaseIterable {
    case assert, annotate
  }

  @Option(help: "The draft of schemas without '$schema'.")
  var draft = Draft.draft2020_12

  @Option(
    name: .customLong("ref"),
    help: ArgumentHelp(
      "A document that references may lead to; may be repeated.",
      valueName: "file"
    )
  )
  var references: [String] = []

  @Option(help: "Whether 'format' rejects values (default: as the draft has it).")
  var formats: Formats?

  @Option(help: "How deep values may be nested, at most 4000.")
  var maxDepth = 512

  func validate() throws {
    guard (1...4_000).contains(maxDepth) else {
      throw ValidationError("--max-depth is \(maxDepth); it has to be from 1 to 4000")
    }
  }

  /// The same for the compiler.
  func options(maximumErrors: Int = 1_000) -> SchemaOptions {
    SchemaOptions(
      assertsFormats: formats.map { $0 == .assert },
      maximumErrors: maximumErrors,
      maximumDepth: maxDepth
    )
  }
}
