import JSON

/// Judges a value keyword by keyword and notes everything that is wrong.
///
/// This is the thorough pass, for values that were found invalid; ``CompiledSchema/isValid(_:)``
/// takes a faster way to the same verdict.
struct Explainer {
  let graph: SchemaGraph
  let tape: JSONTape
  let options: SchemaOptions
  private(set) var findings: [Finding] = []
  /// The keywords that describe the values which were found valid; kept only on demand.
  private(set) var annotations: [AnnotationFinding] = []
  private let keepsAnnotations: Bool
  /// The way to the value that is being judged.
  var path: [Finding.Step] = []
  private var limit: Int
  private var depth = 0
  /// How many judgements are left before they are kept to be used again.
  private var freeJudgements: Int
  private var judgements: [Judgement.Place: Judgement] = [:]

  /// How many schemas may be in work at once: enough for any value within the depth limit that is
  /// described by reasonable schemas.
  static let maximumNesting = 2_048
  /// How many findings of an alternative are kept to compare it with the others.
  private static let maximumPerAlternative = 64

  init(
    graph: SchemaGraph,
    tape: JSONTape,
    options: SchemaOptions,
    keepsAnnotations: Bool = false
  ) {
    self.keepsAnnotations = keepsAnnotations
    self.graph = graph
    self.tape = tape
    self.options = options
    limit = options.maximumErrors
    freeJudgements = Judgement.freeCount + tape.count * 4
  }

  /// What judging a value against a schema came to.
  struct Outcome {
    var isValid = true
    var evaluated = Evaluated()
  }

  /// Whether there is no room for more findings; then nothing needs to be looked at any more,
  /// because all that is in work has failed.
  var isFull: Bool { findings.count >= limit }

  /// Judges a value and notes what is wrong with it.
  mutating func check(_ schema: Int, _ value: Int) -> Outcome {
    guard !isFull else { return Outcome(isValid: false) }
    freeJudgements -= 1
    guard freeJudgements < 0 else { return judge(schema, value) }
    let place = Judgement.Place(schema: schema, value: value)
    if let known = judgements[place] {
      adopt(known.findings)
      if annotations.count < Judgement.maximumAnnotations { annotations += known.annotations }
      return known.outcome
    }
    let start = (findings: findings.count, annotations: annotations.count)
    let outcome = judge(schema, value)
    let found = findings[start.findings...]
    // An invalid value without a finding was not looked at to the end.
    if outcome.isValid || !found.isEmpty {
      if judgements.count >= Judgement.maximumCount { judgements.removeAll() }
      judgements[place] = Judgement(
        outcome: outcome,
        findings: Array(found.prefix(Self.maximumPerAlternative)),
        annotations: Array(annotations[start.annotations...])
      )
    }
    return outcome
  }

  private mutating func judge(_ schema: Int, _ value: Int) -> Outcome {
    let node = graph[schema]
    if let constant = node.booleanSchema {
      if !constant { note(schema, "false", value, .nothingAllowed) }
      return Outcome(isValid: constant)
    }
    guard depth < Self.maximumNesting, path.count <= options.maximumDepth else {
      note(schema, "", value, .tooDeep(limit: options.maximumDepth))
      return Outcome(isValid: false)
    }
    depth += 1
    defer { depth -= 1 }
    let annotationCount = annotations.count
    var outcome = Outcome()
    checkReferences(node, value, &outcome)
    checkType(node, value, &outcome)
    checkEnumAndConst(node, value, &outcome)
    switch tape.kind(of: value) {
    case .number:
      checkNumericBounds(node, value, &outcome)
      checkMultipleOf(node, value, &outcome)
      checkNumericFormat(node, value, &outcome)
    case .string, .key:
      checkStringLength(node, value, &outcome)
      checkPattern(node, value, &outcome)
      checkFormat(node, value, &outcome)
      checkContent(node, value, &outcome)
    case .array:
      checkItemCounts(node, value, &outcome)
      checkItems(node, value, &outcome)
      checkContains(node, value, &outcome)
      checkUniqueItems(node, value, &outcome)
    case .object:
      checkPropertyCounts(node, value, &outcome)
      checkRequired(node, value, &outcome)
      checkPropertyNames(node, value, &outcome)
      checkProperties(node, value, &outcome)
      checkDependencies(node, value, &outcome)
    case .null, .true, .false, .end:
      break
    }
    checkAllOf(node, value, &outcome)
    checkAnyOf(node, value, &outcome)
    checkOneOf(node, value, &outcome)
    checkNot(node, value, &outcome)
    checkConditions(node, value, &outcome)
    checkUnevaluated(node, value, &outcome)
    if !outcome.isValid {
      dropAnnotations(from: annotationCount)
    } else if keepsAnnotations {
      annotate(node, value)
    }
    return outcome
  }

