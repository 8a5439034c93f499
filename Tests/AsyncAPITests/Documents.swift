import AsyncAPI
import Contract
import JSON

/// Small documents for tests.
enum Documents {
  /// What loads, with its warnings, or the lines of the error.
  static func load(
    _ text: String,
    file: String = "api.yml",
    as pointOfView: PointOfView = .server
  ) throws -> LoadedAPI {
    try AsyncAPIDocument.read(
      text: text,
      file: file,
      options: LoadOptions(pointOfView: pointOfView)
    )
  }

  /// Every line that loading a text prints, errors or warnings.
  static func problems(in text: String, file: String = "api.yml") -> [String] {
    do {
      return try load(text, file: file).diagnostics.map(\.description)
    } catch let error as DiagnosticsError {
      return error.diagnostics.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  /// A document of version 3 with one channel, one operation and the messages that are given as YAML
  /// below `components/messages`.
  static func version3(messages: [(name: String, yaml: String)]) -> String {
    var text = """
      asyncapi: 3.0.0
      info: {title: Test, version: 1.0.0}
      channels:
        main:
          address: /
          messages:

      """
    for message in messages {
      text += "      \(message.name): {$ref: '#/components/messages/\(message.name)'}\n"
    }
    text += "operations:\n  say: {action: receive, channel: {$ref: '#/channels/main'}}\n"
    text += "components:\n  messages:\n"
    for message in messages { text += "    \(message.name): \(message.yaml)\n" }
    return text
  }
}
