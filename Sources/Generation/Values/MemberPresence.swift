/// Keeps the members of an object in line with each other while they are decided one by one, in their
/// order.
struct MemberPresence {
  enum Obligation {
    case must, mustNot, may
  }

  private let object: ObjectPlan
  private let table: Table
  /// What was decided; the members from its end on are still to come.
  private var decisions: [Bool] = []
  /// Which members one that is there asks for.
  private var isAsked: [Bool]
  /// How many of those, not required anyway, are still to come.
  private var askedLater = 0
  private var count = 0

  /// What is the same for all objects of a plan.
  struct Table {
    /// Whether a value can be made for the member.
    var isPossible: [Bool]
    /// All members that are there when this one is, itself left out.
    var companions: [[Int]]
    /// How many members from here on are required, and one more entry for the end.
    var requiredFrom: [Int]
    /// How many members from here on are possible, and one more entry for the end.
    var possibleFrom: [Int]
  }

  init(_ object: ObjectPlan, isPossible: (Plan) -> Bool) {
    self.object = object
    if let known = object.presenceTable {
      table = known
    } else {
      table = Table(object.members, isPossible: isPossible)
      object.presenceTable = table
    }
    isAsked = Array(repeating: false, count: object.members.count)
    decisions.reserveCapacity(object.members.count)
  }

  /// Whether a member must be there, must not, or may.
  func obligation(of index: Int) -> Obligation {
    if object.members[index].isRequired { return .must }
    guard table.isPossible[index] else { return .mustNot }
    if isAsked[index] { return .must }
    var more = 0
    for companion in table.companions[index] {
      guard table.isPossible[companion] else { return .mustNot }
      if companion < decisions.count {
        if !decisions[companion] { return .mustNot }
      } else if !object.members[companion].isRequired, !isAsked[companion] {
        more += 1
      }
    }
    let needed = table.requiredFrom[index + 1] + askedLater
    if count + 1 + more + needed > object.counts.upperBound { return .mustNot }
    guard object.extras.isEmpty else { return .may }
    return count + table.possibleFrom[index + 1] < object.counts.lowerBound ? .must : .may
  }

  /// Notes the decision about the next member.
  mutating func decide(_ index: Int, isPresent: Bool) {
    decisions.append(isPresent)
    if isAsked[index], !object.members[index].isRequired { askedLater -= 1 }
    guard isPresent else { return }
    count += 1
    for companion in table.companions[index] where !isAsked[companion] {
      isAsked[companion] = true
      if companion > index, !object.members[companion].isRequired { askedLater += 1 }
    }
  }
}

extension MemberPresence.Table {
  init(_ members: [ObjectPlan.Member], isPossible: (Plan) -> Bool) {
    let possible = members.map { isPossible($0.plan) }
    self.isPossible = possible
    companions = members.indices.map { first in
      var seen: Set<Int> = [first]
      var waiting = [first]
      var found: [Int] = []
      while let next = waiting.popLast() {
        for asked in members[next].dependents where seen.insert(asked).inserted {
          waiting.append(asked)
          found.append(asked)
        }
      }
      return found
    }
    requiredFrom = Array(repeating: 0, count: members.count + 1)
    possibleFrom = requiredFrom
    for index in members.indices.reversed() {
      requiredFrom[index] = requiredFrom[index + 1] + (members[index].isRequired ? 1 : 0)
      possibleFrom[index] = possibleFrom[index + 1] + (possible[index] ? 1 : 0)
    }
  }
}
