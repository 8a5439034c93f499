import JSON

/// `contentEncoding`, `contentMediaType` and `contentSchema`.
///
/// Spec: 2020-12 Validation §8; draft-07 Validation §8 (where they may judge).
extension Keyword {
  static let content: [Keyword] = [
    Keyword("contentEncoding", in: .content, generations: 7...9) { reader, value in
      reader.node.contentEncoding = reader.string(value)
      reader.annotate(value)
    },
    Keyword("contentMediaType", in: .content, generations: 7...9) { reader, value in
      reader.node.contentMediaType = reader.string(value)
      reader.annotate(value)
    },
    Keyword("contentSchema", .one, in: .content, generations: 8...9) { reader, value in
      reader.node.contentSchema = reader.subschema(value)
      reader.annotate(value)
    },
  ]
}

extension Explainer {
  mutating func checkContent(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard node.assertsContent, node.contentEncoding != nil || node.contentMediaType != nil else {
      return
    }
    let content = ContentCheck(encoding: node.contentEncoding, mediaType: node.contentMediaType)
    guard let keyword = content.brokenKeyword(tape.unescapedBytes(of: value)) else { return }
    outcome.isValid = false
    note(node.index, keyword, value)
  }
}

extension SchemaNode {
  /// Whether an annotation says something about a value: the content keywords are for strings, and
  /// `contentSchema` needs a media type.
  func annotates(_ keyword: String, isString: Bool) -> Bool {
    switch keyword {
    case "contentEncoding", "contentMediaType": isString
    case "contentSchema": isString && contentMediaType != nil
    default: true
    }
  }
}
