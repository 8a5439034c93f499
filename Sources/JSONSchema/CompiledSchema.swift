package import JSON

/// A schema ready to judge values, from any thread.
package final class CompiledSchema: Sendable {
  /// The schema as typed nodes.
  package let graph: SchemaGraph
  let options: SchemaOptions
  private let program: VerdictProgram

  init(graph: SchemaGraph, options: SchemaOptions) {
    self.graph = graph
    self.options = options
    program = ProgramBuilder.program(for: graph)
  }

  /// The node of the schema that was compiled.
  package var rootNode: Int { graph.rootNode }

  /// Whether a text satisfies the schema.
  package func isValid(_ document: JSONDocument) -> Bool {
    document.withTape { isValid($0, node: 0) }
  }

  /// Whether a value inside a text satisfies the schema.
  package func isValid(_ tape: JSONTape, node: Int) -> Bool {
    var memory = VerdictMemory(freeSteps: VerdictMemory.freeSteps + tape.count * 32)
    defer { withExtendedLifetime(program) {} }
    return withUnsafeMutablePointer(to: &memory) { memory in
      let frame = Verdict.Frame(
        tables: program.tables,
        program: program,
        tape: tape,
        maximumDepth: options.maximumDepth,
        memory: memory
      )
      return withUnsafePointer(to: frame) { frame in
        Verdict(frame: frame).judge(UInt32(program.root), node, Verdict.Depth())
      }
    }
  }

  /// Whether a value satisfies the schema.
  ///
  /// A value nested deeper than ``SchemaOptions/maximumDepth`` does not.
  package func isValid(_ value: JSONValue) -> Bool { document(of: value).map(isValid) ?? false }

  /// The same verdict, found keyword by keyword, as violations are: slow, and a check on the other.
  package func isValidByKeywords(_ value: JSONValue) -> Bool {
    guard let document = document(of: value) else { return false }
    return document.withTape { tape in
      var explainer = Explainer(graph: graph, tape: tape, options: options)
      return explainer.check(graph.rootNode, 0).isValid
    }
  }

  /// Everything that is wrong with a text; nothing when it is valid.
  package func violations(in document: JSONDocument) -> [SchemaViolation] {
    document.withTape { violations(in: $0, node: 0) }
  }

  /// Everything that is wrong with a value inside a text; locations count from that value.
  package func violations(in tape: JSONTape, node: Int) -> [SchemaViolation] {
    guard !isValid(tape, node: node) else { return [] }
    var explainer = Explainer(graph: graph, tape: tape, options: options)
    _ = explainer.check(graph.rootNode, node)
    var wording = Wording(graph: graph, tape: tape)
    // Two schemas often demand the same of a value; saying it once is enough.
    var seen: Set<[String]> = []
    return explainer.findings.map { wording.violation($0) }.filter {
      seen.insert([$0.instance.description, $0.expected, $0.actual]).inserted
    }
  }

  /// Everything that is wrong with a value; nothing when it is valid.
  package func violations(in value: JSONValue) -> [SchemaViolation] {
    guard let document = document(of: value) else { return [tooDeepViolation] }
    return violations(in: document)
  }

  /// What the schema says about a text and the values in it; nothing when the text is invalid.
  package func annotations(in document: JSONDocument) -> [SchemaAnnotation] {
    document.withTape { tape in
      var explainer = Explainer(
        graph: graph,
        tape: tape,
        options: options,
        keepsAnnotations: true
      )
      _ = explainer.check(graph.rootNode, 0)
      let wording = Wording(graph: graph, tape: tape)
      return explainer.annotations.map { found in
        let location = graph[found.schema].location
        return SchemaAnnotation(
          instance: wording.pointer(found.path),
          schema: location.pointer,
          schemaURI: location.documentURI,
          keyword: found.annotation.keyword,
          value: found.annotation.value
        )
      }
    }
  }

  /// What the schema says about a value and those in it; nothing when the value is invalid.
  package func annotations(in value: JSONValue) -> [SchemaAnnotation] {
    document(of: value).map(annotations) ?? []
  }

  /// The value as a text, or `nil` when it is nested too deep.
  private func document(of value: JSONValue) -> JSONDocument? {
    let reading = JSONReaderOptions(maximumDepth: options.maximumDepth)
    return try? JSONDocument(parsing: value.bytes(), options: reading)
  }

  private var tooDeepViolation: SchemaViolation {
    let location = graph[graph.rootNode].location
    let limit = options.maximumDepth
    return SchemaViolation(
      instance: .root,
      schema: location.pointer,
      schemaURI: location.documentURI,
      keyword: "",
      expected: "at most \(limit) levels",
      actual: "more",
      message: "the value: nested deeper than \(limit) levels"
    )
  }
}
