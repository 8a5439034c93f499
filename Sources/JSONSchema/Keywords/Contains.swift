/// `contains`, `minContains` and `maxContains`.
///
/// Spec: 2020-12 Core §10.3.1.3; Validation §6.4.4, §6.4.5.
extension Keyword {
  static let contains: [Keyword] = [
    Keyword("contains", .one, in: .applicator, generations: 6...9) { reader, value in
      reader.node.contains = reader.subschema(value)
    },
    Keyword("minContains", in: .validation, generations: 8...9) { reader, value in
      reader.minContains = reader.count(value)
    },
    Keyword("maxContains", in: .validation, generations: 8...9) { reader, value in
      reader.maxContains = reader.count(value)
    },
  ]
}
