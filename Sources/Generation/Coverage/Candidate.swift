import JSON
import JSONSchema

/// A value to be put into a place of an otherwise ordinary value.
struct Candidate {
  var value: JSONValue
  var label: String
  /// The assertion that the candidate is about.
  var site: KeywordSite?
  var isExotic = false
}

/// What is known about the place that candidates are made for.
struct CandidateContext {
  /// The schema whose assertions are tried.
  let node: SchemaNode
  /// All that applies to the place.
  let leaf: LeafPlan
  /// An ordinary valid value of the place.
  let usual: JSONValue
  /// Another one, with everything that can be left out.
  let full: JSONValue
  /// The way from the schema back to itself, when there is one.
  let cycle: BreakPoint?
  let composer: Composer

  /// Makes a value by a plan, the same each time.
  func sample(_ plan: Plan, seed: UInt64 = 0) -> JSONValue? {
    sample(plan, from: ChoiceSource(seed: seed))
  }

  /// Makes a value by a plan.
  func sample(_ plan: Plan, from source: ChoiceSource) -> JSONValue? {
    var source = source
    composer.builder.meter.begin(WorkMeter.valueBudget)
    return try? composer.value(of: plan, from: &source)
  }

  /// All candidates, in a fixed order.
  var candidates: [Candidate] {
    types + listed + numbers + lengths + contents + patterns + formats + arrays + objects
      + branches + nested
  }

  // MARK: Types and listed values

  private var types: [Candidate] {
    let samples: [(JSONValue, String)] = [
      (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.number(0), "0"),
      (.number(1), "1"), (.string(""), "an empty string"), (.string("text"), "a string"),
      (.array([]), "an empty array"), (.array([usual]), "the value in an array"),
      (.object([:]), "an empty object"), (.string(usual.text()), "the value as a string"),
    ]
    let site = node.types == nil ? nil : KeywordSite(.type)
    var found = samples.map { Candidate(value: $0, label: $1, site: site) }
    for text in ["1.0", "1e2", "1.5", "-0", "-0.0"] {
      guard let number = JSONNumber(text) else { continue }
      found.append(
        Candidate(value: .number(number), label: text, site: site, isExotic: text != "1.5")
      )
    }
    return found
  }

  private var listed: [Candidate] {
    var found: [Candidate] = []
    if let constant = node.constant { found += near([constant], KeywordSite(.constant)) }
    if let values = node.enumeration { found += near(values, KeywordSite(.enumeration)) }
    return found
  }

  /// Most values of a list that are tried.
  private static let maximumListed = 1_000
  /// Most values of a list whose near misses are tried.
  private static let maximumNeighbours = 64

  private func near(_ values: [JSONValue], _ site: KeywordSite) -> [Candidate] {
    values.prefix(Self.maximumListed)
      .map { Candidate(value: $0, label: "a listed value", site: site) }
      + values.prefix(Self.maximumNeighbours).flatMap { value in
        NearMisses.of(value).map {
          Candidate(value: $0, label: "almost \(value.text())", site: site)
        }
      }
  }
}
