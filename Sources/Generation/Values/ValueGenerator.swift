package import JSON
package import JSONSchema
import Synchronization

/// Makes values that a schema accepts.
///
/// Values are made by construction: all that applies to a place is merged first, alternatives are
/// chosen among those that are possible. What cannot be constructed (`not`, `oneOf` without a tag,
/// several patterns) is tried again a limited number of times. The finished value is judged.
///
/// One generator may be used from several threads; it works for one at a time.
package final class ValueGenerator: Sendable {
  /// The schema that values are made for.
  package let schema: CompiledSchema
  /// What kind of values are made.
  package let options: GeneratorOptions

  private let composer: Mutex<Composer>

  /// Most times that a whole value is made anew.
  static let maximumAttempts = 16

  /// Prepares a schema.
  package init(schema: CompiledSchema, options: GeneratorOptions = GeneratorOptions()) {
    self.schema = schema
    self.options = options
    composer = Mutex(
      Composer(graph: schema.graph, root: [.node(schema.rootNode)], options: options)
    )
  }

  /// Makes a valid value.
  ///
  /// - Parameters:
  ///   - source: Where decisions come from; they are recorded there.
  ///   - pool: Values that may be used again.
  /// - Returns: The value.
  /// - Throws: ``UnsatisfiableSchema`` when there is no value, or none could be found.
  package func value(
    from source: inout ChoiceSource,
    pool: ValuePool? = nil
  ) throws(UnsatisfiableSchema) -> JSONValue {
    try composer.withLock { composer throws(UnsatisfiableSchema) -> JSONValue in
      composer.pool = pool
      source.beginSpan(.value)
      defer { source.endSpan() }
      let start = source.checkpoint
      composer.builder.meter.begin(WorkMeter.valueBudget)
      var failure: Composer.Failure?
      for attempt in 0..<Self.maximumAttempts {
        do throws(Composer.Failure) {
          let value = try source.attempting(attempt, of: Self.maximumAttempts) {
            source throws(Composer.Failure) in try composer.value(from: &source)
          }
          if schema.isValid(value) { return value }
        } catch {
          failure = error
          guard error.allowsAnother(after: attempt) else { break }
        }
        source.rollBack(to: start)
      }
      throw unsatisfiable(failure)
    }
  }

  /// Turns a value back into choices, so that it can be varied and made smaller.
  ///
  /// A value that the generator would not make by itself, such as a text for a pattern, is recorded
  /// as it is.
  ///
  /// - Parameters:
  ///   - value: What is to come out.
  ///   - pool: Values that may be used again.
  ///   - links: Which of the pool's values are taken from there when they occur; all others are given
  ///     by themselves.
  /// - Returns: The choices that make an equal value (members may come in another order), or `nil`
  ///   where the schema does not allow the value.
  package func choices(
    for value: JSONValue,
    pool: ValuePool? = nil,
    linking links: Set<JSONValue> = []
  ) -> ChoiceLog? {
    let written = composer.withLock { composer in
      composer.pool = pool
      composer.links = links
      defer { composer.links = [] }
      return schema.isValid(value) ? composer.choices(for: value) : nil
    }
    guard let written else { return nil }
    var source = ChoiceSource(replaying: written)
    let copy = try? self.value(from: &source, pool: pool)
    return copy == value ? source.log : nil
  }

  private func unsatisfiable(_ failure: Composer.Failure?) -> UnsatisfiableSchema {
    switch failure {
    case .impossible(let contradiction):
      return UnsatisfiableSchema(
        location: contradiction.node.map { schema.graph[$0].location },
        reason: contradiction.reason,
        certainty: contradiction.isLimit ? .limit : .contradiction
      )
    case .tooLarge(let node):
      return UnsatisfiableSchema(
        location: node.map { schema.graph[$0].location },
        reason: "values have more than \(options.mostValues) parts",
        certainty: .limit
      )
    case .exhausted(let node), .spent(let node):
      return UnsatisfiableSchema(
        location: node.map { schema.graph[$0].location },
        reason: "none of \(options.maximumAttempts) attempts met all keywords",
        certainty: .attempts
      )
    case nil:
      return UnsatisfiableSchema(
        location: schema.graph[schema.rootNode].location,
        reason: "none of \(Self.maximumAttempts) values met all keywords",
        certainty: .attempts
      )
    }
  }
}
