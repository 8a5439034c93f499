import JSON

/// How to make a value that meets requirements; worked out when first needed.
final class Plan {
  /// The forms that requirements come down to.
  enum Form {
    /// Nothing has been worked out yet.
    case open
    /// No value meets them.
    case impossible(Contradiction)
    /// A value meets them that meets one of these.
    case branch([Plan])
    /// These requirements hold, with more ways to resolve their alternatives than can be listed.
    case wide([Atom])
    /// Everything is decided but the value itself.
    case leaf(LeafPlan)
  }

  let conjunction: Conjunction
  /// Whether it is being worked out at the moment, further up the call stack.
  var isInWork = false
  var form = Form.open
  /// The branches that some value can take, once they are known.
  var possibleBranches: [Plan]?
  /// All values that it can lead to, where they are few, once that is known.
  var knownFiniteValues: [JSONValue]??
  /// How deep the flattest value is nested, at least 1; `nil` until analysed.
  var height: Int?

  /// Whether the value is where a break point is.
  let marksPlace: Bool

  init(_ conjunction: Conjunction, marksPlace: Bool) {
    self.conjunction = conjunction
    self.marksPlace = marksPlace
  }

  /// The height of what cannot exist.
  static let impossibleHeight = Int.max

  /// The schema to name when something is wrong.
  var node: Int? {
    conjunction.atoms.first { $0.kind == .own || $0.kind == .node }.map { Int($0.node) }
  }

  /// Whether no value meets the requirements, as far as that is known.
  var isImpossible: Bool { height == Self.impossibleHeight }

  /// Why nothing meets the requirements, when that is known.
  var contradiction: Contradiction? {
    if case .impossible(let contradiction) = form { contradiction } else { nil }
  }
}
