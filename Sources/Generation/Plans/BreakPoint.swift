/// The way to one assertion that is not to hold: through applicators, from schema to schema.
///
/// All steps but the last name the keyword through which the next schema is reached.
struct BreakPoint: Hashable, Sendable {
  struct Step: Hashable, Sendable {
    var node: Int
    var site: KeywordSite
  }

  var steps: [Step]

  /// The schema where the way begins.
  var first: Step { steps[0] }

  /// The way from the next schema on, or `nil` where this is the last.
  var rest: BreakPoint? { steps.count > 1 ? BreakPoint(steps: Array(steps.dropFirst())) : nil }
}