  /// Notes what a schema says about a value that is valid by it.
  private mutating func annotate(_ node: SchemaNode, _ value: Int) {
    // A name of a member is no value of the instance.
    guard tape.kind(of: value) != .key else { return }
    let isString = tape.kind(of: value) == .string
    for annotation in node.annotations
    where node.annotates(annotation.keyword, isString: isString) {
      annotations.append(.init(schema: node.index, path: path, annotation: annotation))
    }
  }

  /// Forgets what was said by schemas that turned out not to hold.
  ///
  /// Spec: 2020-12 Core §7.7.1.2.
  mutating func dropAnnotations(from count: Int) {
    annotations.removeSubrange(count...)
  }

  /// Notes a violation, as long as the limit allows.
  mutating func note(
    _ schema: Int,
    _ keyword: String,
    _ value: Int,
    _ reason: Finding.Reason = .plain
  ) {
    guard findings.count < limit else { return }
    findings.append(
      Finding(schema: schema, keyword: keyword, path: path, value: value, reason: reason)
    )
  }

  /// Judges a value that lies one step inside the one being judged.
  mutating func check(_ schema: Int, _ value: Int, at step: Finding.Step) -> Outcome {
    path.append(step)
    defer { path.removeLast() }
    return check(schema, value)
  }

  /// Judges a value on trial: what is found comes back instead of being noted.
  mutating func attempt(
    _ schema: Int,
    _ value: Int
  ) -> (outcome: Outcome, findings: [Finding]) {
    let start = findings.count
    let outerLimit = limit
    limit = start + Self.maximumPerAlternative
    let outcome = check(schema, value)
    limit = outerLimit
    let found = Array(findings[start...])
    findings.removeSubrange(start...)
    return (outcome, found)
  }

  /// Takes over findings of a trial.
  mutating func adopt(_ trial: [Finding]) {
    findings += trial.prefix(max(0, limit - findings.count))
  }
}

// MARK: - Looking at values

extension Explainer {
  /// Calls with each item and its index.
  func items(of array: Int) -> [Int] {
    var items: [Int] = []
    items.reserveCapacity(tape.childCount(of: array))
    var item = tape.firstChild(of: array)
    while tape.kind(of: item) != .end {
      items.append(item)
      item = tape.next(after: item)
    }
    return items
  }

  /// The key nodes of an object; each value is the node behind its key.
  func keys(of object: Int) -> [Int] {
    var keys: [Int] = []
    keys.reserveCapacity(tape.childCount(of: object))
    var key = tape.firstChild(of: object)
    while tape.kind(of: key) != .end {
      keys.append(key)
      key = tape.next(after: key + 1)
    }
    return keys
  }

  /// The type of a value as `type` names it.
  func type(of value: Int, dialect: SchemaDialect) -> SchemaTypes {
    switch tape.kind(of: value) {
    case .null, .end: return .null
    case .true, .false: return .boolean
    case .string, .key: return .string
    case .array: return .array
    case .object: return .object
    case .number:
      guard tape.flags(of: value).contains(.isFractional) else { return .integer }
      let isWhole = dialect.acceptsFractionlessIntegers && tape.number(of: value).isInteger
      return isWhole ? .integer : .number
    }
  }

  /// How long a string is, in Unicode scalars.
  func length(of value: Int) -> Int { tape.string(of: value).unicodeScalars.count }
}
