package import JSON
package import JSONSchema
import Synchronization

/// Makes values that break exactly one assertion of a schema and keep all others.
///
/// What the assertion is about is made to fail by construction where that is possible; each value is
/// proven: the validator rejects it, and it would be accepted if it were not for that assertion.
///
/// One generator may be used from several threads; it works for one at a time.
package final class InvalidValueGenerator: Sendable {
  /// The schema that values are made against.
  package let schema: CompiledSchema
  /// What kind of values are made.
  package let options: GeneratorOptions
  /// The assertions that can be broken alone, in the order of the schema.
  package let sites: [AssertionSite]
  /// The assertions that cannot, each with the reason.
  package let unbreakable: [Unbreakable]

  private let composer: Mutex<Composer>

  /// Most times that a whole value is made anew.
  static let maximumAttempts = 64
  /// An assertion that cannot be broken without breaking another.
  package struct Unbreakable: Sendable {
    /// The assertion.
    package var site: AssertionSite
    /// Why, in words.
    package var reason: String
  }

  /// A value that breaks one assertion.
  package struct InvalidValue: Sendable {
    /// The value.
    package var value: JSONValue
    /// The assertion that it breaks.
    package var site: AssertionSite
    /// The part of the value that breaks it.
    package var place: JSONPointer
  }

  /// Prepares a schema: finds out which assertions can be broken alone, by breaking each once.
  package init(schema: CompiledSchema, options: GeneratorOptions = GeneratorOptions()) {
    self.schema = schema
    self.options = options
    let composer = Composer(
      graph: schema.graph,
      root: [.node(schema.rootNode)],
      options: options
    )
    let walk = SiteWalk(schema.graph, from: schema.rootNode)
    let trials = SiteTrials(schema, composer, walk)
    sites = trials.breakable.map(\.site)
    unbreakable = trials.unbreakable
    self.composer = Mutex(composer)
  }

  /// Makes an invalid value.
  ///
  /// - Parameters:
  ///   - source: Where decisions come from; which assertion is broken is the first of them.
  ///   - pool: Values that may be used again.
  /// - Returns: The value and what it breaks.
  /// - Throws: ``UnsatisfiableSchema`` when nothing can be broken, or no value was found.
  package func value(
    from source: inout ChoiceSource,
    pool: ValuePool? = nil
  ) throws(UnsatisfiableSchema) -> InvalidValue {
    guard !sites.isEmpty else {
      throw UnsatisfiableSchema(
        location: schema.graph[schema.rootNode].location,
        reason: "there is no assertion that a value could break alone"
      )
    }
    let site = sites[source.index(below: sites.count)]
    return try value(breaking: site, from: &source, pool: pool)
  }

  /// Makes a value that breaks a given assertion.
  ///
  /// - Returns: The value and where in it the assertion is broken.
  /// - Throws: ``UnsatisfiableSchema`` when no such value was found.
  package func value(
    breaking site: AssertionSite,
    from source: inout ChoiceSource,
    pool: ValuePool? = nil
  ) throws(UnsatisfiableSchema) -> InvalidValue {
    try composer.withLock { composer throws(UnsatisfiableSchema) -> InvalidValue in
      composer.pool = pool
      return try Self.value(breaking: site, schema, composer, from: &source)
    }
  }

  /// Makes a value that breaks a given assertion, by construction where that is possible.
  static func value(
    breaking site: AssertionSite,
    _ schema: CompiledSchema,
    _ composer: Composer,
    attempts: Int = maximumAttempts,
    budget: Int = WorkMeter.valueBudget,
    from source: inout ChoiceSource
  ) throws(UnsatisfiableSchema) -> InvalidValue {
    let builder = composer.builder
    let plan = builder.plan(for: [Atom(.breaks, builder.number(of: site.point))])
    let last = site.point.steps[site.point.steps.count - 1]
    var judge = builder.judge
    judge.omissions = [(last.node, last.site)]
    source.beginSpan(.value)
    defer { source.endSpan() }
    let start = source.checkpoint
    builder.meter.begin(budget)
    var reason = "no value was found that breaks it alone"
    var certainty = UnsatisfiableSchema.Certainty.attempts
    for attempt in 0..<attempts {
      do throws(Composer.Failure) {
        let value = try source.attempting(attempt, of: attempts) {
          source throws(Composer.Failure) in try composer.value(of: plan, from: &source)
        }
        if judge.accepts(value, node: schema.rootNode), !schema.isValid(value) {
          return InvalidValue(value: value, site: site, place: composer.place ?? .root)
        }
      } catch {
        if case .impossible(let contradiction) = error {
          reason = contradiction.reason
          certainty = contradiction.isLimit ? .limit : .contradiction
        }
        guard error.allowsAnother(after: attempt) else { break }
      }
      source.rollBack(to: start)
    }
    throw UnsatisfiableSchema(location: site.location, reason: reason, certainty: certainty)
  }
}
