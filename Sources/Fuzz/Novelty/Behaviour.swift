/// What a provider was seen doing: which answers each operation gets, depending on what was achieved
/// before.
///
/// A state is the set of everything that was done so far in a case; what was refused has changed nothing.
/// That is rough, and what pays: an operation that another one must come before is found by its new
/// answer.
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
  /// From each state, how often each achievement followed, and where it led.
  private(set) var successors: [State: [Int: Int]] = [:]

  /// How many states were reached, the beginning included.
  var stateCount: Int { seen.count { if case .state = $0 { true } else { false } } }

  /// How many pairs of achievements were seen, one right after the other.
  var transitionCount: Int { seen.count { if case .transition = $0 { true } else { false } } }

  /// Takes what a case showed.
  ///
  /// - Returns: The steps that showed something new, ascending.
  mutating func observe(_ sequence: [(step: Int, achievement: Achievement)]) -> [Int] {
    var state: State = 0
    var previous: Int?
    var counts: [Int: Int] = [:]
    var new: [Int] = []
    for (step, achievement) in sequence {
      let number = number(of: achievement)
      let next = successor(of: state, by: number)
      if successors.count < Self.maximumStates || successors[state] != nil {
        successors[state, default: [:]][number, default: 0] += 1
      }
      counts[number, default: 0] += 1
      var novelties: [Novelty] = seen.count < Self.maximumNovelties ? [.state(next)] : []
      if let previous { novelties.append(.transition(from: previous, to: number)) }
      if let count = counts[number], [2, 3, 4, 8, 16, 32].contains(count) {
        novelties.append(.repetition(number, count: count))
      }
      let isNew = novelties.count { seen.insert($0).inserted } > 0
      if isNew, new.last != step { new.append(step) }
      state = next
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
