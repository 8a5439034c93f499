package import Contract
import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds the contracts that are named by files and folders.
package enum ContractSelection {
  /// The paths of the contracts, those of a folder sorted by name.
  ///
  /// - Throws: `DiagnosticsError` for a path that does not exist.
  package static func files(_ paths: [String]) throws(DiagnosticsError) -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder: Bool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw DiagnosticsError(at: SourceLocation(file: path), "there is no such file or folder")
      }
      guard isFolder else {
        files.append(path)
        continue
      }
      let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      files += names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().map {
        "\(folder)/\($0)"
      }
    }
    return files
  }
}
