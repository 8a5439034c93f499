/// An XML document as matching sees it: its root element with everything below.
///
/// Spec: XML 1.0 (Fifth Edition) §2.1, Namespaces in XML 1.0.
package struct XMLTree: Sendable, Hashable {
  /// The element that contains all others.
  package let root: Element

  /// The name of an element or attribute.
  package struct Name: Sendable, Hashable {
    /// The namespace that the prefix stands for; `nil` when the name is in none.
    package var namespace: String?
    /// The name without its prefix.
    package var local: String
    /// The prefix, which says nothing by itself and is kept for showing.
    package var prefix: String?
  }

  /// An attribute that is no namespace declaration.
  package struct Attribute: Sendable, Hashable {
    /// Its name.
    package var name: Name
    /// Its value with references resolved and white space normalised (§3.3.3).
    package var value: String
  }

  /// An element with its attributes and contents.
  package struct Element: Sendable, Hashable {
    /// Its name.
    package var name: Name
    /// Its attributes as they are written.
    package var attributes: [Attribute]
    /// The namespaces that it declares, as they are written: prefix (empty for the default) and URI.
    package var declarations: [Declaration]
    /// What it contains.
    package var children: [Node]
  }

  /// A namespace declaration: `xmlns="uri"` or `xmlns:prefix="uri"`.
  package struct Declaration: Sendable, Hashable {
    /// The prefix; empty for the default namespace.
    package var prefix: String
    /// The namespace; empty where the default one is taken back.
    package var uri: String
  }

  /// A part of an element's contents.
  package enum Node: Sendable, Hashable {
    /// An element.
    case element(Element)
    /// A run of characters, the contents of a CDATA section, or what one reference stands for.
    case text(String)
    /// A comment.
    case comment
    /// A processing instruction.
    case instruction
  }
}

extension XMLTree.Name {
  /// The name as paths have it: the namespace, a colon and the local name, or the local name alone.
  package var expanded: String { namespace.map { "\($0):\(local)" } ?? local }

  /// The name as it is written.
  package var written: String { prefix.map { "\($0):\(local)" } ?? local }
}

extension XMLTree.Element {
  /// The elements among the children.
  package var elements: [XMLTree.Element] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The text of the element itself: each run without white space around it, joined.
  ///
  /// The official engine trims each run before it joins them, so that `x &amp; y` is `x&y`.
  package var text: String {
    children.reduce(into: "") { text, child in
      if case .text(let part) = child { text += part.withoutOuterSpace }
    }.withoutOuterSpace
  }
}

extension String {
  /// The text without white space, as Unicode has it, at both ends.
  fileprivate var withoutOuterSpace: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
