/// `if`, `then` and `else`.
///
/// Spec: 2020-12 Core §10.2.2.1-§10.2.2.3.
extension Keyword {
  static let conditions: [Keyword] = [
    Keyword("if", .one, in: .applicator, generations: 7...9) { reader, value in
      reader.node.ifSchema = reader.subschema(value)
    },
    Keyword("then", .one, in: .applicator, generations: 7...9) { reader, value in
      reader.thenSchema = reader.subschema(value)
    },
    Keyword("else", .one, in: .applicator, generations: 7...9) { reader, value in
      reader.elseSchema = reader.subschema(value)
    },
  ]
}
