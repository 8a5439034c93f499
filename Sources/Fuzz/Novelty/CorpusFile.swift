import Contract
import Foundation
import Generation
import JSON
import Session

/// The file in which beginnings of cases are kept from run to run, one for each document.
struct CorpusFile {
  /// The form of the file.
  private static let version = 1

  /// The file.
  let path: String

  /// Names the file of an API.
  init(folder: String, api: APIDescription) {
    path = "\(folder)/\(FailureFiles.plainName(api.title.isEmpty ? "api" : api.title)).json"
  }

  /// Reads the beginnings; there are none where there is no file.
  ///
  /// - Returns: The beginnings, and a note when the file could not be understood.
  func read() -> (entries: [Corpus.Entry], note: String?) {
    guard let bytes = FileManager.default.contents(atPath: path) else { return ([], nil) }
    guard let value = try? JSONValue.parse(Array(bytes)),
      value["version"]?.intValue == Self.version,
      let items = value["beginnings"]?.arrayValue
    else { return ([], "\(path) holds no beginnings of cases; it will be replaced") }
    let entries = items.compactMap { item -> Corpus.Entry? in
      guard let log = item["decisions"].flatMap({ ChoiceLog(json: $0) }) else { return nil }
      return Corpus.Entry(
        log: log,
        steps: log.stepCount,
        reached: (item["reached"]?.arrayValue ?? []).compactMap(Self.achievement),
        number: 0
      )
    }
    return (entries, nil)
  }

  /// Writes beginnings, the shortest for each thing that they reach.
  ///
  /// - Throws: ``SessionError/cannotWrite(file:reason:)``.
  func write(_ entries: [Corpus.Entry]) throws(SessionError) {
    var best: [Set<String>: Corpus.Entry] = [:]
    for entry in entries {
      let reached = Set(entry.reached.map(Self.text))
      if best[reached].map({ entry.steps < $0.steps }) ?? true { best[reached] = entry }
    }
    let kept = best.values.sorted { ($0.steps, $0.log) < ($1.steps, $1.log) }
      .prefix(Corpus.capacity / 2)
    guard !kept.isEmpty else { return }
    let value: JSONValue = [
      "version": .number(JSONNumber(Self.version)),
      "beginnings": .array(
        kept.map { entry in
          [
            "reached": .array(entry.reached.map { .string(Self.text(of: $0)) }),
            "decisions": entry.log.json,
          ]
        }
      ),
    ]
    try WholeFile.write(value.bytes() + [UInt8(ascii: "\n")], to: path)
  }

  private static func text(of achievement: Achievement) -> String {
    "\(achievement.operation) / \(achievement.reply)"
  }

  private static func achievement(_ value: JSONValue) -> Achievement? {
    guard let parts = value.stringValue?.split(separator: " / ", maxSplits: 1), parts.count == 2
    else { return nil }
    return Achievement(operation: String(parts[0]), reply: String(parts[1]))
  }
}
