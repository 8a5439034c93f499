/// Where a generator gets its decisions from: random numbers or a log that is played again.
///
/// What is decided is recorded either way in ``log``. In random mode the interesting values (bounds,
/// their neighbours, zero, text beyond ASCII) are drawn more often; a log only has the results.
///
/// Playing a log again is forgiving: parts are found again by their labels, a value that is not
/// possible here is made to fit, and where the log has nothing to say the simplest choice is taken.
package struct ChoiceSource: Sendable {
  /// What was decided so far.
  package private(set) var log = ChoiceLog()

  var random: RandomNumbers
  private var replay: ChoiceReplay?
  /// Where chance comes from once the log has no more parts; `nil`: the simplest is chosen then.
  private var continuation: UInt64?
  /// While above zero, the log that is played again is not asked.
  private var improvisations = 0
  private var openSpans: [Int] = []

  /// Decides at random.
  ///
  /// - Parameter seed: The same seed gives the same decisions on any machine.
  package init(seed: UInt64) {
    random = RandomNumbers(seed: seed)
    log.choices.reserveCapacity(64)
    log.spans.reserveCapacity(32)
  }

  /// Decides as a log did.
  package init(replaying log: ChoiceLog) {
    random = RandomNumbers(seed: 0)
    replay = ChoiceReplay(log)
  }

  /// Decides as a log did, and at random from the first part on that the log lacks.
  ///
  /// - Parameters:
  ///   - log: What comes first.
  ///   - seed: The same seed goes on with the same decisions on any machine.
  package init(replaying log: ChoiceLog, then seed: UInt64) {
    self.init(replaying: log)
    continuation = seed
  }

  /// Whether a log is played again.
  package var isReplaying: Bool { replay != nil }

  /// Whether decisions are random at the moment.
  var isRandom: Bool { replay == nil || improvisations > 0 }
}

// MARK: - Decisions

extension ChoiceSource {
  /// Yes or no.
  ///
  /// - Parameter chance: In how many of 256 cases a random decision says yes.
  /// - Returns: The decision.
  package mutating func boolean(chance: Int = 128) -> Bool {
    let value = isRandom ? random.chance(in256: chance) : recordedBoolean()
    record(.boolean(value))
    return value
  }

  /// One of a number of ways.
  ///
  /// - Precondition: `count` is at least 1.
  package mutating func index(below count: Int) -> Int {
    precondition(count > 0, "there must be a way to choose")
    guard count > 1 else { return 0 }
    let value = isRandom ? random.below(count) : recordedIndex(count)
    record(.index(value, count: count))
    return value
  }

  /// One of a number of ways, some more likely than others.
  ///
  /// - Parameter weights: How likely each way is, compared with the others; the sum is above 0.
  /// - Returns: The index of a weight.
  package mutating func index(weights: [Int]) -> Int {
    guard weights.count > 1 else { return 0 }
    var value = 0
    if isRandom {
      var rest = random.below(max(1, weights.reduce(0, +)))
      while value < weights.count - 1, rest >= weights[value] {
        rest -= weights[value]
        value += 1
      }
    } else {
      value = recordedIndex(weights.count)
    }
    record(.index(value, count: weights.count))
    return value
  }

  /// One of a number of ways, drawn in a way of its own when decisions are random.
  mutating func index(below count: Int, draw: (inout RandomNumbers) -> Int) -> Int {
    let value = isRandom ? draw(&random) : recordedIndex(count)
    record(.index(value, count: count))
    return value
  }

  private mutating func recordedIndex(_ count: Int) -> Int {
    guard case .index(let recorded, count: _) = replay?.next(.index), recorded < count else {
      return 0
    }
    return recorded
  }

  /// A whole number, its bounds included.
  ///
  /// - Parameters:
  ///   - range: The least and greatest number.
  ///   - simplest: The simplest number; the one nearest to zero when `nil`.
  /// - Returns: The number.
  package mutating func integer(in range: ClosedRange<Int>, simplest: Int? = nil) -> Int {
    guard range.lowerBound < range.upperBound else { return range.lowerBound }
    let bounds = IntegerBounds(range, simplest: simplest)
    let value: Int
    if isRandom {
      value = random.integer(within: bounds)
    } else if case .integer(let recorded, bounds: _) = replay?.next(.integer) {
      value = bounds.clamped(recorded)
    } else {
      value = bounds.simplest
    }
    record(.integer(value, bounds: bounds))
    return value
  }

  /// A text.
  package mutating func string(_ bounds: StringBounds) -> String {
    let value: String
    if isRandom {
      value = random.string(within: bounds)
    } else if case .string(let recorded, bounds: _) = replay?.next(.string) {
      value = bounds.fitted(recorded)
    } else {
      value = bounds.simplest
    }
    record(.string(value, bounds: bounds))
    return value
  }

