import JSON
import Synchronization

/// A schema as instructions, for judging many values fast.
///
/// All tables are plain memory that is written before anyone else sees the program and never again,
/// which is what makes it safe to share.
final class VerdictProgram: @unchecked Sendable {
  /// What the program consists of while it is being built.
  struct Parts {
    var instructions: [Instruction] = []
    var blocks: [Block] = []
    var blockList: [UInt32] = []
    var numberRules: [NumberRule] = []
    var arrayRules: [ArrayRule] = []
    var containsRules: [ContainsRule] = []
    var objectRules: [ObjectRule] = []
    var patternMembers: [PatternMember] = []
    var selectRules: [SelectRule] = []
    var conditionRules: [ConditionRule] = []
    var nameTables: [NameTable] = []
    var nameEntries: [NameEntry] = []
    var nameBuckets: [UInt32] = []
    var names: [NameEntry] = []
    var nameBytes: [UInt8] = []
    var numbers: [PreparedNumber] = []
    var powersOfTen: [Double] = [
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    ]
    var patterns: [ECMAPattern] = []
    var patternRules: [PatternRule] = []
    var characterRuns: [CharacterRunRule] = []
    var characterClasses: [UInt64] = Array(repeating: 0, count: 256)
    var contents: [ContentCheck] = []
    var constants: [JSONDocument] = []
    var formats: [StringFormat] = []
  }

  /// The same as plain memory.
  struct Tables {
    var instructions: UnsafePointer<Instruction>
    var blocks: UnsafePointer<Block>
    var blockList: UnsafePointer<UInt32>
    var numberRules: UnsafePointer<NumberRule>
    var arrayRules: UnsafePointer<ArrayRule>
    var containsRules: UnsafePointer<ContainsRule>
    var objectRules: UnsafePointer<ObjectRule>
    var patternMembers: UnsafePointer<PatternMember>
    var selectRules: UnsafePointer<SelectRule>
    var conditionRules: UnsafePointer<ConditionRule>
    var nameTables: UnsafePointer<NameTable>
    var nameEntries: UnsafePointer<NameEntry>
    var nameBuckets: UnsafePointer<UInt32>
    var names: UnsafePointer<NameEntry>
    var nameBytes: UnsafePointer<UInt8>
    var numbers: UnsafePointer<PreparedNumber>
    var powersOfTen: UnsafePointer<Double>
    var patterns: UnsafePointer<ECMAPattern>
    var patternRules: UnsafePointer<PatternRule>
    var characterRuns: UnsafePointer<CharacterRunRule>
    /// For each byte the classes of character runs that have it.
    var characterClasses: UnsafePointer<UInt64>
    /// The automatons of the patterns.
    var automatons: UnsafePointer<Atomic<UInt>>
    var contents: UnsafePointer<ContentCheck>
    var constants: UnsafePointer<JSONDocument>
    var formats: UnsafePointer<StringFormat>
  }

  let tables: UnsafePointer<Tables>
  /// The block of the schema itself.
  let root: Int
  let automatons: AutomatonTables
  private let releases: [() -> Void]

  init(_ parts: Parts, root: Int) {
    var releases: [() -> Void] = []
    func freeze<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
      let start = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      start.initialize(from: elements, count: elements.count)
      releases.append {
        start.deinitialize(count: elements.count)
        start.deallocate()
      }
      return UnsafePointer(start)
    }
    automatons = AutomatonTables(parts.patterns)
    // Names are read in words, past their end.
    let padded = parts.nameBytes + [UInt8](repeating: 0, count: 8)
    let tables = Tables(
      instructions: freeze(parts.instructions),
      blocks: freeze(parts.blocks),
      blockList: freeze(parts.blockList),
      numberRules: freeze(parts.numberRules),
      arrayRules: freeze(parts.arrayRules),
      containsRules: freeze(parts.containsRules),
      objectRules: freeze(parts.objectRules),
      patternMembers: freeze(parts.patternMembers),
      selectRules: freeze(parts.selectRules),
      conditionRules: freeze(parts.conditionRules),
      nameTables: freeze(parts.nameTables),
      nameEntries: freeze(parts.nameEntries),
      nameBuckets: freeze(parts.nameBuckets),
      names: freeze(parts.names),
      nameBytes: freeze(padded),
      numbers: freeze(parts.numbers),
      powersOfTen: freeze(parts.powersOfTen),
      patterns: freeze(parts.patterns),
      patternRules: freeze(parts.patternRules),
      characterRuns: freeze(parts.characterRuns),
      characterClasses: freeze(parts.characterClasses),
      automatons: automatons.start,
      contents: freeze(parts.contents),
      constants: freeze(parts.constants),
      formats: freeze(parts.formats)
    )
    self.tables = freeze([tables])
    self.root = root
    self.releases = releases
  }

  deinit {
    for release in releases { release() }
  }
}
