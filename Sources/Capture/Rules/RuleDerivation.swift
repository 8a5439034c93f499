import Contract
import JSON
import JSONSchema
import Pact

/// Makes the matching rules of a message from its schema.
///
/// What the schema fixes has no rule and so has to be equal; what it leaves open is compared by the
/// narrowest matcher that says as much. Below a rule that cascades (arrays, dictionaries) what is
/// fixed gets an `equality` rule, as the cascading one would loosen it.
struct RuleDerivation {
  private let view: SchemaView
  private let root: Int
  /// Whether a text repeats what the consumer said, so that it has to be equal.
  private let isEcho: (String) -> Bool
  /// Members that have to be equal whatever the schema says of them.
  private let fixed: Set<JSONPointer>
  private var entries: [MatchingRules.Entry] = []

  init(
    _ schema: CompiledSchema,
    fixed: Set<JSONPointer> = [],
    isEcho: @escaping (String) -> Bool = { _ in false }
  ) {
    view = SchemaView(graph: schema.graph)
    root = schema.rootNode
    self.fixed = fixed
    self.isEcho = isEcho
  }

  /// The rules for an example, sorted by path.
  func rules(for example: JSONValue) -> MatchingRules {
    var derivation = self
    derivation.visit(example, [root], at: Place())
    let sorted = derivation.entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return MatchingRules(body: sorted)
  }

  /// Where the derivation is.
  private struct Place {
    /// The path for rules; `nil` where no path expression can lead.
    var path: String? = "$"
    var pointer = JSONPointer.root
    /// Whether a rule further up applies here.
    var isCascaded = false

    func member(_ name: String, isDictionary: Bool) -> Place {
      var place = self
      place.pointer = pointer.appending(name)
      if isDictionary {
        place.path = path.map { $0 + ".*" }
      } else {
        place.path =
          name.isEmpty || name.contains("'")
          ? nil : path.map { $0 + ValuePath.text(ofMember: name) }
      }
      return place
    }

    func item(_ index: Int, isAny: Bool) -> Place {
      var place = self
      place.pointer = pointer.appending(index)
      place.path = path.map { $0 + (isAny ? "[*]" : "[\(index)]") }
      return place
    }
  }

  private mutating func visit(_ value: JSONValue, _ schemas: [Int], at place: Place) {
    guard !fixed.contains(place.pointer) else { return addEquality(at: place) }
    switch value {
    case .object(let object): visit(object, view.applicable(schemas, to: value), at: place)
    case .array(let items): visit(items, view.applicable(schemas, to: value), at: place)
    default: visitScalar(value, schemas, at: place)
    }
  }

  private mutating func visitScalar(_ value: JSONValue, _ schemas: [Int], at place: Place) {
    let rule = ScalarRules(view: view, schemas: schemas).rule(for: value)
    guard let rule else { return addEquality(at: place) }
    if rule.isFormed, let text = value.stringValue, isEcho(text) { return addEquality(at: place) }
    add(rule.matchers, combine: rule.combine, at: place)
  }

  private mutating func visit(_ object: JSONObject, _ nodes: [SchemaNode], at place: Place) {
    let members = object.members.map { member in
      (member: member, schemas: nodes.schemas(ofMember: member.name))
    }
    // Names that the schema does not give are those of a dictionary: any may come.
    let isDictionary =
      !members.isEmpty
      && members.allSatisfy {
        !$0.schemas.isNamed && !$0.schemas.schemas.isEmpty
      }
    var inner = place
    if isDictionary {
      add([.values], at: place)
      inner.isCascaded = true
    }
    for (member, schemas) in members {
      visit(
        member.value,
        schemas.schemas,
        at: inner.member(member.name, isDictionary: isDictionary)
      )
    }
  }

  private mutating func visit(_ items: [JSONValue], _ nodes: [SchemaNode], at place: Place) {
    if isEcho(items, nodes) { return addEquality(at: place) }
    let minimum = nodes.compactMap(\.minItems).max().flatMap { $0 > 0 ? $0 : nil }
    let maximum = nodes.compactMap(\.maxItems).min()
    let isTuple = nodes.contains { !$0.prefixItems.isEmpty }
    add([.type(minimum: minimum, maximum: maximum)], at: place)
    var inner = place
    inner.isCascaded = true
    for (index, item) in items.enumerated() {
      visit(item, nodes.schemas(ofItem: index), at: inner.item(index, isAny: !isTuple))
    }
  }

  /// Whether all items are texts of a given form that the consumer said before.
  private func isEcho(_ items: [JSONValue], _ nodes: [SchemaNode]) -> Bool {
    !items.isEmpty
      && items.enumerated().allSatisfy { index, item in
        guard let text = item.stringValue, isEcho(text) else { return false }
        let rules = ScalarRules(view: view, schemas: nodes.schemas(ofItem: index))
        return rules.rule(for: item)?.isFormed ?? false
      }
  }

  private mutating func addEquality(at place: Place) {
    if place.isCascaded { add([.equality], at: place) }
  }

  /// Notes matchers; of several items with one path, those that are more open win.
  private mutating func add(
    _ matchers: [Matcher],
    combine: MatchingRules.Combine = .and,
    at place: Place
  ) {
    guard let path = place.path else { return }
    let entry = MatchingRules.Entry(path: path, combine: combine, matchers: matchers)
    guard let index = entries.firstIndex(where: { $0.path == path }) else {
      entries.append(entry)
      return
    }
    if entries[index].matchers == [.equality] || combine == .or { entries[index] = entry }
  }
}
