/// What a provider was seen doing: which answers each operation gets, depending on what was achieved
/// before.
///
/// A state is the set of everything that was done so far; what was refused has changed nothing. That is
/// rough, and what pays: an operation that another one must come before is found by its new answer. What
/// is new is told by what all connections of a case did together, as one may need what another has done;
/// the machine that is drawn is that of a single connection.
struct Behaviour: Sendable {
  /// A set of achievements, a bit for each; those beyond the last bit share it.
  typealias State = UInt64

  /// Something that no case showed before.
  enum Novelty: Hashable, Sendable {
    /// A state was reached.
    case state(State)
    /// An achievement came right after another.
    case transition(from: Int, to: Int)
    /// An achievement came as often as never before in one case: 2, 3, 4, 8, 16 or 32 times.
    case repetition(Int, count: Int)
  }

  /// How many new things are noticed at most.
  static let maximumNovelties = 65_536
  /// How many states are told apart; what follows on others is not counted.
  static let maximumStates = 4_096

  /// The achievements that were seen, in the order of their first time.
  private(set) var achievements: [Achievement] = []
  private var numbers: [Achievement: Int] = [:]
  private var seen: Set<Novelty> = [.state(0)]
  /// From each state of a connection, how often each achievement followed on it.
  private(set) var successors: [State: [Int: Int]] = [:]

  /// How many states were reached, the beginning included.
  private(set) var stateCount = 1
  /// How many pairs of achievements were seen, one right after the other.
  private(set) var transitionCount = 0

  /// Takes what a case showed.
  ///
  /// - Returns: The steps that showed something new, ascending.
  mutating func observe(_ sequence: [AchievedStep]) -> [Int] {
    var state: State = 0
    var connections: [State] = []
    var previous: Int?
    var counts: [Int: Int] = [:]
    var new: [Int] = []
    for item in sequence {
      let number = number(of: item.achievement)
      while connections.count <= item.connection { connections.append(0) }
      let own = connections[item.connection]
      if successors.count < Self.maximumStates || successors[own] != nil {
        successors[own, default: [:]][number, default: 0] += 1
      }
      connections[item.connection] = successor(of: own, by: number)
      state = successor(of: state, by: number)
      counts[number, default: 0] += 1
      var isNew = false
      if seen.count < Self.maximumNovelties, seen.insert(.state(state)).inserted {
        stateCount += 1
        isNew = true
      }
      if let previous, seen.insert(.transition(from: previous, to: number)).inserted {
        transitionCount += 1
        isNew = true
      }
      if let count = counts[number], [2, 3, 4, 8, 16, 32].contains(count),
        seen.insert(.repetition(number, count: count)).inserted
      {
        isNew = true
      }
      if isNew, new.last != item.step { new.append(item.step) }
      previous = number
    }
    return new
  }

  private mutating func number(of achievement: Achievement) -> Int {
    if let known = numbers[achievement] { return known }
    numbers[achievement] = achievements.count
    achievements.append(achievement)
    return achievements.count - 1
  }

  /// Where an achievement leads from a state.
  func successor(of state: State, by achievement: Int) -> State {
    achievements[achievement].isRefusal
      ? state : state | 1 << State(min(achievement, State.bitWidth - 1))
  }
}
