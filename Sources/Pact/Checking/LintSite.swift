import Contract
import JSON
import JSONSchema

/// One message of a contract and its place in the file.
struct LintSite {
  let message: InteractionMessage
  let pointer: JSONPointer
  let source: LocatedValue
  let collector: DiagnosticCollector

  /// The value of the example, where it is JSON.
  private var value: JSONValue? {
    if case .json(let value, _) = message.contents { value } else { nil }
  }

  /// What paths start from: the example, or a text in its place where it is no JSON and has no parts.
  private var root: JSONValue? {
    switch message.contents {
    case .missing: nil
    case .json(let value, _): value
    case .text(let text, _): .string(text)
    case .binary: .string("")
    }
  }

  // MARK: Rules

  /// Rules that fit nothing or never win, and rules of equal weight.
  func checkRules() {
    // Nothing can be said about paths in an example that cannot be read.
    if case .failure = message.contents.xml { return }
    if let root {
      let category =
        source[pointer.appending("matchingRules").appending("body")] == nil ? "content" : "body"
      check(
        RuleGroup(
          entries: message.matchingRules.body,
          value: root,
          places: try? message.contents.xml?.get().allPlaces,
          pointer: pointer.appending(JSONPointer(tokens: ["matchingRules", category])),
          name: "the example"
        )
      )
    }
    for entry in message.matchingRules.metadata where message.metadata[entry.path] == nil {
      add(
        .warning,
        key(["matchingRules", "metadata", entry.path]),
        "unused-rule",
        "the rule on the metadata '\(entry.path)' fits nothing in the example"
      )
    }
  }

  private func check(_ group: RuleGroup) {
    for (entry, problem) in group.unused {
      add(.warning, group.location(of: entry, in: source), "unused-rule", problem)
    }
    checkTies(group)
    for variant in group.variants { check(variant) }
  }

  private func checkTies(_ group: RuleGroup) {
    var told: Set<[String]> = []
    for place in group.places {
      let tied = group.rules.tied(at: place)
      guard tied.count > 1, told.insert(tied).inserted else { continue }
      add(
        .warning,
        group.location(of: tied[1], in: source),
        "tied-rules",
        "\(listed(tied, joinedBy: "and")) weigh the same for \(place); official tools pick one by "
          + "chance, '\(tied[0])' is taken here"
      )
    }
  }

  // MARK: Generators

  /// Generators that fit nothing.
  func checkGenerators() {
    for name in message.generators["metadata"]?.objectValue?.names ?? []
    where message.metadata[name] == nil {
      add(
        .warning,
        key(["generators", "metadata", name]),
        "unused-generator",
        "the generator on the metadata '\(name)' fits nothing in the example"
      )
    }
    guard let root, let generators = message.generators["body"]?.objectValue else { return }
    for name in generators.names {
      guard let path = try? PathExpression(name), path.places(in: root).isEmpty else { continue }
      add(
        .warning,
        key(["generators", "body", name]),
        "unused-generator",
        "the generator on '\(name)' fits nothing in the example"
      )
    }
  }

  // MARK: Examples

  /// Examples that break their own rules.
  func checkExample() {
    let received = ReceivedMessage(message.contents)
    for mismatch in Matching.mismatches(expected: message, actual: received) {
      add(
        .error,
        source.location(of: content.appending(mismatch.pointer)),
        "broken-example",
        "the example breaks its own rules: \(mismatch)"
      )
    }
  }

  /// What the document has against the message.
  func check(_ name: String, of api: APIDescription) {
    guard let definition = api.message(named: name) else {
      let near = nearestName(to: name, in: api.messages.map(\.name)).map {
        "; did you mean '\($0)'?"
      }
      add(
        .error,
        source.location(of: pointer),
        "unknown-message",
        "the document has no message '\(name)'\(near ?? "")"
      )
      return
    }
    guard let value else { return }
    for violation in definition.payload.violations(in: value) {
      add(
        .error,
        source.location(of: content.appending(violation.instance)),
        "invalid-example",
        "the document does not allow this \(name): \(violation.message)"
      )
    }
  }

  // MARK: Places

  private var content: JSONPointer {
    let contents = pointer.appending("contents")
    let content = contents.appending("content")
    return source[content] == nil ? contents : content
  }

  private func key(_ tokens: [String]) -> SourceLocation {
    source.keyLocation(of: pointer.appending(JSONPointer(tokens: tokens)))
  }

  private func add(
    _ severity: Diagnostic.Severity,
    _ location: SourceLocation,
    _ rule: String,
    _ message: String
  ) {
    collector.add(Diagnostic(severity, at: location, rule: rule, message))
  }
}

extension JSONValue {
  /// The paths to all parts of the value, itself first.
  var allPlaces: [ValuePath] {
    var places: [ValuePath] = []
    collectPlaces(at: .root, into: &places)
    return places
  }

  private func collectPlaces(at path: ValuePath, into places: inout [ValuePath]) {
    places.append(path)
    switch self {
    case .array(let items):
      for (index, item) in items.enumerated() {
        item.collectPlaces(at: path.appending(index), into: &places)
      }
    case .object(let object):
      for member in object.members {
        member.value.collectPlaces(at: path.appending(member.name), into: &places)
      }
    default: return
    }
  }
}
