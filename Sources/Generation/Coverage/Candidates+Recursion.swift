import JSON
import JSONSchema

extension CandidateContext {
  /// How often a value is put into itself.
  private static let depths = [1, 2, 10, 50]
  /// Values are not nested deeper, so that readers with a usual limit take them.
  private static let maximumLevels = 250

  /// Values of a schema that refers to itself, nested once, twice and often.
  var nested: [Candidate] {
    guard let cycle else { return [] }
    let way = Atom(.breaks, composer.builder.number(of: cycle))
    guard let flattest = simplest([.node(node.index)]), let outer = simplest([way]),
      let place = composer.place, !place.tokens.isEmpty
    else { return [] }
    let levels = place.tokens.count
    let depths = Self.depths.filter { $0 * levels <= Self.maximumLevels }
    return [Candidate(value: flattest, label: "not nested")]
      + depths.map { depth in
        Candidate(
          value: (0..<depth).reduce(flattest) { inner, _ in outer.replacing(place, by: inner) },
          label: "nested \(depth == 1 ? "once" : "\(depth) times")"
        )
      }
  }

  /// What comes of choosing the first of everything.
  private func simplest(_ atoms: [Atom]) -> JSONValue? {
    sample(composer.builder.plan(for: atoms), from: ChoiceSource(replaying: ChoiceLog()))
  }
}
