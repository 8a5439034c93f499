import Generation
import JSON

/// Makes new JSON values out of good ones: parts change places, names change, members come and go.
struct StructureMutator {
  private var random: RandomNumbers
  private let seeds: [JSONValue]
  /// Every part of the seeds.
  private let parts: [JSONValue]
  private let members: [JSONObject.Member]

  /// Takes good values and further parts.
  init(seed: UInt64, values: [JSONValue], parts: [JSONValue]) {
    random = RandomNumbers(seed: seed)
    seeds = values
    let all = values.flatMap(Self.parts) + parts
    self.parts = all
    members = all.flatMap { $0.objectValue?.members ?? [] }
  }

  /// The next value.
  mutating func next() -> JSONValue {
    var value = seeds[random.below(seeds.count)]
    for _ in 0...random.below(4) { value = mutated(value, depth: 0) }
    return value
  }

  private static func parts(of value: JSONValue) -> [JSONValue] {
    switch value {
    case .array(let items): [value] + items.flatMap(parts)
    case .object(let object): [value] + object.members.flatMap { parts(of: $0.value) }
    default: [value]
    }
  }

  /// The value with a change somewhere in it.
  private mutating func mutated(_ value: JSONValue, depth: Int) -> JSONValue {
    guard random.below(4 + depth) < 3 + depth / 2, depth < 12 else {
      return parts[random.below(parts.count)]
    }
    switch value {
    case .array(var items):
      let place = random.below(items.count + 1)
      switch random.below(4) {
      case 0: items.insert(parts[random.below(parts.count)], at: place)
      case 1 where place < items.count: items.remove(at: place)
      case _ where place < items.count: items[place] = mutated(items[place], depth: depth + 1)
      default: break
      }
      return .array(items)
    case .object(var object):
      let place = random.below(object.count + 1)
      switch random.below(5) {
      case 0: object.members.insert(members[random.below(members.count)], at: place)
      case 1 where place < object.count: object.members.remove(at: place)
      case 2 where place < object.count:
        object.members[place].name = members[random.below(members.count)].name
      case _ where place < object.count:
        object.members[place].value = mutated(object.members[place].value, depth: depth + 1)
      default: break
      }
      return .object(object)
    default:
      return parts[random.below(parts.count)]
    }
  }
}
