package import JSON
import Yams

/// Reads YAML 1.2 documents with the core schema into JSON values, with the place of everything.
///
/// `no`, `on` and dates are strings, numbers keep their text where that is JSON, names are text
/// whatever they look like, anchors and merge keys (`<<`) are resolved. A file without a document is
/// `null`.
///
/// Spec: YAML 1.2.2 §10.3 Core Schema; <https://yaml.org/type/merge.html>.
package struct YAMLReader: Sendable {
  /// How many values a document may have once its aliases are resolved; a million by default.
  package var maximumValues: Int
  /// How deep lists and mappings may be nested; 512 by default, and never above 1,000.
  package var maximumDepth: Int

  /// Takes limits, each with its default.
  package init(maximumValues: Int = 1_000_000, maximumDepth: Int = 512) {
    self.maximumValues = maximumValues
    self.maximumDepth = maximumDepth
  }

  /// Reads a text that holds one document, with the default limits.
  ///
  /// - Throws: ``YAMLSyntaxError`` for the first thing that is wrong.
  package static func parse(
    _ text: String,
    file: String = "<yaml>"
  ) throws(YAMLSyntaxError) -> LocatedValue {
    try YAMLReader().parse(text, file: file)
  }

  /// Reads a text that holds one document.
  ///
  /// - Throws: ``YAMLSyntaxError`` for the first thing that is wrong.
  package func parse(_ text: String, file: String) throws(YAMLSyntaxError) -> LocatedValue {
    if let error = StructuredNames(text: text, file: file).error() { throw error }
    let root: Node?
    do {
      root = try Self.compose(text)
    } catch let problem as YamlError {
      throw YAMLProblem(text: text, file: file).error(problem)
    } catch {
      throw YAMLSyntaxError(
        location: SourceLocation(file: file),
        reason: .syntax("the text cannot be read: \(error)")
      )
    }
    guard let root else { return LocatedValue(unlocated: .null, file: file) }
    var converter = NodeConverter(file: file, reader: self)
    let (value, tree) = try converter.convert(root)
    return LocatedValue(value: value, locations: SourceMap(file: file, tree: tree))
  }

  /// The nodes of the only document; tags stay as they were written.
  static func compose(_ text: String) throws -> Node? {
    try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
  }
}
