import Foundation
package import Testing

/// Compares a text with the one kept under `Snapshots` beside the test file.
///
/// With `WSPACT_UPDATE_SNAPSHOTS=1` in the environment the kept text is rewritten instead; without
/// it a snapshot that is missing is a failure. The first line that differs is shown.
package func expectSnapshot(
  _ text: String,
  named name: String,
  file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = PackageRoot.folder(of: file, levels: 1) + "/Snapshots"
  let path = folder + "/" + name
  if ProcessInfo.processInfo.environment["WSPACT_UPDATE_SNAPSHOTS"] == "1" {
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: path).deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      Issue.record(
        "the snapshot \(path) cannot be written: \(error)",
        sourceLocation: sourceLocation
      )
    }
    return
  }
  guard let data = FileManager.default.contents(atPath: path) else {
    Issue.record(
      "there is no snapshot \(path); run the test with WSPACT_UPDATE_SNAPSHOTS=1 to keep this text:\n\(text)",
      sourceLocation: sourceLocation
    )
    return
  }
  let kept = String(decoding: data, as: UTF8.self)
  guard !kept.utf8.elementsEqual(text.utf8) else { return }
  Issue.record(
    "the text differs from \(path) \(firstDifference(kept, text))",
    sourceLocation: sourceLocation
  )
}

private func firstDifference(_ kept: String, _ text: String) -> String {
  let keptLines = kept.split(separator: "\n", omittingEmptySubsequences: false)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  for index in 0..<max(keptLines.count, lines.count) {
    let expected = index < keptLines.count ? String(keptLines[index]) : nil
    let actual = index < lines.count ? String(lines[index]) : nil
    if expected != actual {
      return """
        in line \(index + 1)
        kept: \(expected ?? "(no such line)")
        now:  \(actual ?? "(no such line)")
        """
    }
  }
  return "in characters that look the same"
}
