import ArgumentParser
import WebSocket

/// Header fields as they are written on the command line: `name: value`.
enum HeaderArguments {
  /// Reads fields.
  ///
  /// - Throws: `ValidationError` which names the one that has no name.
  static func fields(_ texts: [String]) throws -> [HeaderField] {
    try texts.map { text in
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
        throw ValidationError("--header '\(text)' has no name; write it as 'name: value'")
      }
      let value = text[text.index(after: colon)...].drop { $0 == " " }
      return HeaderField(String(text[..<colon]), String(value))
    }
  }
}
