/// Numbers in groups that can be joined.
struct DisjointGroups {
  /// The number that stands for the group of each number; itself for the lowest of a group.
  private var parents: [Int]

  /// The numbers from 0 on, each in a group of its own.
  init(count: Int) { parents = Array(0..<count) }

  /// Makes the groups of two numbers one.
  mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (lowest(of: left), lowest(of: right))
    parents[max(left, right)] = min(left, right)
  }

  /// The groups in the order of their lowest numbers, each in order.
  var all: [[Int]] {
    var copy = self
    var groups: [[Int]] = []
    var places: [Int: Int] = [:]
    for number in parents.indices {
      let lowest = copy.lowest(of: number)
      if let place = places[lowest] {
        groups[place].append(number)
      } else {
        places[lowest] = groups.count
        groups.append([number])
      }
    }
    return groups
  }

  private mutating func lowest(of number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }
}
