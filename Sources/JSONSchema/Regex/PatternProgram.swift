/// A pattern as instructions for the ``Backtracker``.
struct PatternProgram: Sendable {
  /// What would make a program too large.
  struct TooLarge: Error {}

  /// One instruction; numbers are indexes of instructions unless said otherwise.
  enum Instruction: Sendable {
    /// The program, or the look-around that it stands in, has matched.
    case match
    /// Reads one scalar of a set, forwards or backwards.
    case read(set: Int, isBehind: Bool)
    /// Tries one, then the other.
    case split(Int, otherwise: Int)
    case jump(Int)
    case assertion(ByteAutomaton.Assertion)
    /// Remembers the position in a register.
    case save(register: Int)
    /// Forgets the positions in these registers.
    case clear(registers: Range<Int>)
    /// Runs the instructions that follow, up to their `match`, without moving on.
    case look(LookAround, next: Int)
    /// Reads what a group captured, forwards or backwards; none captured reads nothing.
    case backreference(groups: [Int], isBehind: Bool)
    /// Sets the counter of a loop to zero.
    case beginLoop(counter: Int)
    /// Decides whether to go round again; the body follows, at `next` the loop is left.
    case loop(counter: Int, bounds: RepetitionBounds, next: Int)
    /// Counts one time round and remembers where it began (in the register after the counter).
    case enterLoop(counter: Int)
  }

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  private(set) var registerCount: Int
  /// Whether every match begins at the beginning of the text.
  let isAnchored: Bool
  /// Whether a failure at an instruction and position is final, whatever came before.
  let isStateless: Bool

  private var setIndexes: [ScalarSet: Int] = [:]
  private let limit: Int
  private let capturesAreUsed: Bool

  /// Translates a tree.
  ///
  /// - Parameters:
  ///   - tree: What to match.
  ///   - isStateless: Write bounded repetitions out instead of counting; not possible with
  ///     backreferences.
  ///   - limit: The greatest number of instructions.
  /// - Throws: `TooLarge` beyond the limit, and for backreferences in a stateless program.
  init(_ tree: PatternNode, isStateless: Bool, limit: Int) throws(TooLarge) {
    let usesReferences = tree.contains { if case .backreference = $0 { true } else { false } }
    if isStateless, usesReferences { throw TooLarge() }
    self.isStateless = isStateless
    self.limit = limit
    capturesAreUsed = usesReferences
    registerCount = capturesAreUsed ? 2 * tree.groupCount + 2 : 0
    isAnchored = tree.isAnchored
    try translate(tree, isBehind: false)
    try add(.match)
  }

  @discardableResult
  private mutating func add(_ instruction: Instruction) throws(TooLarge) -> Int {
    guard instructions.count < limit else { throw TooLarge() }
    instructions.append(instruction)
    return instructions.count - 1
  }

  private mutating func index(of set: ScalarSet) -> Int {
    if let known = setIndexes[set] { return known }
    sets.append(set)
    setIndexes[set] = sets.count - 1
    return sets.count - 1
  }

  private mutating func translate(_ node: PatternNode, isBehind: Bool) throws(TooLarge) {
    switch node {
    case .empty: return
    case .scalar(let scalar):
      try add(.read(set: index(of: ScalarSet(scalar)), isBehind: isBehind))
    case .set(let set): try add(.read(set: index(of: set), isBehind: isBehind))
    case .sequence(let nodes):
      for node in isBehind ? nodes.reversed() : nodes {
        try translate(node, isBehind: isBehind)
      }
    case .alternation(let branches): try translate(branches: branches, isBehind: isBehind)
    case .repetition(let inner, let bounds):
      if isStateless {
        try writeOut(inner, bounds, isBehind: isBehind)
      } else {
        try count(inner, bounds, isBehind: isBehind)
      }
    case .group(let inner, let index, name: _):
      if capturesAreUsed { try add(.save(register: 2 * index + (isBehind ? 1 : 0))) }
      try translate(inner, isBehind: isBehind)
      if capturesAreUsed { try add(.save(register: 2 * index + (isBehind ? 0 : 1))) }
    case .start: try add(.assertion(.start))
    case .end: try add(.assertion(.end))
    case .wordBoundary(let isNegated):
      try add(.assertion(isNegated ? .noWordBoundary : .wordBoundary))
    case .look(let inner, let look):
      let begin = try add(.look(look, next: 0))
      try translate(inner, isBehind: look.isBehind)
      try add(.match)
      instructions[begin] = .look(look, next: instructions.count)
    case .backreference(let groups):
      try add(.backreference(groups: groups, isBehind: isBehind))
    }
  }

