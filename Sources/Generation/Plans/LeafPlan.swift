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

  /// One way to make a value.
  enum Way: Hashable {
    case null, boolean, number, string, array, object
  }

  /// Where values of this kind are kept for later use.
  var site = PoolSite()
}
