/// A path that matching rules are put on, such as `$.items[*].id`.
///
/// Spec: Pact V3 "Matching Rules", "Path expressions"; what the text leaves open is as in the official
/// engine (pact_models, `path_exp`).
package struct PathExpression: Sendable, Hashable {
  /// One step of a path.
  package enum Token: Sendable, Hashable {
    /// `$`.
    case root
    /// `.name` or `['any text']`.
    case name(String)
    /// `[n]`.
    case index(UInt)
    /// `.*`: every member and every item.
    case anyChild
    /// `[*]`: every item.
    case anyItem
  }

  /// The text, as it stands in the file.
  package let text: String
  /// The steps, the root first; none for the empty path, which fits everything with no weight.
  package let tokens: [Token]

  /// Reads a path; the leading `$` may be left out.
  ///
  /// - Throws: ``PathExpressionError`` with the place and what would be right.
  package init(_ text: String) throws(PathExpressionError) {
    var parser = PathExpressionParser(text)
    self.text = text
    tokens = try parser.parse()
  }

  /// Takes steps that are known to be right.
  init(tokens: [Token]) {
    self.tokens = tokens
    text = tokens.map(\.text).joined()
  }
}

extension PathExpression.Token {
  /// The step as it is written.
  var text: String {
    switch self {
    case .root: "$"
    case .name(let name): ValuePath.text(ofMember: name)
    case .index(let index): "[\(index)]"
    case .anyChild: ".*"
    case .anyItem: "[*]"
    }
  }

  /// How well the step fits a step of a value's path: 2 exactly, 1 by a wildcard, 0 not at all.
  ///
  /// The official engine compares texts, so that the member "0" fits `[0]` and `[*]` as well.
  func weight(of step: ValuePath.Step) -> Int {
    switch self {
    case .root: 0
    case .name(let name): step.isNamed(name) ? 2 : 0
    case .index(let index): step.number == index ? 2 : 0
    case .anyChild: 1
    case .anyItem: step.number != nil || step.isNamed("[*]") ? 1 : 0
    }
  }

  /// Whether the step is `[n]` or `[*]`.
  var isIndex: Bool {
    switch self {
    case .index, .anyItem: true
    case .root, .name, .anyChild: false
    }
  }

  /// How much the step says: the order in which paths of equal weight are tried.
  var specificity: Int {
    switch self {
    case .root, .name, .index: 2
    case .anyItem: 1
    case .anyChild: 0
    }
  }
}

extension PathExpression {
  /// How well the path fits a value or something around it; `nil` when it does not.
  ///
  /// It is the product of the steps' weights (the root counts 2) times their number.
  func weight(of path: ValuePath) -> Int? { fit(to: path)?.weight }

  /// Whether the path fits a value itself, not only something around it.
  func fitsExactly(_ path: ValuePath) -> Bool { fit(to: path)?.isExact ?? false }

  /// How well the path fits, and whether it fits the value itself; `nil` when it fits nothing.
  ///
  /// After the name of an XML element an index may follow, its place among the elements of that name.
  func fit(to path: ValuePath) -> (weight: Int, isExact: Bool)? {
    var product = 1
    var position = 0
    var place: ValuePath.Step?
    for (index, token) in tokens.enumerated() {
      var weight = 2
      if let current = place, token.isIndex {
        weight = token.weight(of: current)
        place = nil
      } else if index > 0 {
        guard position < path.steps.count else { return nil }
        weight = token.weight(of: path.steps[position])
        place = path.steps[position].place
        position += 1
      }
      guard weight > 0 else { return nil }
      product = product.multipliedReportingOverflow(by: weight).partialValue
    }
    let weight = product.multipliedReportingOverflow(by: tokens.count).partialValue
    return (weight, position == path.steps.count && !tokens.isEmpty)
  }
}