  private mutating func translate(
    branches: [PatternNode],
    isBehind: Bool
  ) throws(TooLarge) {
    var exits: [Int] = []
    for branch in branches.dropLast() {
      let fork = try add(.split(0, otherwise: 0))
      try translate(branch, isBehind: isBehind)
      exits.append(try add(.jump(0)))
      instructions[fork] = .split(fork + 1, otherwise: instructions.count)
    }
    try translate(branches[branches.count - 1], isBehind: isBehind)
    for exit in exits { instructions[exit] = .jump(instructions.count) }
  }

  /// Repeats without counters, for ``isStateless``.
  private mutating func writeOut(
    _ inner: PatternNode,
    _ bounds: RepetitionBounds,
    isBehind: Bool
  ) throws(TooLarge) {
    for _ in 0..<bounds.minimum {
      let before = instructions.count
      try translate(inner, isBehind: isBehind)
      guard instructions.count > before else { return }
    }
    guard let maximum = bounds.maximum else {
      let fork = try add(.split(0, otherwise: 0))
      try translate(inner, isBehind: isBehind)
      try add(.jump(fork))
      instructions[fork] = .split(fork + 1, otherwise: instructions.count)
      return
    }
    var forks: [Int] = []
    for _ in 0..<max(0, maximum - bounds.minimum) {
      forks.append(try add(.split(0, otherwise: 0)))
      try translate(inner, isBehind: isBehind)
    }
    for fork in forks { instructions[fork] = .split(fork + 1, otherwise: instructions.count) }
  }

  private mutating func count(
    _ inner: PatternNode,
    _ bounds: RepetitionBounds,
    isBehind: Bool
  ) throws(TooLarge) {
    let counter = registerCount
    registerCount += 2
    try add(.beginLoop(counter: counter))
    let loop = try add(.loop(counter: counter, bounds: bounds, next: 0))
    try add(.enterLoop(counter: counter))
    if capturesAreUsed, let groups = inner.groupIndexes {
      try add(.clear(registers: 2 * groups.lowerBound..<2 * groups.upperBound + 2))
    }
    try translate(inner, isBehind: isBehind)
    try add(.jump(loop))
    instructions[loop] = .loop(counter: counter, bounds: bounds, next: instructions.count)
  }
}

extension PatternNode {
  /// How many capturing groups there are.
  var groupCount: Int {
    var own = 0
    if case .group = self { own = 1 }
    return children.reduce(own) { $0 + $1.groupCount }
  }

  /// The first and last index of the groups in here; they are consecutive.
  var groupIndexes: ClosedRange<Int>? {
    var low: Int?
    var high: Int?
    func visit(_ node: PatternNode) {
      if case .group(_, let index, name: _) = node {
        low = min(low ?? index, index)
        high = max(high ?? index, index)
      }
      for child in node.children { visit(child) }
    }
    visit(self)
    guard let low, let high else { return nil }
    return low...high
  }

  /// Whether a match can only begin at the beginning of the text.
  var isAnchored: Bool {
    switch self {
    case .start: true
    case .sequence(let nodes):
      nodes.first { !$0.readsNothing }?.isAnchored
        ?? false || nodes.prefix { $0.readsNothing }.contains(where: \.isAnchored)
    case .alternation(let branches): branches.allSatisfy(\.isAnchored)
    case .group(let inner, index: _, name: _): inner.isAnchored
    case .repetition(let inner, let bounds): bounds.minimum > 0 && inner.isAnchored
    default: false
    }
  }

  /// Whether this is a mere condition on the position.
  private var readsNothing: Bool {
    switch self {
    case .start, .end, .wordBoundary, .look, .empty: true
    default: false
    }
  }
}
