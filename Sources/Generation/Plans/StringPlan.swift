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
  /// Writes texts that meet all patterns together; `nil` where there are not several.
  private(set) var common: CommonTextWriter?

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
    let patternWriters = patterns.map { PatternWriter($0) }
    for writer in patternWriters {
      guard !writer.pattern.tree.isImpossible else {
        throw Contradiction(
          node: requirements.node(withPattern: writer.pattern),
          reason: "no text matches the pattern '\(writer.pattern.source)'"
        )
      }
      let possible = writer.textLengths
      guard possible.overlaps(least...greatest) else {
        throw Contradiction(
          node: requirements.node(withPattern: writer.pattern),
          reason: "the pattern '\(writer.pattern.source)' "
            + Self.conflict(between: possible, and: least...greatest)
        )
      }
      least = max(least, possible.lowerBound)
      greatest = min(greatest, possible.upperBound)
    }
    guard least <= options.longestString else {
      throw Contradiction(
        node: node ?? patterns.first.flatMap { requirements.node(withPattern: $0) },
        reason: "a text needs at least \(least) characters, no more than "
          + "\(options.longestString) are made",
        isLimit: true
      )
    }
    lengths = least...greatest
    let usual = max(least, min(greatest, options.maximumStringLength))
    usualLengths = least...usual
    writers =
      patternWriters.map { .pattern($0) }
      + formats.compactMap { FormatWriter.writer(of: $0).map { .format($0) } }
    isPlain =
      writers.isEmpty && avoidedPatterns.isEmpty && violatedFormats.isEmpty
      && contentEncoding == nil && contentMediaType == nil
    let isAboutPatterns = patterns.count + avoidedPatterns.count == requiredTexts
    guard isAboutPatterns, requiredTexts > 1 else { return }
    let writer = CommonTextWriter(matching: patterns, avoiding: avoidedPatterns, lengths: lengths)
    guard let writer else { return }
    guard !writer.lengths.isEmpty else {
      let all = patterns.map { "'\($0.source)'" } + avoidedPatterns.map { "not '\($0.source)'" }
      throw Contradiction(
        node: patterns.first.flatMap { requirements.node(withPattern: $0) },
        reason: "no text of an allowed length matches " + all.joined(separator: " and ")
      )
    }
    common = writer
  }

  /// How many things must be true of a text beside its length.
  private var requiredTexts: Int {
    patterns.count + avoidedPatterns.count + formats.count + violatedFormats.count
      + (contentEncoding == nil && contentMediaType == nil ? 0 : 1)
  }

  /// How the lengths of a pattern's texts and those allowed pass each other by.
  private static func conflict(
    between possible: ClosedRange<Int>,
    and allowed: ClosedRange<Int>
  ) -> String {
    possible.lowerBound > allowed.upperBound
      ? "needs at least \(possible.lowerBound) characters, no more than \(allowed.upperBound) "
        + "are allowed"
      : "allows at most \(possible.upperBound) characters, at least \(allowed.lowerBound) "
        + "are needed"
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

extension Requirements {
  /// The schema that asks for a pattern.
  fileprivate func node(withPattern pattern: ECMAPattern) -> Int? {
    own.first { $0.node.pattern == pattern }?.node.index
  }
}

extension PatternNode {
  /// Whether a class without characters stands where every match has to pass.
  fileprivate var isImpossible: Bool {
    switch self {
    case .set(let set): set.isEmpty
    case .sequence(let nodes): nodes.contains(where: \.isImpossible)
    case .alternation(let nodes): nodes.allSatisfy(\.isImpossible)
    case .repetition(let node, let bounds): bounds.minimum > 0 && node.isImpossible
    case .group(let node, index: _, name: _): node.isImpossible
    default: false
    }
  }
}
