import Synchronization

/// The finished automaton of a pattern as plain memory.
struct AutomatonTable {
  let rows: UnsafePointer<UInt32>
  let classOfByte: UnsafePointer<UInt8>
  let initial: UInt32
  let acceptingRow: UInt32
  let endClass: Int

  /// Whether the pattern occurs in a text.
  @inline(__always)
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var state = initial
    for byte in text {
      state = rows[Int(state) &+ Int(classOfByte[Int(byte)])]
      if state <= acceptingRow { return state == acceptingRow }
    }
    return rows[Int(state) &+ endClass] == acceptingRow
  }
}

/// The automatons of a program's patterns, each made when it is first needed.
final class AutomatonTables: Sendable {
  /// A place is empty, has the address of a table, or says that there is none.
  private static let empty: UInt = 0
  private static let none: UInt = 1

  private let patterns: [ECMAPattern]
  // Written once, by compare and exchange; what a place points to never changes.
  private nonisolated(unsafe) let places: UnsafeMutablePointer<Atomic<UInt>>

  init(_ patterns: [ECMAPattern]) {
    self.patterns = patterns
    places = .allocate(capacity: max(1, patterns.count))
    for index in patterns.indices { (places + index).initialize(to: Atomic(Self.empty)) }
  }

  deinit {
    for index in patterns.indices {
      Self.free(places[index].load(ordering: .acquiring))
      (places + index).deinitialize(count: 1)
    }
    places.deallocate()
  }

  /// Where the tables are found without asking this object.
  var start: UnsafePointer<Atomic<UInt>> { UnsafePointer(places) }

  /// The table at a place, or `nil` when none was made yet or the pattern has none.
  @inline(__always)
  static func table(_ place: UnsafePointer<Atomic<UInt>>) -> UnsafePointer<AutomatonTable>? {
    let word = place.pointee.load(ordering: .acquiring)
    return word <= none ? nil : UnsafePointer(bitPattern: word)
  }

  /// Makes the table of a pattern if that is still to be done.
  func prepare(_ index: Int) {
    guard places[index].load(ordering: .acquiring) == Self.empty else { return }
    let word = Self.make(patterns[index])
    let (isFirst, _) = places[index].compareExchange(
      expected: Self.empty,
      desired: word,
      ordering: .acquiringAndReleasing
    )
    if !isFirst { Self.free(word) }
  }

  private static func make(_ pattern: ECMAPattern) -> UInt {
    guard
      let bytes = try? ByteAutomaton(pattern.tree, limit: PatternMatcher.maximumAutomatonSize)
    else { return none }
    var automaton = DeterministicAutomaton(bytes)
    let isComplete =
      automaton.completed(
        maximumStates: PatternMatcher.maximumCompleteStates,
        maximumWork: PatternMatcher.maximumCompleteWork
      ) != nil
    guard isComplete else { return none }
    let stride = UInt32(automaton.stride)
    let rows = copy(automaton.table.map { $0 * stride })
    let table = AutomatonTable(
      rows: rows,
      classOfByte: copy(automaton.classes.classOfByte),
      initial: automaton.initial * stride,
      acceptingRow: DeterministicAutomaton.accepting * stride,
      endClass: automaton.stride - 1
    )
    return UInt(bitPattern: copy([table]))
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let start = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    start.initialize(from: elements, count: elements.count)
    return UnsafePointer(start)
  }

  private static func free(_ word: UInt) {
    guard word > none, let table = UnsafeMutablePointer<AutomatonTable>(bitPattern: word) else {
      return
    }
    table.pointee.rows.deallocate()
    table.pointee.classOfByte.deallocate()
    table.deallocate()
  }
}
