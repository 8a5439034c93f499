import Contract
import JSON

/// Reduces lists of a provider's message to one item, with the members that all of them have.
///
/// How many items there are and which of them have optional members differs from run to run; a rule
/// for all items is tried on the first example.
enum ExampleReduction {
  /// The reduced value; the same one where there is nothing to reduce.
  static func reduce(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
      return .object(
        JSONObject(object.members.map { .init(name: $0.name, value: reduce($0.value)) })
      )
    case .array(let items):
      let objects = items.compactMap(\.objectValue)
      guard items.count > 1, objects.count == items.count, let first = objects.first else {
        return .array(items.map(reduce))
      }
      let common = first.members.filter { member in
        objects.allSatisfy { $0[member.name] != nil }
      }
      return .array([reduce(.object(JSONObject(common)))])
    default:
      return value
    }
  }
}
