/// A deterministic automaton over bytes that grows as it is used.
///
/// Each state stands for a set of places in a ``ByteAutomaton``. Conditions (`^`, `$`, `\b`) are
/// decided on the step out of a state, when the next byte is known. The number of states kept is
/// limited; beyond it all are forgotten and built anew.
struct DeterministicAutomaton {
  /// The state without a way to match.
  static let dead: UInt32 = 0
  /// The state in which the text matches, whatever follows.
  static let accepting: UInt32 = 1
  private static let unknown = UInt32.max

  /// Most states kept at a time.
  static let maximumStates = 4096
  /// Most places looked at for one text; patterns that need more are of absurd size.
  static let maximumWork = 20_000_000

  private let automaton: ByteAutomaton
  let classes: ByteClasses
  /// Next state by state and class; the last class of a row is the end of the text.
  private(set) var table: [UInt32] = []
  /// The length of a row.
  let stride: Int
  private var states: [State] = []
  private var indexes: [State: UInt32] = [:]
  private let startsLater: Bool
  private(set) var work = 0

  // Scratch for the closure.
  private var mark: [UInt32]
  private var generation: UInt32 = 0
  private var stack: [Int32] = []

  private struct State: Hashable {
    var places: [Int32]
    var isAtStart = false
    var followsWordCharacter = false
  }

  init(_ automaton: ByteAutomaton) {
    self.automaton = automaton
    classes = ByteClasses(automaton)
    stride = classes.count + 1
    mark = [UInt32](repeating: 0, count: automaton.nodes.count)
    startsLater = Self.startsAfterStart(automaton)
    reset()
  }

  /// The state before the first byte.
  private(set) var initial: UInt32 = 2

  /// The number of states now known, the two fixed ones included.
  var stateCount: Int { states.count }

  private mutating func reset() {
    states = [State(places: [-1]), State(places: [-2])]
    indexes = [:]
    table = [UInt32](repeating: Self.dead, count: stride)
    table += [UInt32](repeating: Self.accepting, count: stride)
    initial = index(of: State(places: [], isAtStart: true))
  }

  private mutating func index(of state: State) -> UInt32 {
    if let known = indexes[state] { return known }
    let index = UInt32(states.count)
    states.append(state)
    indexes[state] = index
    table.append(contentsOf: repeatElement(Self.unknown, count: stride))
    return index
  }

  /// Whether some way from the start does not begin with `^`.
  private static func startsAfterStart(_ automaton: ByteAutomaton) -> Bool {
    var seen: Set<Int32> = []
    var stack = [automaton.start]
    while let place = stack.popLast() {
      guard seen.insert(place).inserted else { continue }
      switch automaton.nodes[Int(place)] {
      case .split(let one, let other): stack += [one, other]
      case .assertion(.start, _): continue
      case .assertion, .match, .bytes: return true
      }
    }
    return false
  }
}

extension DeterministicAutomaton {
  /// Searches a text.
  mutating func verdict(onUTF8 bytes: UnsafeBufferPointer<UInt8>) -> MatchVerdict {
    work = 0
    var state = initial
    for byte in bytes {
      let byteClass = Int(classes.classOfByte[Int(byte)])
      var next = table[Int(state) * stride + byteClass]
      if next == Self.unknown { next = step(&state, byteClass) }
      state = next
      if state <= Self.accepting { return state == Self.accepting ? .matches : .doesNotMatch }
      if work > Self.maximumWork { return .tooCostly }
    }
    var last = table[Int(state) * stride + classes.count]
    if last == Self.unknown { last = step(&state, classes.count) }
    return last == Self.accepting ? .matches : .doesNotMatch
  }

  /// Builds every state, if there are no more than the limits allow.
  ///
  /// - Returns: The finished table, or `nil` when there would be too many states or too much work.
  mutating func completed(maximumStates: Int, maximumWork: Int) -> CompleteAutomaton? {
    work = 0
    var index = Int(initial)
    while index < states.count {
      for byteClass in 0..<stride where table[index * stride + byteClass] == Self.unknown {
        var state = UInt32(index)
        _ = step(&state, byteClass)
        if states.count > maximumStates || work > maximumWork { return nil }
      }
      index += 1
    }
    return CompleteAutomaton(
      table: table,
      stride: stride,
      classOfByte: classes.classOfByte,
      initial: initial
    )
  }

