/// Reads XML 1.0 with namespaces, well-formed or not at all.
///
/// A document type declaration is skipped: nothing outside is fetched, and entities that it declares are
/// not expanded, so that a short text cannot become a long one. Nesting is bounded.
///
/// Spec: XML 1.0 (Fifth Edition), Namespaces in XML 1.0.
struct XMLReader {
  /// How many elements may be in each other: 256.
  static let maximumDepth = 256

  let bytes: [UInt8]
  var position = 0
  private var depth = 0
  private var scope = XMLScope()

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Document

  /// Reads the whole text.
  ///
  /// Spec: XML 1.0 §2.1 `document`, §2.8 `prolog`.
  mutating func document() throws(XMLSyntaxError) -> XMLTree {
    try checkCharacters()
    if starts(with: "\u{FEFF}") { position += 3 }
    if starts(with: "<?xml"), isSpace(at: position + 5) { try skipDeclaration() }
    var hasDocumentType = false
    while position < bytes.count, try skipMiscellany(&hasDocumentType) {}
    guard position < bytes.count else { throw error(.noElement) }
    let root = try element()
    // A document type declaration may no longer come.
    hasDocumentType = true
    while position < bytes.count {
      guard try skipMiscellany(&hasDocumentType) else { throw error(.trailingContent) }
    }
    return XMLTree(root: root)
  }

  /// Passes over white space, a comment, an instruction or the document type declaration.
  ///
  /// - Returns: Whether there was one.
  private mutating func skipMiscellany(
    _ hasDocumentType: inout Bool
  ) throws(XMLSyntaxError) -> Bool {
    if isSpace(at: position) {
      skipSpace()
    } else if starts(with: "<!--") {
      try skipComment()
    } else if starts(with: "<?") {
      try skipInstruction()
    } else if starts(with: "<!DOCTYPE"), !hasDocumentType {
      hasDocumentType = true
      try skipDocumentType()
    } else {
      return false
    }
    return true
  }

  // MARK: Elements

  /// Reads an element, its start tag next.
  ///
  /// Spec: XML 1.0 §3 `element`, §3.1.
  private mutating func element() throws(XMLSyntaxError) -> XMLTree.Element {
    guard depth < Self.maximumDepth else { throw error(.nesting(limit: Self.maximumDepth)) }
    depth += 1
    defer { depth -= 1 }
    let start = position
    try expect("<", "an element")
    let name = try qualifiedName("an element's name")
    let (attributes, declarations) = try self.attributes()
    scope.open(declarations)
    defer { scope.close(declarations) }
    var element = XMLTree.Element(
      name: try resolve(name, isAttribute: false, at: start + 1),
      attributes: try resolve(attributes),
      declarations: declarations,
      children: []
    )
    if starts(with: "/>") {
      position += 2
      return element
    }
    try expect(">", "'>' or '/>'")
    element.children = try contents(of: name)
    return element
  }

  /// Reads what stands between the tags of an element, and its end tag.
  ///
  /// Spec: XML 1.0 §3.1 `content`, `ETag`.
  private mutating func contents(
    of name: XMLQualifiedName
  ) throws(XMLSyntaxError) -> [XMLTree.Node] {
    var children: [XMLTree.Node] = []
    while position < bytes.count {
      if starts(with: "</") {
        position += 2
        let start = position
        let found = try qualifiedName("the name of an end tag")
        guard found == name else {
          throw error(.mismatchedEndTag(found: found.text, expected: name.text), at: start)
        }
        skipSpace()
        try expect(">", "'>'")
        return children
      } else if starts(with: "<!--") {
        try skipComment()
        children.append(.comment)
      } else if starts(with: "<![CDATA[") {
        children.append(.text(try section()))
      } else if starts(with: "<?") {
        try skipInstruction()
        children.append(.instruction)
      } else if bytes[position] == UInt8(ascii: "<") {
        children.append(.element(try element()))
      } else if bytes[position] == UInt8(ascii: "&") {
        children.append(.text(try reference()))
      } else {
        children.append(.text(try characters()))
      }
    }
    throw error(.unterminated("<\(name.text)>"))
  }

  // MARK: Attributes

  /// An attribute before its prefix is resolved.
  private struct RawAttribute {
    var name: XMLQualifiedName
    var value: String
    var offset: Int
  }

  /// Reads attributes and namespace declarations.
  ///
  /// Spec: XML 1.0 §3.1 `Attribute`; Namespaces in XML 1.0 §3.
  private mutating func attributes() throws(XMLSyntaxError) -> (
    attributes: [RawAttribute], declarations: [XMLTree.Declaration]
  ) {
    var attributes: [RawAttribute] = []
    var declarations: [XMLTree.Declaration] = []
    var names: Set<XMLQualifiedName> = []
    while isSpace(at: position) {
      skipSpace()
      guard position < bytes.count, !starts(with: ">"), !starts(with: "/") else { break }
      let start = position
      let name = try qualifiedName("an attribute's name, '>' or '/>'")
      guard names.insert(name).inserted else {
        throw error(.duplicateAttribute(name.text), at: start)
      }
      skipSpace()
      try expect("=", "'='")
      skipSpace()
      let value = try attributeValue()
      if let prefix = name.declaredPrefix {
        let declaration = XMLTree.Declaration(prefix: prefix, uri: value)
        if let text = declaration.objection {
          throw error(.reservedNamespace(text), at: start)
        }
        declarations.append(declaration)
      } else {
        attributes.append(RawAttribute(name: name, value: value, offset: start))
      }
    }
    return (attributes, declarations)
  }

  /// Spec: Namespaces in XML 1.0 §6.3 (uniqueness of attributes).
  private func resolve(
    _ attributes: [RawAttribute]
  ) throws(XMLSyntaxError) -> [XMLTree.Attribute] {
    var resolved: [XMLTree.Attribute] = []
    var names: Set<String> = []
    for attribute in attributes {
      let name = try resolve(attribute.name, isAttribute: true, at: attribute.offset)
      if name.namespace != nil, !names.insert(name.expanded).inserted {
        throw error(.duplicateAttribute(attribute.name.text), at: attribute.offset)
      }
      resolved.append(XMLTree.Attribute(name: name, value: attribute.value))
    }
    return resolved
  }

  /// Spec: Namespaces in XML 1.0 §6.2: the default namespace is not that of attributes.
  private func resolve(
    _ name: XMLQualifiedName,
    isAttribute: Bool,
    at offset: Int
  ) throws(XMLSyntaxError) -> XMLTree.Name {
    guard let prefix = name.prefix else {
      let namespace = isAttribute ? nil : scope.uri(of: "")
      return XMLTree.Name(namespace: namespace, local: name.local, prefix: nil)
    }
    guard let namespace = scope.uri(of: prefix) else {
      throw error(.unknownPrefix(prefix), at: offset)
    }
    return XMLTree.Name(namespace: namespace, local: name.local, prefix: prefix)
  }
}

extension XMLTree {
  /// Reads a text.
  ///
  /// - Throws: ``XMLSyntaxError`` for the first thing that is not well-formed.
  package init(parsing bytes: [UInt8]) throws(XMLSyntaxError) {
    var reader = XMLReader(bytes)
    self = try reader.document()
  }

  /// Reads a text.
  ///
  /// - Throws: ``XMLSyntaxError`` for the first thing that is not well-formed.
  package init(parsing text: String) throws(XMLSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }
}
