import JSON

/// Shapes of texts that programs make of their own failures: stack traces, places in source files,
/// errors of databases.
///
/// Only shapes that nobody writes by hand; words such as "error" alone say nothing.
struct LeakShape: Sendable {
  /// What has the shape, in a few words.
  let kind: String
  /// Every match has one of these texts, of at least four bytes, none of which JSON escapes.
  let tokens: [String]
  private let pattern: String

  private init(_ kind: String, _ tokens: String..., pattern: String) {
    self.init(kind, tokens, pattern)
  }

  private init(_ kind: String, _ tokens: [String], _ pattern: String) {
    self.kind = kind
    self.tokens = tokens
    self.pattern = pattern
  }

  /// The part of a text that has the shape; `nil` when there is none.
  func match(in text: String) -> String? {
    guard tokens.contains(where: text.hasBytes), let regex = try? Regex(pattern),
      let found = try? regex.firstMatch(in: text)
    else { return nil }
    return String(text[found.range])
  }
}

extension LeakShape {
  /// Every shape, those that say most first.
  static let all: [LeakShape] = traces + panics + databases + places

  private static let traces = [
    LeakShape(
      "a Python stack trace",
      "Traceback (",
      pattern: #"Traceback \(most recent call last\)"#
    ),
    LeakShape("a Python stack trace", ", line ", pattern: #"File "[^"\n]{1,300}", line \d+"#),
    LeakShape(
      "a Java stack trace",
      [".java:", ".kt:", ".scala:", ".groovy:", ".clj:"],
      #"\bat (?:[\w$]+[./])+[\w$<>]+\([\w$]+\.(?:java|kt|scala|groovy|clj):\d+\)"#
    ),
    LeakShape(
      "a Java stack trace",
      "Exception in thread",
      pattern: #"Exception in thread "[^"\n]+""#
    ),
    LeakShape(
      "a Java exception",
      "Exception",
      "Error",
      pattern:
        #"\b(?:java|javax|jakarta|kotlin|scala|org\.springframework|org\.hibernate)"#
        + #"(?:\.[a-z]\w*)*"#
        + #"\.[A-Z][\w$]*(?:Exception|Error)\b"#
    ),
    LeakShape(
      "a JavaScript stack trace",
      scriptEndings.map { ".\($0):" },
      #"\bat (?:[^\n()]{1,120} \()?(?:file://|node:|/|[A-Za-z]:\\)[^\s()]{1,300}\.(?:"#
        + scriptEndings.joined(separator: "|") + #"):\d+:\d+"#
    ),
    LeakShape(
      "a Go stack trace",
      "goroutine ",
      pattern: #"\bgoroutine \d+ \[[a-z ,0-9]+\]:"#
    ),
    LeakShape(
      "a .NET stack trace",
      ":line ",
      pattern: #"\bin [^\n]{1,300}\.(?:cs|vb|fs):line \d+"#
    ),
    LeakShape(
      "a .NET stack trace",
      "   at ",
      pattern: #"\n {3}at (?:[\w`<>+]+\.)+[\w`<>+.\[\]]+\([^)\n]*\)"#
    ),
    LeakShape(
      "a .NET exception",
      "Exception",
      pattern: #"\b(?:System|Microsoft)(?:\.[A-Z]\w*)+Exception\b"#
    ),
    LeakShape("a Ruby stack trace", ".rb:", pattern: #"[\w/.\-]+\.rb:\d+:in ['`]"#),
    LeakShape("a PHP stack trace", ".php", pattern: #"\.php(?: on line \d+|\(\d+\): )"#),
    LeakShape("an Elixir stack trace", "** (", pattern: #"\*\* \([A-Z]\w*(?:\.\w+)*Error\) "#),
  ]

  private static let panics = [
    LeakShape(
      "a Go panic",
      "runtime error: ",
      pattern:
        #"\bruntime error: "#
        + "(?:invalid memory|index out|slice bounds|integer divide|makeslice)"
    ),
    LeakShape(
      "a Rust panic",
      "panicked at ",
      pattern: #"\bpanicked at (?:'[^'\n]*', )?[^\s:]{1,300}\.rs:\d+"#
    ),
    LeakShape(
      "a Swift trap",
      "Fatal error",
      pattern: #"[\w/.\-]+\.swift:\d+: Fatal error"#
        + #"|Fatal error: [^\n]{0,200}: file [^\s,]+\.swift, line \d+"#
    ),
  ]

  private static let databases = [
    LeakShape(
      "an error of a database",
      "SQLSTATE",
      pattern: #"\bSQLSTATE(?:\[\w{5}\]|: \w{5}\b| ?= ?\w{5}\b)"#
    ),
    LeakShape("an error of a database", "ORA-", pattern: #"\bORA-\d{5}: "#),
    LeakShape("an error of a database", "SQL syntax", pattern: "error in your SQL syntax"),
    LeakShape(
      "an error of a database",
      "syntax error",
      pattern: #"\bsyntax error at or near "|\bnear "[^"\n]{0,80}": syntax error"#
    ),
    LeakShape(
      "an error of a database",
      "constraint",
      pattern: #"violates (?:unique|foreign key|not-null|check|exclusion) constraint"#
        + #"|\b(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed"#
    ),
    LeakShape(
      "an error of a database",
      ["psycopg", "sqlite3.", "asyncpg.", "pymysql.", "sqlalchemy.", "pymongo."],
      #"\b(?:psycopg2?|sqlite3|asyncpg|pymysql|sqlalchemy|pymongo)(?:\.\w+)*"#
        + #"\.\w*(?:Error|Exception|Violation)\b"#
    ),
  ]

  private static let scriptEndings = ["js", "mjs", "cjs", "jsx", "ts", "tsx"]

  /// The endings of source files; those of one letter are too common elsewhere.
  private static let endings =
    scriptEndings + [
      "py", "java", "kt", "scala", "groovy", "clj", "go", "rs", "swift", "cs", "vb", "fs", "php",
      "rb", "ex", "exs", "erl", "cc", "cpp", "hpp", "lua", "pl",
    ]

  private static let places = [
    LeakShape(
      "a place in a source file",
      endings.map { ".\($0):" },
      #"(?:^|[^\w:/.])/(?:[\w.@+\-]+/)+[\w.@+\-]+\.(?:"# + endings.joined(separator: "|")
        + #"):\d+\b"#
    ),
    LeakShape(
      "a place in a source file",
      endings.map { ".\($0):" },
      #"\b[A-Za-z]:\\(?:[^\\\s:"]+\\)+[^\\\s:"]+\.(?:"# + endings.joined(separator: "|")
        + #"):\d+\b"#
    ),
  ]
}
