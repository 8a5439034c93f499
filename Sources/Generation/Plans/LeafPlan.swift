import JSON
import JSONSchema

/// Requirements without alternatives, sorted by the type of value.
final class LeafPlan {
  /// The schemas that accept the value, except for what ``omitted`` names.
  var nodes: [Int] = []
  /// The assertion that the value must not meet, and the schema it is in.
  var omitted: [(node: Int, site: KeywordSite)] = []
  /// The schemas that must reject the value.
  var avoided: [Int] = []
  /// Values that it must not be equal to.
  var unequal: [JSONValue] = []
  /// The only values possible, if they are listed.
  var fixed: [JSONValue]?
  /// Values that the schemas show as examples and that meet the requirements.
  var examples: [JSONValue] = []
  /// The types possible; `number` alone means numbers that are not whole.
  var types: SchemaTypes = .all
  /// Whether a value made from the plans below has still to be judged as a whole.
  var needsCheck = false

  var number: NumberPlan?
  var string: StringPlan?
  var array: ArrayPlan?
  var object: ObjectPlan?

  /// The ways to make a value, in a fixed order.
  var ways: [Way] = []

  /// Whether `null` is the only value.
  var isNull: Bool { ways.count == 1 && ways[0] == .null }
  /// Whether the value is `true` or `false`, and nothing more is to be said.
  var isPlainBoolean: Bool { ways.count == 1 && ways[0] == .boolean && !needsCheck }

  /// How likely each way is; plain values are mostly as good as nested ones.
  private(set) var weights: [Int] = []
  /// The same where the value has to be small: only the flattest ways are taken.
  private(set) var shortWeights: [Int] = []

  /// Keeps the ways that lead to a value, now that it is known how deep each goes.
  func keepWays(height: (Way) -> Int?) {
    if fixed == nil { ways = ways.filter { height($0) != nil } }
    let heights = ways.map { height($0) ?? 1 }
    weights = ways.map { $0.isContainer ? 1 : 4 }
    shortWeights = heights.map { $0 == heights.min() ? 1 : 0 }
    if !ways.allSatisfy(\.isContainer) {
      shortWeights = ways.map { $0.isContainer ? 0 : 1 }
    }
  }

  /// Gives up a way that turns out to lead nowhere.
  func refuse(_ way: Way) { ways.removeAll { $0 == way } }

  /// One way to make a value.
  enum Way: Hashable {
    case null, boolean, number, string, array, object

    /// Whether values of the type have parts.
    var isContainer: Bool { self == .array || self == .object }
  }

  /// Where values of this kind are kept for later use.
  var site = PoolSite()
}
