import JSON

/// `dependentRequired`, `dependentSchemas`, and `dependencies`, which was both.
///
/// Spec: 2020-12 Validation §6.5.4, Core §10.2.2.4; draft-07 Validation §6.5.7.
extension Keyword {
  static let dependencies: [Keyword] = [
    Keyword("dependentRequired", in: .validation, generations: 8...9) { reader, value in
      guard case .object(let object) = value else {
        reader.reportWrong(value, expected: "an object of name lists")
        return
      }
      reader.node.dependentRequired += object.members.map {
        .init(name: $0.name, required: reader.names($0.value, below: [$0.name]))
      }
    },
    Keyword("dependentSchemas", .map, in: .applicator, generations: 8...9) { reader, value in
      reader.node.dependentSchemas += reader.namedSubschemas(value)
    },
    Keyword("dependencies", .mapOfSchemasOrNames, in: .applicator) { reader, value in
      guard case .object(let object) = value else {
        reader.reportWrong(value, expected: "an object of schemas and name lists")
        return
      }
      for member in object.members {
        if case .array = member.value {
          let names = reader.names(member.value, below: [member.name])
          reader.node.dependentRequired.append(.init(name: member.name, required: names))
        } else {
          let schema = reader.subschema(member.value, member.name)
          reader.node.dependentSchemas.append(.init(name: member.name, schema: schema))
        }
      }
    },
  ]
}
