import Contract
import JSON
import JSONSchema

/// What came of validating values: each error with its place in the data and in the schema.
struct SchemaValidation {
  /// The most names of one value that are told to stand again.
  private static let maximumWarnings = 20

  private let schema: CompiledSchema
  private let sources: SchemaSources
  private let listsAnnotations: Bool
  /// Whether errors are printed as they are found instead of being kept.
  private let isStreaming: Bool

  private(set) var valueCount = 0
  private(set) var invalidCount = 0
  private var errorCount = 0
  private var errors: [JSONValue] = []
  private var warnings: [JSONValue] = []
  private var annotations: [JSONValue] = []

  /// Starts with nothing validated.
  init(
    schema: CompiledSchema,
    sources: SchemaSources,
    listsAnnotations: Bool,
    isStreaming: Bool
  ) {
    self.schema = schema
    self.sources = sources
    self.listsAnnotations = listsAnnotations
    self.isStreaming = isStreaming
  }

  /// Judges a value.
  mutating func add(_ item: SchemaData.Item) {
    valueCount += 1
    switch item {
    case .malformed(let diagnostic):
      invalidCount += 1
      errorCount += 1
      note(diagnostic)
    case .document(let document, let firstLine):
      for duplicate in document.duplicateNames.prefix(Self.maximumWarnings) {
        note(Self.warning(duplicate, firstLine))
      }
      let isValid = schema.isValid(document)
      guard !isValid || listsAnnotations else { return }
      let places = SourceMap(document)
      func place(_ pointer: JSONPointer) -> SourceLocation {
        places.value(at: pointer).moved(toLine: firstLine)
      }
      if !isValid { note(schema.violations(in: document), place) }
      if isValid { note(schema.annotations(in: document), place) }
    case .value(let located):
      guard schema.isValid(located.value) else {
        return note(schema.violations(in: located.value), located.location)
      }
      if listsAnnotations { note(schema.annotations(in: located.value), located.location) }
    }
  }

  // MARK: What was found

  private mutating func note(_ diagnostic: Diagnostic) {
    if isStreaming {
      Terminal.say("\(diagnostic)\n")
    } else if diagnostic.severity == .error {
      errors.append(diagnostic.json)
    } else {
      warnings.append(diagnostic.json)
    }
  }

  /// A name that stands again, of which programs take this or that value.
  ///
  /// Spec: RFC 8259 §4.
  private static func warning(_ duplicate: JSONDuplicateName, _ firstLine: Int) -> Diagnostic {
    let name = duplicate.pointer.tokens.last ?? ""
    let previous = duplicate.previous.moved(toLine: firstLine)
    return Diagnostic(
      .warning,
      at: duplicate.location.moved(toLine: firstLine),
      "the name '\(name)' stands again, after line \(previous.line), column \(previous.column); "
        + "programs differ in which value they take"
    )
  }

  private mutating func note(
    _ violations: [SchemaViolation],
    _ place: (JSONPointer) -> SourceLocation
  ) {
    invalidCount += 1
    errorCount += violations.count
    for violation in violations {
      let data = place(violation.instance)
      let rule = sources.location(of: violation.schema, in: violation.schemaURI)
      if isStreaming {
        Terminal.say(Self.text(of: violation, data, rule))
      } else {
        errors.append(Self.json(of: violation, data, rule))
      }
    }
  }

  private static func text(
    of violation: SchemaViolation,
    _ data: SourceLocation,
    _ rule: SourceLocation?
  ) -> String {
    let place = rule.map { "\($0): " } ?? ""
    let pointer = violation.schema.tokens.isEmpty ? "the schema itself" : "\(violation.schema)"
    return "\(Diagnostic(.error, at: data, violation.message))\n  \(place)note: by \(pointer)\n"
  }

  private static func json(
    of violation: SchemaViolation,
    _ data: SourceLocation,
    _ rule: SourceLocation?
  ) -> JSONValue {
    var object: JSONObject = [:]
    object.append(data)
    object["instance"] = .string("\(violation.instance)")
    object["keyword"] = .string(violation.keyword)
    object["expected"] = .string(violation.expected)
    object["actual"] = .string(violation.actual)
    if let alternative = violation.alternative { object["alternative"] = .string(alternative) }
    object["message"] = .string(violation.message)
    object["schema"] = Self.json(of: violation.schema, violation.schemaURI, rule)
    return .object(object)
  }

  /// A place in a schema.
  private static func json(
    of pointer: JSONPointer,
    _ uri: String,
    _ location: SourceLocation?
  ) -> JSONValue {
    var object: JSONObject = ["pointer": .string("\(pointer)")]
    if let location { object.append(location) } else { object["uri"] = .string(uri) }
    return .object(object)
  }

  private mutating func note(
    _ found: [SchemaAnnotation],
    _ place: (JSONPointer) -> SourceLocation
  ) {
    for annotation in found {
      let data = place(annotation.instance)
      let pointer = annotation.schema.appending(annotation.keyword)
      let rule = sources.location(of: pointer, in: annotation.schemaURI)
      if isStreaming {
        let name = annotation.instance.tokens.isEmpty ? "the value" : "\(annotation.instance)"
        let says = "\(name): \(annotation.keyword) \(annotation.value.summary())"
        Terminal.say("\(Diagnostic(.note, at: data, says))\n")
        continue
      }
      var object: JSONObject = [:]
      object.append(data)
      object["instance"] = .string("\(annotation.instance)")
      object["keyword"] = .string(annotation.keyword)
      object["value"] = annotation.value
      object["schema"] = Self.json(of: pointer, annotation.schemaURI, rule)
      annotations.append(.object(object))
    }
  }
}

// MARK: - The whole

extension SchemaValidation {
  /// `2 of 10 values are not valid, 5 errors`, as a line.
  var summary: String {
    let values = valueCount == 1 ? "value" : "values"
    guard invalidCount > 0 else { return valueCount == 0 ? "" : "\(valueCount) \(values) valid\n" }
    let verb = invalidCount == 1 ? "is" : "are"
    let errors = errorCount == 1 ? "1 error" : "\(errorCount) errors"
    return "\(invalidCount) of \(valueCount) \(values) \(verb) not valid, \(errors)\n"
  }

  /// Everything that was found.
  var json: JSONValue {
    var object: JSONObject = [
      "valid": .bool(invalidCount == 0), "values": .number(JSONNumber(valueCount)),
      "invalid": .number(JSONNumber(invalidCount)), "errors": .array(errors),
    ]
    if !warnings.isEmpty { object["warnings"] = .array(warnings) }
    if listsAnnotations { object["annotations"] = .array(annotations) }
    return .object(object)
  }
}
