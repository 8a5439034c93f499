/// Long texts as parts that are repeated, so that a scenario stays readable: 100,000 brackets take a
/// line.
enum TextPieces {
  /// A part, and how often it stands there.
  struct Piece: Hashable {
    var text: String
    var count: Int
  }

  /// Texts of so many bytes are written as they are.
  static let maximumPlain = 1_000
  /// The longest part that is looked for, in bytes.
  static let longestUnit = 8
  /// How many times a part has to stand there.
  static let leastCount = 64
  /// The most parts that a text is divided into.
  static let maximumPieces = 16
  /// The longest text that parts may make, in bytes.
  static let maximumBytes = 64 << 20

  /// The parts of a text; `nil` for a short one and one that is not made of few parts.
  static func pieces(of text: String) -> [Piece]? {
    let bytes = Array(text.utf8)
    guard bytes.count > maximumPlain else { return nil }
    var pieces: [Piece] = []
    var plain = 0
    var place = 0
    func cut(to end: Int) {
      guard plain < end else { return }
      pieces.append(Piece(text: String(decoding: bytes[plain..<end], as: UTF8.self), count: 1))
    }
    while place < bytes.count {
      guard let (unit, count) = run(in: bytes, at: place) else {
        place += 1
        continue
      }
      cut(to: place)
      let end = place + unit
      let text = String(decoding: bytes[place..<end], as: UTF8.self)
      pieces.append(Piece(text: text, count: count))
      place += unit * count
      plain = place
      guard pieces.count <= maximumPieces else { return nil }
    }
    cut(to: bytes.count)
    let isShort = pieces.reduce(0) { $0 + $1.text.utf8.count } <= maximumPlain
    return isShort && self.text(of: pieces) == text ? pieces : nil
  }

  /// The text that parts make; `nil` when it would be longer than ``maximumBytes``.
  static func text(of pieces: [Piece]) -> String? {
    var total = 0
    for piece in pieces {
      let (bytes, overflow) = piece.text.utf8.count.multipliedReportingOverflow(by: piece.count)
      guard !overflow, bytes <= maximumBytes - total else { return nil }
      total += bytes
    }
    return pieces.map { String(repeating: $0.text, count: $0.count) }.joined()
  }

  /// The shortest part that is repeated from a place on.
  private static func run(in bytes: [UInt8], at place: Int) -> (unit: Int, count: Int)? {
    for unit in 1...longestUnit where place + unit * leastCount <= bytes.count {
      var end = place + unit
      while end < bytes.count, bytes[end] == bytes[end - unit] { end += 1 }
      let count = (end - place) / unit
      if count >= leastCount { return (unit, count) }
    }
    return nil
  }
}
