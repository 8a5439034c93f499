import Foundation

/// The files in the package's `fixtures` and `contracts` folders.
package enum Fixtures {
  /// The path of a fixture: `path("chat/asyncapi.yaml")`.
  package static func path(_ name: String) -> String { PackageRoot.path + "/fixtures/" + name }

  /// The path of a recorded contract.
  package static func contractPath(_ name: String) -> String {
    PackageRoot.path + "/contracts/" + name
  }

  /// The text of a fixture.
  ///
  /// - Throws: The system's error when it cannot be read.
  package static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// The bytes of a fixture.
  ///
  /// - Throws: The system's error when it cannot be read.
  package static func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
  }
}
