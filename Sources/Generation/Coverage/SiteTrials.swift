import JSONSchema

/// Finds out which assertions can be broken alone, by breaking each once.
struct SiteTrials {
  /// The assertions that can, each with a simple value that does.
  private(set) var breakable: [InvalidValueGenerator.InvalidValue] = []
  /// The assertions that cannot, each with the reason.
  private(set) var unbreakable: [InvalidValueGenerator.Unbreakable] = []

  /// Most times that a value is made anew to break one assertion.
  private static let maximumAttempts = 24
  /// Why an assertion is not broken that comes after very many others.
  private static let untried = "the schema has more assertions than are tried out"

  private let schema: CompiledSchema
  private let composer: Composer

  init(_ schema: CompiledSchema, _ composer: Composer, _ walk: SiteWalk) {
    self.schema = schema
    self.composer = composer
    let end = composer.builder.meter.total + WorkMeter.trialBudget
    for node in walk.nodes {
      for keyword in walk.sites(of: node) {
        let sites = walk.ways(to: node, breaking: keyword).map {
          AssertionSite($0, in: schema.graph)
        }
        if composer.builder.meter.total < end {
          tryOut(sites)
        } else if let first = sites.first {
          unbreakable.append(.init(site: first, reason: Self.untried))
        }
      }
    }
  }

  /// Tries the ways to one assertion until one leads to a value.
  private mutating func tryOut(_ sites: [AssertionSite]) {
    var reason: String?
    for site in sites {
      do throws(UnsatisfiableSchema) {
        var source = ChoiceSource(replaying: ChoiceLog())
        breakable.append(
          try InvalidValueGenerator.value(
            breaking: site,
            schema,
            composer,
            attempts: Self.maximumAttempts,
            budget: WorkMeter.trialValueBudget,
            from: &source
          )
        )
        return
      } catch {
        reason = reason ?? error.reason
      }
    }
    if let first = sites.first, let reason {
      unbreakable.append(.init(site: first, reason: reason))
    }
  }
}
