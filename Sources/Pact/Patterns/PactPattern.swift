import JSONSchema
import Synchronization

/// The regular expression of a `regex` matcher, which must fit a whole text.
///
/// Contracts are written for Oniguruma in its Ruby syntax (Rust, and what sits on it) or for Java;
/// patterns are rewritten to ECMA-262, keeping what `\w`, `\d`, `\s` and `.` mean there.
///
/// Spec: Pact V4 "Matching Rules", `regex`.
package struct PactPattern: Sendable, Hashable {
  /// The text as it stands in the contract.
  package let source: String
  private let expression: ECMAPattern

  /// Reads a pattern.
  ///
  /// - Throws: ``PactPatternError`` when it is no pattern, or uses something that has no counterpart
  ///   (possessive quantifiers, atomic groups, nested character classes).
  package init(_ source: String) throws(PactPatternError) {
    self.source = source
    var rewriter = PatternRewriter(source)
    let body = try rewriter.rewrite()
    do {
      expression = try ECMAPattern("^(?:\(body))$")
    } catch {
      throw PactPatternError(pattern: source, reason: error.reason)
    }
  }

  /// How many patterns are kept ready; contracts use the same few again and again, and the first text
  /// costs a thousand times as much as the next.
  private static let maximumCached = 1_000
  private static let cache = Mutex<[String: PactPattern]>([:])

  /// A pattern that was used before, or reads it.
  ///
  /// - Throws: As ``init(_:)``.
  package static func cached(_ source: String) throws(PactPatternError) -> PactPattern {
    if let known = cache.withLock({ $0[source] }) { return known }
    let pattern = try PactPattern(source)
    cache.withLock { cache in
      if cache.count >= maximumCached { cache = [:] }
      cache[source] = pattern
    }
    return pattern
  }

  /// Whether the whole text fits; a pattern that is too costly to decide does not fit.
  package func fits(_ text: String) -> Bool { expression.isMatch(text) }

  /// How many texts are tried before a pattern is given up: 100.
  private static let maximumAttempts = 100

  /// A text that fits, or `nil` when none is found.
  func sample(from stream: RandomStream) -> String? {
    var writer = PatternSample(stream)
    for _ in 0..<Self.maximumAttempts {
      let text = writer.write(expression.tree)
      if fits(text) { return text }
    }
    return nil
  }
}

/// A text that is no usable pattern.
package struct PactPatternError: Error, Sendable, Hashable {
  /// The text.
  package var pattern: String
  /// What is wrong, in words, without a full stop.
  package var reason: String
}

extension PactPatternError: CustomStringConvertible {
  /// One sentence with the pattern.
  package var description: String { "'\(pattern)' is no usable regular expression: \(reason)" }
}
