import JSON

/// Keywords that describe and never judge.
///
/// Spec: 2020-12 Validation §9; AsyncAPI 3.0 "Schema Object" (`discriminator`).
extension Keyword {
  static let metadata: [Keyword] = [
    Keyword("title", in: .metadata) { reader, value in
      reader.node.title = reader.string(value)
      reader.annotate(value)
    },
    Keyword("description", in: .metadata) { reader, value in
      reader.node.summary = reader.string(value)
      reader.annotate(value)
    },
    Keyword("default", in: .metadata) { reader, value in
      reader.node.defaultValue = value
      reader.annotate(value)
    },
    Keyword("examples", in: .metadata, generations: 6...9) { reader, value in
      guard case .array(let values) = value else {
        reader.reportWrong(value, expected: "an array")
        return
      }
      reader.node.examples = values
      reader.annotate(value)
    },
    Keyword("discriminator", in: .metadata, generations: 7...7, isAsyncAPIOnly: true) {
      reader,
      value in
      // OpenAPI's form, an object with the name in it, is common in documents that moved over.
      reader.node.discriminator = value["propertyName"]?.stringValue ?? reader.string(value)
      reader.annotate(value)
    },
    flag("readOnly", 7...9), flag("writeOnly", 7...9), flag("deprecated", 7...9),
  ]

  private static func flag(_ name: String, _ generations: ClosedRange<Int>) -> Keyword {
    Keyword(name, in: .metadata, generations: generations) { reader, value in
      guard reader.bool(value) != nil else { return }
      reader.annotate(value)
    }
  }
}

extension NodeReader {
  /// Keeps the value of the keyword being read as an annotation.
  mutating func annotate(_ value: JSONValue) {
    node.annotations.append(.init(keyword: keywordName, value: value))
  }
}
