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
