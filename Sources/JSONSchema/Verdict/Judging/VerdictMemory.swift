/// What the instructions that lead to other schemas came to, for schemas that lead to the same one in
/// many ways.
///
/// Without it, thirty schemas that each name the next one twice would take a billion steps. Nothing
/// is kept before a text has cost more steps than reasonable schemas need.
struct VerdictMemory {
  /// How many steps cost nothing more, whatever the size of the text.
  static let freeSteps = 20_000

  /// How many steps are left before verdicts are kept.
  var freeSteps: Int
  /// What is kept; nothing for nearly all texts, which so pay nothing for it.
  private var store: Store?

  /// An instruction and a value.
  struct Place: Hashable {
    var instruction: UInt32
    var node: UInt32
  }

  /// What was found.
  final class Store {
    /// How many verdicts and words of notes are kept at a time.
    private static let maximumSize = 1 << 20

    private var verdicts: [Place: Bool] = [:]
    private var notes: [Place: [UInt64]?] = [:]
    private var noteSize = 0

    func verdict(_ place: Place) -> Bool? { verdicts[place] }

    func keep(_ verdict: Bool, _ place: Place) {
      if verdicts.count >= Self.maximumSize { verdicts.removeAll() }
      verdicts[place] = verdict
    }

    /// What was looked at where the instruction accepted; `.some(nil)` where it did not.
    func notes(_ place: Place) -> [UInt64]?? { notes[place] }

    func keep(notes words: [UInt64]?, _ place: Place) {
      noteSize += 1 + (words?.count ?? 0)
      if noteSize >= Self.maximumSize {
        notes.removeAll()
        noteSize = 0
      }
      notes.updateValue(words, forKey: place)
    }
  }

  init(freeSteps: Int) { self.freeSteps = freeSteps }

  /// What is kept, from now on.
  mutating func kept() -> Store {
    if let store { return store }
    let store = Store()
    self.store = store
    return store
  }
}

extension Verdict {
  /// Carries out an instruction that leads to other schemas, or remembers what it came to.
  @inline(__always)
  func once(
    _ instruction: UnsafePointer<Instruction>,
    _ node: Int,
    _ judge: () -> Bool
  ) -> Bool {
    let memory = frame.pointee.memory
    memory.pointee.freeSteps &-= 1
    if memory.pointee.freeSteps >= 0 { return judge() }
    return remembered(place(instruction, node), judge)
  }

  /// The same for a whole list of instructions.
  func onceAll(_ list: UInt32, _ node: Int, _ judge: () -> Bool) -> Bool {
    let memory = frame.pointee.memory
    memory.pointee.freeSteps &-= 1
    if memory.pointee.freeSteps >= 0 { return judge() }
    // A list is not its first instruction.
    let place = VerdictMemory.Place(instruction: ~list, node: UInt32(truncatingIfNeeded: node))
    return remembered(place, judge)
  }

  @inline(never)
  private func remembered(_ place: VerdictMemory.Place, _ judge: () -> Bool) -> Bool {
    let store = frame.pointee.memory.pointee.kept()
    if let known = store.verdict(place) { return known }
    let verdict = judge()
    store.keep(verdict, place)
    return verdict
  }

  /// The same for an instruction that takes notes.
  @inline(__always)
  func once(
    _ instruction: UnsafePointer<Instruction>,
    _ node: Int,
    _ notes: Notes,
    _ judge: (Notes) -> Bool
  ) -> Bool {
    let memory = frame.pointee.memory
    memory.pointee.freeSteps &-= 1
    if memory.pointee.freeSteps >= 0 { return judge(notes) }
    return remembered(place(instruction, node), notes, judge)
  }

  @inline(never)
  private func remembered(
    _ place: VerdictMemory.Place,
    _ notes: Notes,
    _ judge: (Notes) -> Bool
  ) -> Bool {
    let store = frame.pointee.memory.pointee.kept()
    if let known = store.notes(place) {
      guard let words = known else { return false }
      for index in words.indices { notes.words[index] |= words[index] }
      return true
    }
    var words = [UInt64](repeating: 0, count: notes.words.count)
    let verdict = words.withUnsafeMutableBufferPointer { judge(Notes(words: $0)) }
    store.keep(notes: verdict ? words : nil, place)
    guard verdict else { return false }
    for index in words.indices { notes.words[index] |= words[index] }
    return true
  }

  private func place(
    _ instruction: UnsafePointer<Instruction>,
    _ node: Int
  ) -> VerdictMemory.Place {
    VerdictMemory.Place(
      instruction: UInt32(truncatingIfNeeded: instruction - tables.pointee.instructions),
      node: UInt32(truncatingIfNeeded: node)
    )
  }
}
