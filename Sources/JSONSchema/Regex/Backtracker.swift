/// Matches by trying one way after the other, with a limit on the work.
///
/// Programs without backreferences remember where they failed, which keeps most patterns with
/// look-around linear; the others may reach the limit.
struct Backtracker {
  /// Most instructions carried out for one text.
  static let maximumSteps = 2_000_000
  /// Most bits of memory for places that are known to fail.
  static let maximumMemoBits = 1 << 25

  private let program: PatternProgram
  private let bytes: UnsafeBufferPointer<UInt8>
  private var registers: [Int]
  private var stack: [Frame] = []
  private var steps = 0
  /// A bit for each instruction and position that was tried; empty when it is not kept.
  private var tried: [UInt64]
  private var triedTrail: [Int] = []
  private var isInLook = false
  private var lookResults: [Int: Bool] = [:]

  /// What to do when the way taken has failed, newest last.
  private enum Frame {
    case resume(instruction: Int, position: Int)
    case restore(register: Int, value: Int)
  }

  private struct TooCostly: Error {}

  /// Searches a text.
  ///
  /// - Parameters:
  ///   - bytes: Well-formed UTF-8.
  ///   - stateless: The program without counters, where there is one.
  ///   - counting: The same with counters.
  /// - Returns: The verdict; ``MatchVerdict/tooCostly`` after ``maximumSteps``.
  static func verdict(
    onUTF8 bytes: UnsafeBufferPointer<UInt8>,
    stateless: PatternProgram?,
    counting: PatternProgram
  ) -> MatchVerdict {
    var program = counting
    if let stateless {
      let (bits, overflowed) = stateless.instructions.count
        .multipliedReportingOverflow(by: bytes.count + 1)
      if !overflowed, bits <= maximumMemoBits { program = stateless }
    }
    var machine = Backtracker(program, on: bytes)
    do {
      return try machine.search() ? .matches : .doesNotMatch
    } catch {
      return .tooCostly
    }
  }

  private init(_ program: PatternProgram, on bytes: UnsafeBufferPointer<UInt8>) {
    self.program = program
    self.bytes = bytes
    registers = [Int](repeating: -1, count: program.registerCount)
    let bits = program.isStateless ? program.instructions.count * (bytes.count + 1) : 0
    tried = [UInt64](repeating: 0, count: (bits + 63) / 64)
  }

  private mutating func search() throws(TooCostly) -> Bool {
    var start = 0
    while true {
      if try run(from: 0, at: start) { return true }
      guard !program.isAnchored, start < bytes.count else { return false }
      start += length(at: start)
    }
  }

  /// Runs up to `match`.
  ///
  /// - Returns: Whether it was reached; if not, registers and stack are as they were.
  private mutating func run(from begin: Int, at start: Int) throws(TooCostly) -> Bool {
    let base = stack.count
    var instruction = begin
    var position = start
    while true {
      steps += 1
      guard steps <= Self.maximumSteps else { throw TooCostly() }
      var isFailed = false
      switch program.instructions[instruction] {
      case .match:
        keepRestores(above: base)
        return true
      case .read(let set, let isBehind):
        if let next = read(program.sets[set], at: position, isBehind: isBehind) {
          position = next
          instruction += 1
        } else {
          isFailed = true
        }
      case .split(let first, otherwise: let second):
        if isFirstTime(instruction, position) {
          stack.append(.resume(instruction: second, position: position))
          instruction = first
        } else {
          isFailed = true
        }
      case .jump(let target): instruction = target
      case .assertion(let assertion):
        isFailed = !holds(assertion, at: position)
        instruction += 1
      case .save(let register):
        set(register, to: position)
        instruction += 1
      case .clear(let range):
        for register in range { set(register, to: -1) }
        instruction += 1
      case .look(let look, let next):
        isFailed = try self.look(look, from: instruction, at: position) == look.isNegated
        instruction = next
      case .backreference(let groups, let isBehind):
        if let next = readAgain(groups, at: position, isBehind: isBehind) {
          position = next
          instruction += 1
        } else {
          isFailed = true
        }
      case .beginLoop(let counter):
        set(counter, to: 0)
        instruction += 1
      case .loop(let counter, let bounds, let next):
        switch decide(counter, bounds, at: position) {
        case .again: instruction += 1
        case .leave: instruction = next
        case .either:
          stack.append(
            .resume(instruction: bounds.isLazy ? instruction + 1 : next, position: position)
          )
          instruction = bounds.isLazy ? next : instruction + 1
        case .fail: isFailed = true
        }
      case .enterLoop(let counter):
        set(counter, to: registers[counter] + 1)
        set(counter + 1, to: position)
        instruction += 1
      }
      if isFailed {
        guard let resumed = backtrack(to: base) else { return false }
        (instruction, position) = resumed
      }
    }
  }

