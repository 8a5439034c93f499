import JSON
import Yams

/// Puts the parser's problems into words that say where and what to do.
struct YAMLProblem {
  let text: String
  let file: String

  /// The error for a problem.
  func error(_ problem: YamlError) -> YAMLSyntaxError {
    switch problem {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      return syntaxError(problem, at: mark, context: context)
    case .composer(_, let problem, let mark, _):
      guard problem.contains("alias") else {
        return YAMLSyntaxError(location: location(mark), reason: .severalDocuments)
      }
      let name = line(mark).dropFirst(mark.column).prefix { !" \t,]}:".contains($0) }
      return YAMLSyntaxError(location: location(mark), reason: .undefinedAlias(String(name)))
    case .reader(_, let offset, let value, _):
      return readerError(offset: offset ?? 0, value: value)
    case .duplicatedKeysInMapping(let names, let context):
      return DuplicateName(text: text, file: file)
        .error(name: names.first ?? "", first: context.mark)
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return YAMLSyntaxError(
        location: SourceLocation(file: file),
        reason: .syntax("the text cannot be read as YAML")
      )
    }
  }

  private func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }

  /// The line of a place.
  private func line(_ mark: Mark) -> Substring {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst(mark.line - 1).first ?? ""
  }

  private func character(at mark: Mark) -> Unicode.Scalar? {
    line(mark).unicodeScalars.dropFirst(mark.column - 1).first
  }

  /// A character that YAML does not allow anywhere.
  private func readerError(offset: Int, value: Int32) -> YAMLSyntaxError {
    let before = text.prefix(offset)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    let code = String(value, radix: 16, uppercase: true)
    let padding = String(repeating: "0", count: max(0, 4 - code.count))
    return YAMLSyntaxError(
      location: SourceLocation(
        file: file,
        line: max(lines.count, 1),
        column: (lines.last?.unicodeScalars.count ?? 0) + 1
      ),
      reason: .syntax(
        "U+\(padding)\(code) may not stand in YAML; write it as an escape in double quotes"
      )
    )
  }

  private func syntaxError(
    _ problem: String,
    at mark: Mark,
    context: YamlError.Context?
  ) -> YAMLSyntaxError {
    if problem.hasPrefix("Maximum nesting level") {
      return YAMLSyntaxError(location: location(mark), reason: .nesting(limit: 1000))
    }
    // An unclosed quote is better found where it opens than where the text ends.
    if problem == "found unexpected end of stream", let context {
      return YAMLSyntaxError(
        location: location(context.mark),
        reason: .syntax("the quoted text has no closing quote")
      )
    }
    let summary = Self.words[problem] ?? problem
    return YAMLSyntaxError(
      location: location(mark),
      reason: .syntax(
        problem == "found character that cannot start any token"
          ? startSummary(character(at: mark)) : summary + begin(context, mark)
      )
    )
  }

  /// Where the list or mapping began that went wrong, when that helps.
  private func begin(_ context: YamlError.Context?, _ mark: Mark) -> String {
    guard let context, context.mark.line != mark.line, context.text.hasPrefix("while parsing")
    else { return "" }
    return " in what begins at \(context.mark.line):\(context.mark.column)"
  }

  private func startSummary(_ character: Unicode.Scalar?) -> String {
    switch character {
    case "\t": "a tab; YAML indents with spaces"
    case "@", "`", "%": "text may not begin with '\(character ?? " ")'; quote it"
    default: "a character that begins nothing; quote the text"
    }
  }

  private static let words = [
    "mapping values are not allowed in this context":
      "a ':' that makes no mapping here; quote the text or check the indentation",
    "did not find expected key": "expected a name here; check the indentation",
    "could not find expected ':'": "expected ':' after the name on the line before",
    "did not find expected '-' indicator": "expected '-' here; check the indentation",
    "block sequence entries are not allowed in this context":
      "a '-' that begins no list here; put it on its own line or quote the text",
    "block mapping entries are not allowed in this context":
      "a mapping may not begin here; put it on its own line",
    "mapping keys are not allowed in this context":
      "a '?' that begins no name here; quote the text",
    "did not find expected ',' or ']'": "expected ',' or ']'",
    "did not find expected ',' or '}'": "expected ',' or '}'",
    "did not find expected node content": "expected a value here",
    "did not find expected <document start>": "expected the end of the document or '---'",
    "found unknown escape character": "a backslash before a character that it does not escape",
    "did not find expected hexdecimal number": "expected hexadecimal digits in the escape",
    "found undefined tag handle": "the tag has a handle that no %TAG line explains",
    "found incompatible YAML document": "the file wants a YAML version other than 1.1 or 1.2",
    "found unexpected document indicator": "'---' or '...' inside quoted text",
    "did not find expected alphabetic or numeric character":
      "expected a name after '*' or '&'; quote the text if none is meant",
    "found a tab character where an indentation space is expected":
      "a tab; YAML indents with spaces",
    "found a tab character that violates indentation": "a tab; YAML indents with spaces",
    "found duplicate %YAML directive": "a second %YAML line",
    "found duplicate %TAG directive": "a second %TAG line for the same handle",
  ]
}
