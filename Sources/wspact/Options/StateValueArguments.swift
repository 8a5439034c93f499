import ArgumentParser
import JSON

/// Values for `ProviderState` generators as they are written on the command line: `name=value`.
enum StateValueArguments {
  /// Reads values.
  ///
  /// - Throws: `ValidationError` which names the one that has no name.
  static func object(_ texts: [String]) throws -> JSONObject {
    JSONObject(
      try texts.map { text in
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
          throw ValidationError("--value '\(text)' has no name; write it as 'name=value'")
        }
        let value = String(text[text.index(after: mark)...])
        return JSONObject.Member(name: String(text[..<mark]), value: .string(value))
      }
    )
  }
}
