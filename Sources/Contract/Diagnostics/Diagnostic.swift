package import JSON

/// A problem in a file that the user wrote: where, how bad, and what would have worked.
package struct Diagnostic: Hashable, Sendable {
  /// How bad a problem is.
  package enum Severity: String, Sendable, CaseIterable {
    /// The file cannot be used as it stands.
    case error
    /// The file can be used, but not as its author meant.
    case warning
    /// Something worth knowing about another diagnostic.
    case note
  }

  /// How bad it is.
  package var severity: Severity
  /// Where it is; `nil` only when no file is to blame.
  package var location: SourceLocation?
  /// The name of the rule that found it, for switching it off.
  package var rule: String?
  /// One sentence: lower case, no full stop, the value found, what would have worked.
  package var message: String

  /// States a problem.
  package init(
    _ severity: Severity,
    at location: SourceLocation?,
    rule: String? = nil,
    _ message: String
  ) {
    self.severity = severity
    self.location = location
    self.rule = rule
    self.message = message
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message`, with the rule behind it in brackets.
  package var description: String {
    let place = location.map { "\($0): " } ?? ""
    let suffix = rule.map { " [\($0)]" } ?? ""
    return "\(place)\(severity.rawValue): \(message)\(suffix)"
  }
}

/// Why a file could not be used: every problem that was found in it, in order of position.
package struct DiagnosticsError: Error, Hashable, Sendable {
  /// The problems; at least one is an error.
  package var diagnostics: [Diagnostic]

  /// Collects problems.
  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// One error at one place.
  package init(at location: SourceLocation?, _ message: String) {
    self.init([Diagnostic(.error, at: location, message)])
  }
}

extension DiagnosticsError: CustomStringConvertible {
  /// One line for each problem.
  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
