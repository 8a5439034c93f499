/// A schema ready to judge values, from any thread.
package final class CompiledSchema: Sendable {
  /// The schema as typed nodes.
  package let graph: SchemaGraph
  let options: SchemaOptions

  init(graph: SchemaGraph, options: SchemaOptions) {
    self.graph = graph
    self.options = options
  }

  /// The node of the schema that was compiled.
  package var rootNode: Int { graph.rootNode }
}
