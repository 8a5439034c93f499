import JSON

extension SchemaGraph {
  /// What is allowed and yet most likely not meant: misspelt keywords, keywords of other drafts and
  /// beside `$ref` in old ones, formats that nobody knows.
  ///
  /// Unknown keywords are annotations; names that begin with `x-` are never doubted.
  ///
  /// Spec: 2020-12 Core §6.5, Validation §7.2.3.
  package var doubts: [SchemaProblem] {
    var seen: Set<SchemaProblem> = []
    return nodes.flatMap { node in
      node.annotations.compactMap { doubt($0.keyword, node) } + silenceDoubts(node)
        + [formatDoubt(node)].compactMap(\.self)
    }.filter { seen.insert($0).inserted }
  }

  /// Spec: draft-07 Core §8.3.
  private func silenceDoubts(_ node: SchemaNode) -> [SchemaProblem] {
    node.silencedKeywords.map { keyword in
      let title = node.dialect.title
      return problem(
        "'\(keyword)' beside '$ref' does nothing in \(title); put both into 'allOf'",
        keyword,
        node
      )
    }
  }

  private func doubt(_ keyword: String, _ node: SchemaNode) -> SchemaProblem? {
    let dialect = node.dialect
    let table = Keyword.table(generation: dialect.generation)
    guard table[keyword] == nil, !keyword.hasPrefix("x-") else { return nil }
    let message: String
    if let known = Keyword.all.first(where: { $0.name == keyword && !$0.isAsyncAPIOnly }) {
      let relation =
        dialect.generation < known.generations.lowerBound
        ? "it came with \(Self.title(known.generations.lowerBound))"
        : "its last draft was \(Self.title(known.generations.upperBound))"
      message = "'\(keyword)' does nothing in \(dialect.title); \(relation)"
    } else if let nearest = nearestName(to: keyword, in: table.keys.sorted()),
      keyword.unicodeScalars.count > 3
    {
      message = "unknown keyword '\(keyword)' does nothing; did you mean '\(nearest)'?"
    } else {
      return nil
    }
    return problem(message, keyword, node)
  }

  private func formatDoubt(_ node: SchemaNode) -> SchemaProblem? {
    guard let format = node.format, !Self.isKnown(format, in: node.dialect) else { return nil }
    let names = StringFormat.allCases.map(\.rawValue)
    let hint = nearestName(to: format, in: names).map { "; did you mean '\($0)'?" } ?? ""
    return problem("unknown format '\(format)' rejects nothing\(hint)", "format", node)
  }

  /// Whether a format means something in a dialect, be it only to a reader.
  ///
  /// Spec: AsyncAPI 3.0 "Data Type Formats".
  private static func isKnown(_ format: String, in dialect: SchemaDialect) -> Bool {
    let readable = ["int32", "int64", "float", "double", "byte", "binary", "password"]
    return StringFormat(name: format, dialect: dialect) != nil
      || dialect == .asyncAPI && readable.contains(format)
  }

  private func problem(_ message: String, _ keyword: String, _ node: SchemaNode) -> SchemaProblem {
    SchemaProblem(
      documentURI: node.location.documentURI,
      pointer: node.location.pointer.appending(keyword),
      message: message
    )
  }

  private static func title(_ generation: Int) -> String {
    SchemaDialect.allCases.first { $0.generation == generation }?.title ?? ""
  }
}
