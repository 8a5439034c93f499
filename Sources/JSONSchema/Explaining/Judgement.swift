/// What judging a value against a schema came to, kept for schemas that lead to the same one in many
/// ways.
///
/// See ``VerdictMemory``, which does the same for verdicts.
struct Judgement {
  /// How many judgements cost nothing more, whatever the size of the text.
  static let freeCount = 20_000
  /// How many are kept at a time.
  static let maximumCount = 100_000
  /// How many annotations a value may have before those found again are left out.
  static let maximumAnnotations = 100_000

  /// A schema and a value.
  struct Place: Hashable {
    var schema: Int
    var value: Int
  }

  var outcome: Explainer.Outcome
  var findings: [Finding]
  var annotations: [AnnotationFinding]
}
