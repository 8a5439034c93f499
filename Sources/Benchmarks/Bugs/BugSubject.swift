import ReferenceProviders

/// A provider to fuzz, and what is known about it.
struct BugSubject {
  /// What should come out.
  enum Expectation {
    /// A finding; `optimum` is the least number of messages that shows it, where that is known.
    case finding(kind: BugClass, optimum: Int?)
    /// No finding.
    case nothing
  }

  /// The example system (`chat`), whose document is fuzzed.
  let system: String
  /// The bug, the decoy, or what runs the provider.
  let name: String
  /// How the provider is started.
  let command: String
  let expectation: Expectation

  /// The name of the row.
  var title: String { "\(system) \(name)" }

  /// The document.
  var specification: String { "fixtures/\(system)/asyncapi.yml" }

  /// Every bug, decoy and correct provider that can be started here.
  ///
  /// - Parameter python: An interpreter with what the Python providers need; `nil` leaves them out.
  /// - Returns: The bugs of one system after the other, then what must not be blamed.
  static func all(python: String?) -> [BugSubject] {
    var subjects = ChatBug.allCases.map {
      bug("chat", $0.rawValue, $0.kind, $0.optimum)
    }
    subjects += DeskBug.allCases.map { bug("desk", $0.rawValue, $0.kind, $0.optimum) }
    subjects += DeskDecoy.allCases.map { decoy in
      let name = decoy.rawValue
      return correct("desk", "decoy \(name)", "wspact-provider desk --port 0 --decoy \(name)")
    }
    subjects.append(correct("chat", "without bug", "wspact-provider chat --port 0"))
    subjects.append(correct("desk", "without bug", "wspact-provider desk --port 0"))
    if let python {
      for (name, file) in [
        ("on FastAPI", "fastapi/app.py"), ("on Python's websockets", "websockets_provider.py"),
      ] {
        subjects.append(correct("chat", name, "\(python) fixtures/chat/\(file) --port 0"))
      }
    }
    return subjects
  }

  private static func bug(
    _ system: String,
    _ name: String,
    _ kind: BugClass,
    _ optimum: Int?
  ) -> BugSubject {
    BugSubject(
      system: system,
      name: name,
      command: "wspact-provider \(system) --port 0 --bug \(name)",
      expectation: .finding(kind: kind, optimum: optimum)
    )
  }

  private static func correct(_ system: String, _ name: String, _ command: String) -> BugSubject {
    BugSubject(system: system, name: name, command: command, expectation: .nothing)
  }
}
