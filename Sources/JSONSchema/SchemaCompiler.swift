package import JSON

/// Turns schemas into validators.
///
/// A compiler can be used many times; each compilation reads only the documents that references
/// lead it to.
package struct SchemaCompiler: Sendable {
  private let registry: SchemaRegistry
  private let dialect: SchemaDialect
  private let options: SchemaOptions

  /// Takes what all compilations share.
  ///
  /// - Parameters:
  ///   - registry: The documents that references may lead to.
  ///   - dialect: What schemas without `$schema` are written in.
  ///   - options: How to compile and how much to report.
  package init(
    registry: SchemaRegistry = SchemaRegistry(),
    dialect: SchemaDialect = .draft2020_12,
    options: SchemaOptions = SchemaOptions()
  ) {
    self.registry = registry
    self.dialect = dialect
    self.options = options
  }

  /// Compiles a schema of the registry.
  ///
  /// - Parameter uriWithFragment: The document's URI, with a JSON Pointer or an anchor behind `#`
  ///   for a schema inside it.
  /// - Returns: A validator.
  /// - Throws: All problems of the schema and of those it refers to.
  package func compile(
    _ uriWithFragment: String
  ) throws(SchemaCompilationError) -> CompiledSchema {
    CompiledSchema(graph: try graph(uriWithFragment), options: options)
  }

  /// Compiles a schema that stands alone or refers to the registry.
  ///
  /// - Throws: All problems of the schema and of those it refers to.
  package func compile(_ schema: JSONValue) throws(SchemaCompilationError) -> CompiledSchema {
    CompiledSchema(graph: try graph(schema), options: options)
  }

  /// Resolves a schema of the registry without making a validator.
  ///
  /// - Throws: All problems of the schema and of those it refers to.
  package func graph(_ uriWithFragment: String) throws(SchemaCompilationError) -> SchemaGraph {
    let builder = GraphBuilder(
      index: SchemaIndex(registry: registry, defaultDialect: dialect),
      options: options
    )
    let target: SchemaIndex.Target
    do {
      target = try builder.index.resolve(uriWithFragment, from: nil)
    } catch {
      let message = error.message(uriWithFragment, knownURIs: builder.index.knownURIs)
      let uri = SchemaRegistry.normalised(uriWithFragment)
      throw SchemaCompilationError(
        problems: [SchemaProblem(documentURI: uri, pointer: .root, message: message)])
    }
    return try builder.build(target)
  }

  /// Resolves a schema without making a validator.
  ///
  /// - Throws: All problems of the schema and of those it refers to.
  package func graph(_ schema: JSONValue) throws(SchemaCompilationError) -> SchemaGraph {
    let builder = GraphBuilder(
      index: SchemaIndex(registry: registry, defaultDialect: dialect),
      options: options
    )
    let document = builder.index.add(schema, uri: "", dialect: nil)
    return try builder.build(builder.index.root(of: document))
  }
}
