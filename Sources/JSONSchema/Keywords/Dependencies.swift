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

extension Explainer {
  mutating func checkDependencies(_ node: SchemaNode, _ value: Int, _ outcome: inout Outcome) {
    for dependency in node.dependentRequired where tape.member(dependency.name, of: value) != nil {
      for name in dependency.required where tape.member(name, of: value) == nil {
        outcome.isValid = false
        let keyword = node.dependentRequiredKeyword
        note(
          node.index,
          keyword,
          value,
          .missingBeside(name: name, because: dependency.name)
        )
      }
    }
    for dependency in node.dependentSchemas where tape.member(dependency.name, of: value) != nil {
      require(dependency.schema, value, &outcome)
    }
  }
}

extension SchemaNode {
  /// The keyword that `dependentRequired` stands in for.
  var dependentRequiredKeyword: String {
    dialect.generation >= 8 ? "dependentRequired" : "dependencies"
  }
}
