import JSON

/// `prefixItems`, `items` and `additionalItems`.
///
/// Spec: 2020-12 Core §10.3.1.1, §10.3.1.2; 2019-09 Core §9.3.1.1, §9.3.1.2.
extension Keyword {
  static let items: [Keyword] = [
    Keyword("prefixItems", .list, in: .applicator, generations: 9...9) { reader, value in
      reader.node.prefixItems = reader.subschemas(value)
    },
    Keyword("items", .one, in: .applicator, generations: 9...9) { reader, value in
      if case .array = value {
        reader.report("'items' must be one schema since 2020-12; lists are called 'prefixItems'")
      } else {
        reader.node.items = reader.subschema(value)
      }
    },
    Keyword("items", .oneOrList, in: .applicator, generations: 4...8) { reader, value in
      guard case .array(let schemas) = value else {
        reader.node.items = reader.subschema(value)
        return
      }
      reader.hasItemsList = true
      reader.node.prefixItems = schemas.enumerated().map { reader.subschema($1, String($0)) }
    },
    Keyword("additionalItems", .one, in: .applicator, generations: 4...8) { reader, value in
      reader.additionalItems = reader.subschema(value)
    },
  ]
}

extension Explainer {
  mutating func checkItems(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    guard !node.prefixItems.isEmpty || node.items != nil else { return }
    for (index, item) in items(of: value).enumerated() {
      if index < node.prefixItems.count {
        let other = check(node.prefixItems[index], item, at: .item(index))
        outcome.isValid = outcome.isValid && other.isValid
        outcome.evaluated.nodes.insert(item)
      } else if let schema = node.items {
        checkExtraItem(node.index, node.itemsKeyword, schema, item, index, &outcome)
      }
    }
    if node.items != nil { outcome.evaluated.allItems = true }
  }

  /// Judges an item that only a keyword for the rest covers.
  mutating func checkExtraItem(
    _ node: Int,
    _ keyword: String,
    _ schema: Int,
    _ item: Int,
    _ index: Int,
    _ outcome: inout Outcome
  ) {
    guard graph[schema].booleanSchema == false else {
      let other = check(schema, item, at: .item(index))
      outcome.isValid = outcome.isValid && other.isValid
      return
    }
    outcome.isValid = false
    path.append(.item(index))
    note(node, keyword, item, .unexpectedItem(index: index))
    path.removeLast()
  }
}

extension SchemaNode {
  /// The keyword that ``items`` comes from.
  var itemsKeyword: String {
    dialect.generation < 9 && !prefixItems.isEmpty ? "additionalItems" : "items"
  }
}
