import JSON

/// A schema with a URI of its own: the root of a document, or a schema with `$id` inside one.
///
/// Spec: 2020-12 Core §4.3.5.
struct SchemaResource {
  /// The name under which a resource root with `$recursiveAnchor: true` counts as an anchor.
  ///
  /// No anchor can have this name, which makes `$recursiveRef` a case of `$dynamicRef`.
  static let recursiveAnchor = "$recursiveAnchor"

  /// The base against which references inside it are read; never with a fragment.
  let base: URIReference
  /// The base as text.
  let uri: String
  /// The document it stands in.
  let document: Int
  /// Where in the document.
  let pointer: JSONPointer
  /// What its keywords mean.
  let language: SchemaLanguage
  /// Places named by `$anchor`, `$dynamicAnchor` or, up to draft 7, `"$id": "#name"`.
  var anchors: [ByteKey: JSONPointer] = [:]
  /// Their names in the order of reading, for hints.
  var anchorNames: [String] = []
  /// The anchors that a dynamic reference may find, in the order of reading.
  var dynamicAnchors: [(name: String, pointer: JSONPointer)] = []
}
