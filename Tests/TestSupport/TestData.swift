import Foundation

/// The official test suites, which are not part of the package.
///
/// They are looked for in the folder that the environment variable `WSPACT_TEST_DATA` names, else in
/// `../shared/data` beside the package. Tests that need a suite are skipped by name where it is
/// absent:
///
///     @Test(.enabled(if: TestData.isPresent("json-test-suite"), "needs json-test-suite"))
package enum TestData {
  /// The folder of all suites.
  package static let folder: String = {
    if let path = ProcessInfo.processInfo.environment["WSPACT_TEST_DATA"] { return path }
    return PackageRoot.path + "/../shared/data"
  }()

  /// Whether a suite or a part of one is there.
  package static func isPresent(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + path)
  }

  /// The bytes of a file, or `nil` when it cannot be read.
  package static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: folder + "/" + path).map { Array($0) }
  }

  /// The names of the files and folders in a folder, sorted; none when it is absent.
  package static func names(in path: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)
    return (names ?? []).sorted()
  }

  /// The paths of all files in a folder and below it, relative to the suites' folder, sorted.
  package static func files(below path: String, withSuffix suffix: String = "") -> [String] {
    let enumerator = FileManager.default.enumerator(atPath: folder + "/" + path)
    let names = (enumerator?.allObjects ?? []).compactMap { $0 as? String }
    return names.filter { $0.hasSuffix(suffix) }.sorted().map { path + "/" + $0 }
  }
}
