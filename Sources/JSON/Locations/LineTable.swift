/// Where the lines of a text begin, so that many places of it are found quickly, however long its
/// lines are.
struct LineTable: Sendable {
  /// How many bytes apart characters are counted.
  private static let stride = 1_024

  /// The first byte of each line.
  private let starts: [Int]
  /// How many characters begin before each multiple of the stride.
  private let counts: [Int]

  /// Looks through a text once.
  init(_ document: JSONDocument) {
    (starts, counts) = document.withText { text in
      var starts = [0]
      var counts: [Int] = []
      var count = 0
      for (index, byte) in text.enumerated() {
        if index.isMultiple(of: Self.stride) { counts.append(count) }
        if byte & 0xC0 != 0x80 { count += 1 }
        if byte == UInt8(ascii: "\n") { starts.append(index + 1) }
      }
      if text.count.isMultiple(of: Self.stride) { counts.append(count) }
      return (starts, counts)
    }
  }

  /// The place of a byte.
  func location(atByte offset: Int, of document: JSONDocument) -> SourceLocation {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = document.withText {
      characters(before: offset, in: $0) - characters(before: starts[low], in: $0) + 1
    }
    return SourceLocation(file: document.file, line: low + 1, column: column)
  }

  /// How many characters begin before a byte.
  private func characters(before offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    let stride = offset / Self.stride
    return text[stride * Self.stride..<offset].reduce(counts[stride]) {
      $1 & 0xC0 == 0x80 ? $0 : $0 + 1
    }
  }
}
