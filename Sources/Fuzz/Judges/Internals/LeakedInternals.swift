import JSON

/// Looks for texts that programs make of their own failures.
enum LeakedInternals {
  /// A text that should have stayed in a log.
  struct Match: Hashable, Sendable {
    /// What it is, in a few words.
    var kind: String
    /// The text that gives it away.
    var excerpt: String
  }

  /// The longest text that is looked at, in bytes; a longer one has its trace at the beginning.
  static let maximumBytes = 16_384

  /// What in a text should have stayed in a log; `nil` when there is nothing.
  static func match(in text: String) -> Match? {
    LeakShape.all.lazy.compactMap { shape in
      shape.match(in: text).map { Match(kind: shape.kind, excerpt: $0) }
    }.first
  }

  /// Whether a message may have anything of the kind in it: one pass over its bytes, no more.
  ///
  /// - Parameter bytes: A text as it was sent, JSON with its escapes included.
  /// - Returns: `true` where ``match(in:)`` is worth its time.
  static func isPossible(in bytes: [UInt8]) -> Bool {
    beginnings.withUnsafeBufferPointer { beginnings in
      bytes.withUnsafeBufferPointer { bytes in
        var word: UInt32 = 0
        for place in 0..<min(bytes.count, maximumBytes) {
          word = word << 8 | UInt32(bytes[place])
          let slot = slot(of: word)
          if beginnings[slot >> 6] >> UInt64(slot & 63) & 1 != 0, place >= 3,
            hasToken(bytes, at: place - 3)
          {
            return true
          }
        }
        return false
      }
    }
  }

  private static let tokens = Set(LeakShape.all.flatMap(\.tokens)).sorted().map { Array($0.utf8) }

  /// A bit for each value that the first four bytes of a token may have, by ``slot(of:)``.
  private static let beginnings: [UInt64] = {
    var bits = [UInt64](repeating: 0, count: 1_024)
    for token in tokens {
      let slot = slot(of: token.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
      bits[slot >> 6] |= 1 << UInt64(slot & 63)
    }
    return bits
  }()

  /// Where four bytes stand in ``beginnings``: 16 bits of a multiplicative hash.
  private static func slot(of word: UInt32) -> Int { Int((word &* 0x9E37_79B1) >> 16) }

  private static func hasToken(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    tokens.contains { token in
      place + token.count <= bytes.count
        && token.indices.allSatisfy { bytes[place + $0] == token[$0] }
    }
  }
}

extension JSONValue {
  /// Every text in it, the names of members included.
  var texts: [String] {
    switch self {
    case .null, .bool, .number: []
    case .string(let text): [text]
    case .array(let items): items.flatMap(\.texts)
    case .object(let object): object.members.flatMap { [$0.name] + $0.value.texts }
    }
  }
}
