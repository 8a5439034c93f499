/// Keeps the members of an object in line with each other while they are decided one by one.
struct MemberPresence {
  enum Obligation {
    case must, mustNot, may
  }

  private let object: ObjectPlan
  private let isPossible: (Plan) -> Bool
  /// What was decided; `nil` for members still to come.
  private var decisions: [Bool?]
  /// Members that one that is there asks for.
  private var asked: Set<Int> = []
  private var count = 0

  init(_ object: ObjectPlan, isPossible: @escaping (Plan) -> Bool) {
    self.object = object
    self.isPossible = isPossible
    decisions = Array(repeating: nil, count: object.members.count)
  }

  /// Whether a member must be there, must not, or may.
  func obligation(of index: Int) -> Obligation {
    let member = object.members[index]
    if member.isRequired { return .must }
    guard isPossible(member.plan) else { return .mustNot }
    if asked.contains(index) { return .must }
    let closure = companions(of: index)
    if closure.contains(where: { decisions[$0] == false || !isPossible(object.members[$0].plan) }) {
      return .mustNot
    }
    let stillRequired = object.members.indices.filter {
      $0 > index && (object.members[$0].isRequired || asked.contains($0))
    }
    let more = closure.filter { decisions[$0] == nil && !stillRequired.contains($0) && $0 != index }
    if count + 1 + more.count + stillRequired.count > object.counts.upperBound { return .mustNot }
    guard object.extras.isEmpty else { return .may }
    let possible = object.members.indices.filter {
      $0 > index && isPossible(object.members[$0].plan)
    }
    return count + possible.count < object.counts.lowerBound ? .must : .may
  }

  /// Notes a decision.
  mutating func decide(_ index: Int, isPresent: Bool) {
    decisions[index] = isPresent
    guard isPresent else { return }
    count += 1
    asked.formUnion(companions(of: index))
  }

  /// All members that are there when this one is.
  private func companions(of index: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var waiting = [index]
    while let next = waiting.popLast() {
      for asked in object.members[next].dependents where seen.insert(asked).inserted {
        waiting.append(asked)
      }
    }
    return seen
  }
}
