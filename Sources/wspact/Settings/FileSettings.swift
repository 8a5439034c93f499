import Contract
import JSON
import YAML

/// Options that stand in a settings file.
enum FileSettings {
  /// The arguments for one command, in the order of the file.
  ///
  /// - Throws: `DiagnosticsError` with every mistake of the file, whichever command it concerns.
  static func arguments(
    in file: String,
    for command: CommandSignature,
    among commands: [CommandSignature]
  ) throws -> [String] {
    let document: LocatedValue
    do {
      document = try DocumentReader.read(contentsOf: file)
    } catch {
      throw Problem(String(describing: error).replacingPrefix("error: "))
    }
    var problems: [Diagnostic] = []
    var result: [String] = []
    func report(_ pointer: JSONPointer, _ message: String) {
      problems.append(Diagnostic(.error, at: document.location(of: pointer), message))
    }
    guard let sections = document.value.objectValue else {
      throw DiagnosticsError(
        at: document.location(of: .root),
        "settings are a mapping from commands to their options, not \(document.value.kind.rawValue)"
      )
    }
    for section in sections.members {
      let pointer = JSONPointer.root.appending(section.name)
      guard let signature = commands.first(where: { $0.name == section.name }) else {
        report(
          pointer,
          "there is no command '\(section.name)'\(hint(section.name, commands.map(\.name)))"
        )
        continue
      }
      guard let options = section.value.objectValue else {
        report(
          pointer,
          "the options of '\(section.name)' are a mapping, not \(section.value.kind.rawValue)"
        )
        continue
      }
      for entry in options.members {
        let place = pointer.appending(entry.name)
        guard let option = signature.options.first(where: { $0.name == entry.name }) else {
          let names = signature.options.map(\.name)
          report(place, "'\(section.name)' has no option '\(entry.name)'\(hint(entry.name, names))")
          continue
        }
        switch arguments(for: option, entry.value) {
        case .success(let arguments): if signature.name == command.name { result += arguments }
        case .failure(let mistake): report(place, mistake.summary)
        }
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return result
  }

  private static func arguments(
    for option: CommandSignature.Option,
    _ value: JSONValue
  ) -> Result<[String], Problem> {
    switch (option.kind, value) {
    case (.flag, .bool(let isOn)):
      return .success(isOn ? ["--\(option.name)"] : [])
    case (.flag, _):
      return .failure(Problem("'\(option.name)' is true or false, not \(value.text())"))
    case (.value, .array(let items)):
      let texts = items.compactMap(text)
      guard texts.count == items.count else {
        return .failure(Problem("'\(option.name)' is a list of plain values"))
      }
      return .success(texts.flatMap { ["--\(option.name)", $0] })
    case (.value, _):
      guard let text = text(value) else {
        return .failure(Problem("'\(option.name)' is a plain value, not \(value.kind.rawValue)"))
      }
      return .success(["--\(option.name)", text])
    }
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let value): String(value)
    default: nil
    }
  }

  private static func hint(_ name: String, _ candidates: [String]) -> String {
    nearestName(to: name, in: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
