import ArgumentParser
import Capture
import JSON

/// What is kept out of journals, contracts and documents.
struct RedactionOptions: ParsableArguments {
  @Option(
    name: .customLong("redact"),
    help: ArgumentHelp(
      "Mask this member of messages as well; '*' is any name or index; may be repeated.",
      valueName: "pointer"
    )
  )
  var redacted: [String] = []

  @Option(
    name: .customLong("keep-secret"),
    help: ArgumentHelp(
      "Do not mask this member although it is named like a secret; may be repeated.",
      valueName: "pointer"
    )
  )
  var keptSecrets: [String] = []

  func validate() throws { _ = try redaction }

  /// What is masked.
  ///
  /// - Throws: `ValidationError` for what is no JSON Pointer.
  var redaction: Redaction {
    get throws {
      Redaction(
        secrets: try pointers(redacted, of: "--redact"),
        kept: try pointers(keptSecrets, of: "--keep-secret")
      )
    }
  }

  private func pointers(_ texts: [String], of option: String) throws -> [JSONPointer] {
    try texts.map { text in
      guard let pointer = JSONPointer(text), !pointer.isRoot else {
        throw ValidationError("\(option) '\(text)' is no JSON Pointer; write it as '/a/b'")
      }
      return pointer
    }
  }
}
