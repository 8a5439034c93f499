/// A name as it is written: at most one prefix before the local name.
///
/// Spec: Namespaces in XML 1.0 §4 `QName`.
struct XMLQualifiedName: Hashable {
  var prefix: String?
  var local: String

  /// The name as it is written.
  var text: String { prefix.map { "\($0):\(local)" } ?? local }

  /// The prefix that an attribute of this name declares; empty for `xmlns`, `nil` for all others.
  var declaredPrefix: String? {
    if prefix == nil, local == "xmlns" { return "" }
    return prefix == "xmlns" ? local : nil
  }
}

extension XMLTree.Declaration {
  static let xml = "http://www.w3.org/XML/1998/namespace"
  static let xmlns = "http://www.w3.org/2000/xmlns/"

  /// What makes the declaration wrong; `nil` when it is right.
  ///
  /// Spec: Namespaces in XML 1.0 §3 "Reserved Prefixes and Namespace Names", "Prefix Declared" and §5
  /// (only the default namespace can be taken back).
  var objection: String? {
    if prefix == "xmlns" { return "the prefix 'xmlns'" }
    if (prefix == "xml") != (uri == Self.xml) { return "'\(uri)' as '\(prefix)'" }
    if uri == Self.xmlns { return "the namespace '\(uri)'" }
    return uri.isEmpty && !prefix.isEmpty ? "an empty namespace as '\(prefix)'" : nil
  }
}

/// The namespaces that are declared where the reader is.
struct XMLScope {
  /// What each prefix stands for, the innermost declaration last.
  private var bindings: [String: [String]] = ["xml": [XMLTree.Declaration.xml]]

  /// An element begins.
  mutating func open(_ declarations: [XMLTree.Declaration]) {
    for declaration in declarations {
      bindings[declaration.prefix, default: []].append(declaration.uri)
    }
  }

  /// The element ends.
  mutating func close(_ declarations: [XMLTree.Declaration]) {
    for declaration in declarations { bindings[declaration.prefix]?.removeLast() }
  }

  /// What a prefix stands for, or `nil` when it is not declared.
  func uri(of prefix: String) -> String? {
    guard let uri = bindings[prefix]?.last, !uri.isEmpty else { return nil }
    return uri
  }
}
