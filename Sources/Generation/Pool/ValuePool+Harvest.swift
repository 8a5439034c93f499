package import JSON
package import JSONSchema

extension ValuePool {
  /// Adds the strings and numbers of a value, each at the place that the schema gives it.
  ///
  /// Values that a schema fixes (`const`, `enum`) say nothing and are left out, and so are long texts.
  ///
  /// - Parameters:
  ///   - value: What was sent or received.
  ///   - harvester: Knows the places of the schema that describes it; members that the schema does
  ///     not mention are kept under their names.
  package mutating func harvest(_ value: JSONValue, with harvester: ValueHarvester) {
    harvester.visit(value) { add($0, at: $1) }
  }

  /// Adds the strings and numbers of a value, with a schema that is used once.
  package mutating func harvest(_ value: JSONValue, schema: CompiledSchema) {
    harvest(value, with: ValueHarvester(schema: schema))
  }
}
