/// A deterministic automaton with all its states, which any number of threads may use at once.
struct CompleteAutomaton: Sendable {
  private let table: [UInt32]
  private let classOfByte: [UInt8]
  private let initial: UInt32

  /// Takes the finished table of a ``DeterministicAutomaton``.
  init(table: [UInt32], stride: Int, classOfByte: [UInt8], initial: UInt32) {
    // States are kept as the beginnings of their rows, which saves a multiplication a byte.
    self.table = table.map { $0 * UInt32(stride) }
    self.classOfByte = classOfByte
    self.initial = initial * UInt32(stride)
    acceptingRow = DeterministicAutomaton.accepting * UInt32(stride)
    endClass = stride - 1
  }

  private let acceptingRow: UInt32
  private let endClass: Int

  /// Searches a text.
  func verdict(onUTF8 bytes: UnsafeBufferPointer<UInt8>) -> MatchVerdict {
    table.withUnsafeBufferPointer { table in
      classOfByte.withUnsafeBufferPointer { classOfByte in
        var state = initial
        for byte in bytes {
          state = table[Int(state) + Int(classOfByte[Int(byte)])]
          if state <= acceptingRow { return state == acceptingRow ? .matches : .doesNotMatch }
        }
        return table[Int(state) + endClass] == acceptingRow ? .matches : .doesNotMatch
      }
    }
  }
}
