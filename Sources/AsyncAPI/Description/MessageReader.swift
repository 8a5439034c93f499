import Contract
import JSON
import JSONSchema

/// Turns message definitions into what a program needs of them: compiled schemas, examples, the
/// place of the id that ties replies to requests.
final class MessageReader {
  private let major: Int
  private let defaultContentType: String
  private let workspace: Workspace
  private let schemas: SchemaDocuments
  private var nodesLeft: Int

  init(_ outline: APIOutline, workspace: Workspace, schemas: SchemaDocuments) {
    major = outline.major
    defaultContentType = outline.defaultContentType ?? "application/json"
    self.workspace = workspace
    self.schemas = schemas
    nodesLeft = workspace.options.maximumSchemaNodes
  }

  /// The definition, or `nil` where the payload cannot be checked.
  func read(_ entry: MessageCatalog.Entry) -> MessageDefinition? {
    let node = entry.node
    checkNames(of: node)
    let layers = LayeredNode(node, precedence: TraitPrecedence(major: major))
    let correlation = readCorrelation(layers)
    let examples = readExamples(layers)
    guard let payload = readPayload(of: node, layers, name: entry.name) else { return nil }
    return MessageDefinition(
      name: entry.name,
      summary: layers.text("summary") ?? layers.text("title") ?? "",
      channels: entry.channels,
      payload: payload,
      contentType: layers.text("contentType") ?? defaultContentType,
      correlation: correlation,
      examples: examples,
      location: node.pointer.tokens.isEmpty ? node.location : node.keyLocation
    )
  }

  private func checkNames(of node: DocumentNode) {
    var names = [
      "headers", "payload", "correlationId", "contentType", "name", "title", "summary",
      "description", "tags", "externalDocs", "bindings", "examples", "traits",
    ]
    if major == 2 {
      names += ["messageId", "schemaFormat", "oneOf"]
    } else {
      node.raw("schemaFormat")?.keyWarn(
        "'schemaFormat' of a message is of AsyncAPI 2; in 3.0 it stands in the payload, beside "
          + "'schema'"
      )
    }
    node.checkNames(names, of: "a message")
  }

  /// Spec: AsyncAPI 3.0 "Correlation ID Object".
  private func readCorrelation(_ layers: LayeredNode) -> JSONPointer? {
    guard let node = layers.member("correlationId") else { return nil }
    guard node.isMapping("a correlation id") else { return nil }
    guard let location = node.member("location") else {
      if node.raw("location") == nil { node.error("a correlation id needs 'location'") }
      return nil
    }
    guard let text = node.text("location") else { return nil }
    switch RuntimeExpression(text) {
    case .payload(let pointer): return pointer
    case .header: return nil
    case nil:
      location.error(
        "'\(text)' is no place in a message; expected one such as '$message.payload#/request_id'"
      )
      return nil
    }
  }

  /// Spec: AsyncAPI 3.0 "Message Example Object".
  private func readExamples(_ layers: LayeredNode) -> [MessageExample] {
    guard let list = layers.member("examples") else { return [] }
    guard case .array(let items) = list.value else {
      list.error("'examples' must be a list, found \(list.value.found)")
      return []
    }
    return items.enumerated().compactMap { index, item in
      guard let example = list.child(item, String(index)).followed else { return nil }
      guard case .object(let object) = example.value else {
        example.warn(
          "an example must be a mapping with 'payload', found \(example.value.found)"
        )
        return nil
      }
      guard let payload = object["payload"] else {
        if object["headers"] == nil {
          example.warn("this example has no 'payload', under which the message belongs")
        }
        return nil
      }
      let place = example.child(payload, "payload")
      return MessageExample(
        name: object["name"]?.stringValue ?? "",
        payload: exampleValue(place),
        location: place.location
      )
    }
  }

  /// The payload of an example; one that is a reference and nothing else may stand in another file.
  private func exampleValue(_ place: DocumentNode) -> JSONValue {
    guard case .object(let object) = place.value, object.count == 1,
      case .string(let text) = object["$ref"],
      case .success(.node(let target)) = workspace.resolver.target(of: text, from: place.document)
    else { return place.value }
    return target.value
  }
}

// MARK: - Payload

extension MessageReader {
  private func readPayload(
    of node: DocumentNode,
    _ layers: LayeredNode,
    name: String
  ) -> CompiledSchema? {
    guard node.raw("payload") != nil else { return compile(anything: node) }
    guard let payload = node.member("payload") else { return nil }
    var schema = payload
    var formatNode = major == 2 ? layers.member("schemaFormat") : nil
    if major == 3, payload.raw("schemaFormat") != nil, payload.value["schema"] != nil {
      formatNode = payload.member("schemaFormat")
      guard let inner = payload.member("schema") else { return nil }
      schema = inner
    }
    var format = PayloadFormat.default
    if let formatNode {
      guard let known = formatNode.value.stringValue.flatMap({ PayloadFormat($0) }) else {
        formatNode.error(
          "the payload of '\(name)' is described in \(formatNode.value.found), which cannot be "
            + "checked; expected \(PayloadFormat.supported)"
        )
        return nil
      }
      format = known
    }
    return compile(schema, format)
  }

  /// Without a payload in the document, any will do.
  private func compile(anything node: DocumentNode) -> CompiledSchema? {
    do {
      return try SchemaCompiler(dialect: .asyncAPI).compile([:])
    } catch {
      node.error("\(error)")
      return nil
    }
  }

  private func compile(_ schema: DocumentNode, _ format: PayloadFormat) -> CompiledSchema? {
    guard nodesLeft > 0 else {
      schema.error(
        "the payloads unfold to more than \(workspace.options.maximumSchemaNodes) subschemas"
      )
      return nil
    }
    let compiler = SchemaCompiler(
      registry: schemas.registry,
      dialect: format.dialect,
      options: SchemaOptions(assertsFormats: true)
    )
    do {
      let compiled = try compiler.compile(SchemaDocuments.uri(of: schema))
      nodesLeft -= compiled.graph.nodes.count
      return compiled
    } catch {
      for problem in error.problems { schemas.report(problem, of: schema) }
      return nil
    }
  }
}