  /// Draws what only makes some decisions likelier: it is not recorded, and 0 when a log is played again.
  package mutating func hint(below count: Int) -> Int {
    isRandom ? random.below(count) : 0
  }

  /// Notes a decision that was taken elsewhere.
  mutating func record(_ choice: Choice) { log.choices.append(choice) }

  /// The next choice of the log, when it is a yes or no.
  private mutating func recordedBoolean() -> Bool {
    if case .boolean(let recorded) = replay?.next(.boolean) { recorded } else { false }
  }

  /// Yes or no, as wanted unless a log is played again.
  mutating func boolean(wanted: Bool) -> Bool {
    let value = isRandom ? wanted : recordedBoolean()
    record(.boolean(value))
    return value
  }
}

// MARK: - Parts

extension ChoiceSource {
  /// Marks everything that the body decides as one part.
  package mutating func span<Result, Failure: Error>(
    _ label: SpanLabel,
    _ body: (inout ChoiceSource) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    beginSpan(label)
    defer { endSpan() }
    return try body(&self)
  }

  /// Marks everything decided until the matching ``endSpan()`` as one part.
  package mutating func beginSpan(_ label: SpanLabel) {
    if openSpans.isEmpty, let seed = continuation, replay?.hasPart(label) == false {
      (replay, continuation) = (nil, nil)
      random = RandomNumbers(seed: seed)
    }
    let begin = log.choices.count
    log.spans.append(Span(label: label, range: begin..<begin, depth: openSpans.count))
    openSpans.append(log.spans.count - 1)
    if improvisations == 0 { replay?.enter(label) }
  }

  /// Ends the part begun last.
  package mutating func endSpan() {
    guard let span = openSpans.popLast() else { return }
    let begin = log.spans[span].range.lowerBound
    log.spans[span].range = begin..<log.choices.count
    if improvisations == 0 { replay?.leave() }
  }
}

// MARK: - Second thoughts

extension ChoiceSource {
  /// A place to go back to.
  struct Checkpoint {
    var choices: Int
    var spans: Int
    var openSpans: Int
  }

  /// The place reached so far.
  var checkpoint: Checkpoint {
    Checkpoint(choices: log.choices.count, spans: log.spans.count, openSpans: openSpans.count)
  }

  /// Forgets what was decided since a place; parts opened since then are closed.
  mutating func rollBack(to place: Checkpoint) {
    while openSpans.count > place.openSpans { endSpan() }
    log.choices.removeSubrange(place.choices...)
    log.spans.removeSubrange(place.spans...)
  }

  /// Lets the body take the simplest decisions, whatever else decides.
  mutating func plainly<Result, Failure: Error>(
    _ body: (inout ChoiceSource) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let before = (replay, improvisations)
    (replay, improvisations) = (ChoiceReplay(ChoiceLog()), 0)
    defer { (replay, improvisations) = before }
    return try body(&self)
  }

  /// Makes another attempt at something: as the source decides, then at random, at last plainly.
  mutating func attempting<Result, Failure: Error>(
    _ attempt: Int,
    of count: Int,
    _ body: (inout ChoiceSource) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if attempt == 0 { return try body(&self) }
    return attempt < count - 1
      ? try improvising(attempt: attempt, body) : try plainly(body)
  }

  /// Lets the body decide at random, also when a log is played again; the same decisions each time.
  mutating func improvising<Result, Failure: Error>(
    attempt: Int,
    _ body: (inout ChoiceSource) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard replay != nil else { return try body(&self) }
    if improvisations == 0 { random = RandomNumbers(seed: UInt64(attempt)) }
    improvisations += 1
    defer { improvisations -= 1 }
    return try body(&self)
  }
}

// MARK: - Collections

extension ChoiceSource {
  /// A number of parts to aim for; it has no effect when a log is played again.
  mutating func target(within counts: ClosedRange<Int>) -> Int {
    guard isRandom else { return counts.lowerBound }
    let width = counts.upperBound - counts.lowerBound
    guard width > 0 else { return counts.lowerBound }
    switch random.below(16) {
    case 0, 1: return counts.lowerBound
    case 2: return counts.upperBound
    case 3: return counts.upperBound - 1
    case 4: return counts.lowerBound + 1
    default: return counts.lowerBound + random.below(min(width, 4) + 1)
    }
  }

  /// Whether there is another part; decided only where the bounds leave it open.
  mutating func more(than count: Int, within counts: ClosedRange<Int>, target: Int) -> Bool {
    if count < counts.lowerBound { return true }
    if count >= counts.upperBound { return false }
    return boolean(wanted: count < target)
  }
}
