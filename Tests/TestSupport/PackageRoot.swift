import Foundation

/// The folder of the package that the running tests were built from.
package enum PackageRoot {
  /// The folder's path, without a slash at the end.
  package static let path = folder(of: #filePath, levels: 3)

  /// The folder so many levels above a file, symbolic links resolved.
  static func folder(of file: String, levels: Int) -> String {
    var url = URL(fileURLWithPath: file).resolvingSymlinksInPath()
    for _ in 0..<levels { url.deleteLastPathComponent() }
    return url.path
  }
}
