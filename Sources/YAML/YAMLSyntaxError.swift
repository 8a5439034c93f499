package import JSON

/// A text that is not YAML, or that says something JSON has no value for.
package struct YAMLSyntaxError: Error, Hashable, Sendable {
  /// The ways a text can be wrong.
  package enum Reason: Hashable, Sendable {
    /// The text breaks a rule of YAML, as said in words.
    case syntax(String)
    /// A name that stands twice in one mapping, and where it stood first.
    case duplicateName(String, first: SourceLocation)
    /// An alias without an anchor before it.
    case undefinedAlias(String)
    /// A second document in the same file.
    case severalDocuments
    /// A name that is a list or a mapping.
    case structuredName
    /// A name that is an alias.
    case aliasName
    /// A number that JSON does not have.
    case notANumber(String)
    /// A tag that has no meaning here.
    case tag(String)
    /// A text that a tag says is something else.
    case mistagged(String, tag: String)
    /// A merge key whose value is neither a mapping nor a list of mappings.
    case merge
    /// Lists and mappings nested too deeply.
    case nesting(limit: Int)
    /// Aliases that make the document larger than the limit.
    case expansion(limit: Int)
  }

  /// The place to blame.
  package var location: SourceLocation
  /// What is wrong there.
  package var reason: Reason

  /// Blames a place.
  package init(location: SourceLocation, reason: Reason) {
    self.location = location
    self.reason = reason
  }
}

extension YAMLSyntaxError: CustomStringConvertible {
  /// One line: where, what was found, what would have worked.
  package var description: String { "\(location): error: \(reason)" }
}

extension YAMLSyntaxError.Reason: CustomStringConvertible {
  /// The summary after `error:`.
  package var description: String {
    switch self {
    case .syntax(let summary): summary
    case .duplicateName(let name, let first):
      "the name '\(name)' stands twice in this mapping; it was first given at "
        + "\(first.line):\(first.column)"
    case .undefinedAlias(let name): "the alias '*\(name)' has no anchor '&\(name)' before it"
    case .severalDocuments: "a second document begins here; expected one document in the file"
    case .structuredName: "a list or mapping as a name; expected text"
    case .aliasName: "an alias as a name; write the name out"
    case .notANumber(let text): "'\(text)' has no JSON value; quote it if text is meant"
    case .tag(let tag): "the tag '\(tag)' has no meaning here; expected none, or one such as !!str"
    case .mistagged(let text, let tag): "'\(text)' is no \(tag)"
    case .merge: "'<<' merges mappings; expected an alias of a mapping, or a list of those"
    case .nesting(let limit): "more than \(limit) lists and mappings in each other"
    case .expansion(let limit):
      "the aliases make the document larger than the limit of \(limit) values"
    }
  }
}