  private mutating func set(_ register: Int, to value: Int) {
    guard registers[register] != value else { return }
    stack.append(.restore(register: register, value: registers[register]))
    registers[register] = value
  }

  private mutating func backtrack(to base: Int) -> (instruction: Int, position: Int)? {
    while stack.count > base {
      switch stack.removeLast() {
      case .resume(let instruction, let position): return (instruction, position)
      case .restore(let register, let value): registers[register] = value
      }
    }
    return nil
  }

  /// Forgets the other ways of a finished run, but not how to undo it.
  private mutating func keepRestores(above base: Int) {
    guard stack.count > base else { return }
    let restores = stack[base...].filter { if case .restore = $0 { true } else { false } }
    stack.replaceSubrange(base..., with: restores)
  }

  private mutating func isFirstTime(_ instruction: Int, _ position: Int) -> Bool {
    guard !tried.isEmpty else { return true }
    let bit = instruction * (bytes.count + 1) + position
    guard tried[bit / 64] & (1 << UInt64(bit % 64)) == 0 else { return false }
    tried[bit / 64] |= 1 << UInt64(bit % 64)
    if isInLook { triedTrail.append(bit) }
    return true
  }
}

extension Backtracker {
  /// Whether the look-around's body matches here.
  private mutating func look(
    _ look: LookAround,
    from instruction: Int,
    at position: Int
  ) throws(TooCostly) -> Bool {
    let key = instruction * (bytes.count + 1) + position
    if program.isStateless, let known = lookResults[key] { return known }
    let base = stack.count
    let trail = triedTrail.count
    let wasInLook = isInLook
    isInLook = true
    let isMatched = try run(from: instruction + 1, at: position)
    isInLook = wasInLook
    if isMatched {
      if look.isNegated { _ = backtrack(to: base) }
      // Places on the way to a match did not fail, so another run may pass through them.
      for bit in triedTrail[trail...] { tried[bit / 64] &= ~(1 << UInt64(bit % 64)) }
      triedTrail.removeSubrange(trail...)
    }
    if program.isStateless { lookResults[key] = isMatched }
    return isMatched
  }

  private enum Decision {
    case again, leave, either, fail
  }

  private mutating func decide(
    _ counter: Int,
    _ bounds: RepetitionBounds,
    at position: Int
  ) -> Decision {
    let count = registers[counter]
    let wasEmpty = count > 0 && registers[counter + 1] == position
    if wasEmpty, count > bounds.minimum { return .fail }
    if count < bounds.minimum {
      // Once round without reading can be repeated as often as needed.
      guard wasEmpty else { return .again }
      return .leave
    }
    if let maximum = bounds.maximum, count >= maximum { return .leave }
    return .either
  }

  private func holds(_ assertion: ByteAutomaton.Assertion, at position: Int) -> Bool {
    switch assertion {
    case .start: position == 0
    case .end: position == bytes.count
    case .wordBoundary: isWord(at: position - 1) != isWord(at: position)
    case .noWordBoundary: isWord(at: position - 1) == isWord(at: position)
    }
  }

  private func isWord(at index: Int) -> Bool {
    bytes.indices.contains(index) && ScalarSet.wordCharacters.contains(UInt32(bytes[index]))
  }

  /// The number of bytes of the scalar that begins here.
  private func length(at position: Int) -> Int {
    switch bytes[position] {
    case ..<0x80: 1
    case ..<0xE0: min(2, bytes.count - position)
    case ..<0xF0: min(3, bytes.count - position)
    default: min(4, bytes.count - position)
    }
  }

  private func scalar(at position: Int, length: Int) -> UInt32 {
    guard length > 1 else { return UInt32(bytes[position]) }
    var value = UInt32(bytes[position]) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
    return value
  }

  private func read(_ set: ScalarSet, at position: Int, isBehind: Bool) -> Int? {
    if isBehind {
      guard position > 0 else { return nil }
      var begin = position - 1
      while begin > 0, bytes[begin] & 0xC0 == 0x80 { begin -= 1 }
      return set.contains(scalar(at: begin, length: position - begin)) ? begin : nil
    }
    guard position < bytes.count else { return nil }
    let length = length(at: position)
    return set.contains(scalar(at: position, length: length)) ? position + length : nil
  }

  private func readAgain(_ groups: [Int], at position: Int, isBehind: Bool) -> Int? {
    let captured = groups.first { registers[2 * $0] >= 0 && registers[2 * $0 + 1] >= 0 }
    guard let captured else { return position }
    let text = bytes[registers[2 * captured]..<registers[2 * captured + 1]]
    let begin = isBehind ? position - text.count : position
    guard begin >= 0, begin + text.count <= bytes.count,
      bytes[begin..<begin + text.count].elementsEqual(text)
    else { return nil }
    return isBehind ? begin : begin + text.count
  }
}
