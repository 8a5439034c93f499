/// Where the lines of a text begin, so that many places of it are found quickly.
struct LineTable: Sendable {
  /// The first byte of each line.
  private let starts: [Int]

  /// Looks through a text once.
  init(_ document: JSONDocument) {
    starts = document.withText { text in
      var starts = [0]
      for (index, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
        starts.append(index + 1)
      }
      return starts
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
    let column = document.withText { text in
      text[starts[low]..<offset].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
    return SourceLocation(file: document.file, line: low + 1, column: column)
  }
}
