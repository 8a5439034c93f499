import JSON
import JSONSchema

/// How to make a string.
final class StringPlan {
  /// The least and greatest number of Unicode scalars.
  var lengths: ClosedRange<Int>
  /// Lengths for random strings: the same with an end that is not enormous.
  var usualLengths: ClosedRange<Int>
  var patterns: [ECMAPattern] = []
  var formats: [String] = []
  /// Patterns that must not occur.
  var avoidedPatterns: [ECMAPattern] = []
  /// Formats that must not hold; a string is made that breaks the first.
  var violatedFormats: [String] = []
  var contentEncoding: String?
  var contentMediaType: String?
  /// What writes texts for the patterns and formats, in the same order.
  var writers: [Writer] = []
  /// Whether nothing but the length matters.
  private(set) var isPlain = false

  /// What writes a text that meets one requirement.
  enum Writer {
    case pattern(PatternWriter)
    case format(FormatWriter.Write)
  }

  /// Merges what is required of a string.
  ///
  /// - Throws: Why no string meets it.
  init(_ requirements: Requirements, options: GeneratorOptions) throws(Contradiction) {
    var least = 0
    var greatest = Int.max
    var node: Int?
    for own in requirements.own {
      if let bound = own.node.minLength, own.keeps(.minLength), bound > least {
        least = bound
        node = own.node.index
      }
      if let bound = own.node.maxLength, own.keeps(.maxLength) { greatest = min(greatest, bound) }
      if let pattern = own.node.pattern, own.keeps(.pattern), !patterns.contains(pattern) {
        patterns.append(pattern)
      }
      if let format = own.node.format, own.keeps(.format), !formats.contains(format),
        FormatWriter.knows(format)
      {
        formats.append(format)
      }
      if own.keeps(.content) {
        contentEncoding = contentEncoding ?? own.node.contentEncoding
        contentMediaType = contentMediaType ?? own.node.contentMediaType
      }
    }
    for point in requirements.violations {
      guard let broken = requirements.node(of: point) else { continue }
      switch point.first.site.keyword {
      case .minLength: greatest = min(greatest, (broken.minLength ?? 1) - 1)
      case .maxLength: least = max(least, (broken.maxLength ?? 0) + 1)
      case .pattern: avoidedPatterns += [broken.pattern].compactMap { $0 }
      case .format: violatedFormats += [broken.format].compactMap { $0 }
      default: break
      }
    }
    guard least <= greatest else {
      throw Contradiction(
        node: node,
        reason: "'minLength' \(least) is above 'maxLength' \(greatest)"
      )
    }
    lengths = least...greatest
    let usual = max(least, min(greatest, options.maximumStringLength))
    usualLengths = least...usual
    writers =
      patterns.map { .pattern(PatternWriter($0)) }
      + formats.compactMap { FormatWriter.writer(of: $0).map { .format($0) } }
    isPlain =
      writers.isEmpty && avoidedPatterns.isEmpty && violatedFormats.isEmpty
      && contentEncoding == nil && contentMediaType == nil
  }

  /// Whether a string meets what is required, as far as this plan can say; formats are left to the
  /// validator.
  func accepts(_ text: String) -> Bool {
    isLengthAllowed(text) && patterns.allSatisfy { $0.isMatch(text) }
      && avoidedPatterns.allSatisfy { !$0.isMatch(text) }
  }

  private func isLengthAllowed(_ text: String) -> Bool {
    // A scalar has one to four bytes, so most texts need no counting.
    let byteCount = text.utf8.count
    if byteCount <= lengths.upperBound, byteCount / 4 >= lengths.lowerBound { return true }
    return lengths.contains(text.unicodeScalars.count)
  }
}