  /// The state after some bytes.
  ///
  /// - Returns: `nil` when there are so many states that earlier ones would be forgotten.
  mutating func state(after begin: UInt32, reading bytes: [UInt8]) -> UInt32? {
    var state = begin
    for byte in bytes where state > Self.accepting {
      let byteClass = Int(classes.classOfByte[Int(byte)])
      var next = table[Int(state) * stride + byteClass]
      if next == Self.unknown {
        guard states.count < Self.maximumStates else { return nil }
        next = step(&state, byteClass)
      }
      state = next
    }
    return state
  }

  /// Whether a text that leads to this state matches when it ends here.
  mutating func isMatch(endingIn state: UInt32) -> Bool {
    guard state > Self.accepting else { return state == Self.accepting }
    // No state follows the end, so none is forgotten.
    return target(of: states[Int(state)], classes.count) == Self.accepting
  }

  /// Works out one step and remembers it.
  ///
  /// The index of the state that is left changes when the states are forgotten.
  private mutating func step(_ state: inout UInt32, _ byteClass: Int) -> UInt32 {
    if states.count >= Self.maximumStates {
      let kept = states[Int(state)]
      reset()
      state = index(of: kept)
    }
    let next = target(of: states[Int(state)], byteClass)
    table[Int(state) * stride + byteClass] = next
    return next
  }

  private mutating func target(of state: State, _ byteClass: Int) -> UInt32 {
    let byte = byteClass < classes.count ? classes.representatives[byteClass] : nil
    let reached = placesBefore(byte, in: state)
    guard let reached else { return Self.accepting }
    guard let byte else { return Self.dead }

    var next: [Int32] = []
    beginClosure()
    for place in reached {
      guard case .bytes(let first, let count) = automaton.nodes[Int(place)] else { continue }
      let edges = automaton.edges[Int(first)..<Int(first + count)]
      guard let edge = edges.first(where: { $0.low <= byte && byte <= $0.high }) else { continue }
      work += 1
      if !close(over: edge.target, into: &next) { return Self.accepting }
    }
    guard !next.isEmpty || startsLater else { return Self.dead }
    next.sort()
    let isWord = automaton.usesWordBoundary && ScalarSet.wordCharacters.contains(UInt32(byte))
    return index(of: State(places: next, followsWordCharacter: isWord))
  }

  /// All places to read from, with the conditions decided; `nil` when the match is among them.
  private mutating func placesBefore(_ byte: UInt8?, in state: State) -> [Int32]? {
    // A match can only begin between two characters, not within one.
    let isBoundary = byte.map { $0 & 0xC0 != 0x80 } ?? true
    beginClosure()
    stack.append(contentsOf: state.places)
    if isBoundary, state.isAtStart || startsLater { stack.append(automaton.start) }
    let isBeforeWord = byte.map { ScalarSet.wordCharacters.contains(UInt32($0)) } ?? false
    var reached: [Int32] = []
    while let place = stack.popLast() {
      guard mark[Int(place)] != generation else { continue }
      mark[Int(place)] = generation
      work += 1
      switch automaton.nodes[Int(place)] {
      case .match:
        stack.removeAll(keepingCapacity: true)
        return nil
      case .bytes: reached.append(place)
      case .split(let one, let other):
        stack.append(other)
        stack.append(one)
      case .assertion(let assertion, let next):
        let holds =
          switch assertion {
          case .start: state.isAtStart
          case .end: byte == nil
          case .wordBoundary: state.followsWordCharacter != isBeforeWord
          case .noWordBoundary: state.followsWordCharacter == isBeforeWord
          }
        if holds { stack.append(next) }
      }
    }
    return reached
  }

  private mutating func beginClosure() {
    generation &+= 1
    if generation == 0 {
      mark = [UInt32](repeating: 0, count: mark.count)
      generation = 1
    }
  }

  /// Adds what is reached without reading and without conditions.
  ///
  /// - Returns: `false` when the match is reached.
  private mutating func close(over place: Int32, into places: inout [Int32]) -> Bool {
    stack.append(place)
    while let place = stack.popLast() {
      guard mark[Int(place)] != generation else { continue }
      mark[Int(place)] = generation
      work += 1
      switch automaton.nodes[Int(place)] {
      case .match:
        stack.removeAll(keepingCapacity: true)
        return false
      case .bytes(_, let count):
        if count > 0 { places.append(place) }
      case .split(let one, let other):
        stack.append(other)
        stack.append(one)
      case .assertion(.start, _): continue
      case .assertion: places.append(place)
      }
    }
    return true
  }
}
