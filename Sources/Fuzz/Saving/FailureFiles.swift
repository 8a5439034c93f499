import Contract
import Session

/// The files in which a finding is kept: a scenario to play again, and the transcript.
struct FailureFiles {
  /// How long the name of a file may be, without its ending.
  static let maximumNameLength = 80

  /// The folder.
  let directory: String

  /// Writes a scenario and a transcript.
  ///
  /// - Returns: The paths of both.
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  func write(
    _ scenario: Scenario,
    _ transcript: Transcript,
    name: String
  ) throws(SessionError) -> (scenario: String, transcript: String) {
    let path = directory.isEmpty ? name : "\(directory)/\(name)"
    try WholeFile.write([UInt8](scenario.yamlText.utf8), to: path + ".yml")
    try WholeFile.write(transcript.jsonLines, to: path + ".jsonl")
    return (path + ".yml", path + ".jsonl")
  }

  /// A name made of a signature and a seed: letters, digits and single dashes.
  static func name(signature: String, seed: UInt64) -> String {
    "\(plainName(signature))-\(seed)"
  }

  /// A name made of a text: letters, digits and single dashes.
  static func plainName(_ text: String) -> String {
    var name = ""
    for character in text.unicodeScalars {
      let isPlain =
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
        || ("A"..."Z").contains(character) || character == "_"
      if isPlain {
        name.unicodeScalars.append(character)
      } else if !name.hasSuffix("-") {
        name += "-"
      }
    }
    name = String(name.prefix(maximumNameLength))
    while name.hasSuffix("-") { name.removeLast() }
    return name
  }
}
