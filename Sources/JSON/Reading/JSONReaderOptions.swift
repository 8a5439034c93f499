/// What a reader accepts beyond or below RFC 8259.
package struct JSONReaderOptions: Hashable, Sendable {
  /// What to do with an escape such as `\ud800` that has no other half and so names no character.
  package enum LoneSurrogates: Hashable, Sendable {
    /// The text is refused, with the position.
    case refused
    /// It reads as U+FFFD, the replacement character.
    case replaced
  }

  /// How deep arrays and objects may be nested; 512 by default, and never above 4,000.
  package var maximumDepth: Int
  /// How long a text may be; 1 GiB by default, and never 4 GiB or more.
  package var maximumBytes: Int
  /// What to do with half a surrogate pair.
  package var loneSurrogates: LoneSurrogates
  /// Whether a byte order mark at the start is skipped; by default it is an error.
  package var allowsByteOrderMark: Bool

  /// Strict RFC 8259 with the default limits.
  package static let strict = JSONReaderOptions()

  /// Takes options, each with its default.
  package init(
    maximumDepth: Int = 512,
    maximumBytes: Int = 1 << 30,
    loneSurrogates: LoneSurrogates = .refused,
    allowsByteOrderMark: Bool = false
  ) {
    self.maximumDepth = min(maximumDepth, 4000)
    self.maximumBytes = min(maximumBytes, Int(UInt32.max) - 64)
    self.loneSurrogates = loneSurrogates
    self.allowsByteOrderMark = allowsByteOrderMark
  }
}
