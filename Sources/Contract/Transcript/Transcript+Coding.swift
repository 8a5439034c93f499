import JSON

/// A transcript that was read from a file, and what was remarkable about the file.
package struct ReadTranscript: Sendable, Hashable {
  /// The events.
  package var transcript: Transcript
  /// Whether the last line was cut off, as it is when the writing process was killed; that line is
  /// left out.
  package var isTorn: Bool
  /// Remarks, none of them an error: the torn line, and events that are missing in the numbering.
  package var diagnostics: [Diagnostic]
}

extension Transcript {
  /// The transcript as JSON Lines, one event a line.
  package var jsonLines: [UInt8] { events.flatMap(\.jsonLine) }

  /// Reads a transcript from JSON Lines; empty lines are passed over.
  ///
  /// - Throws: Every line that is no event, each with its place; a last line without a line break,
  ///   or before nothing but empty lines, is taken for torn instead.
  package static func read(
    _ bytes: [UInt8],
    file: String
  ) throws(DiagnosticsError) -> ReadTranscript {
    let collector = DiagnosticCollector()
    var events: [TranscriptEvent] = []
    var isTorn = false
    var lineNumber = 0
    var rest = withoutFiller(bytes)
    while !rest.isEmpty {
      lineNumber += 1
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(line.count)
      let isComplete = rest.popFirst() != nil
      guard !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) else { continue }
      let attempt = DiagnosticCollector()
      let event = TranscriptLine(bytes: Array(line), number: lineNumber, file: file).read(attempt)
      if let event {
        checkNumber(of: event, after: events.last, line: lineNumber, file: file, collector)
        events.append(event)
      } else if !isComplete {
        isTorn = true
        collector.warn(
          at: SourceLocation(file: file, line: lineNumber),
          "the last line is cut off after \(line.count) bytes and is left out"
        )
      } else {
        for diagnostic in attempt.sorted(first: file) { collector.add(diagnostic) }
      }
    }
    let diagnostics = collector.sorted(first: file)
    guard !collector.hasErrors else { throw DiagnosticsError(diagnostics) }
    return ReadTranscript(
      transcript: Transcript(events: events),
      isTorn: isTorn,
      diagnostics: diagnostics
    )
  }

  /// The bytes without the empty lines that keep room for more in a journal that is being written.
  private static func withoutFiller(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let end = bytes.lastIndex { $0 != UInt8(ascii: "\n") }.map { $0 + 1 } ?? 0
    return bytes.count - end > 1 ? bytes[..<end] : bytes[...]
  }

  private static func checkNumber(
    of event: TranscriptEvent,
    after previous: TranscriptEvent?,
    line: Int,
    file: String,
    _ collector: DiagnosticCollector
  ) {
    let expected = (previous?.number ?? 0) + 1
    guard event.number != expected else { return }
    collector.warn(
      at: SourceLocation(file: file, line: line),
      "event \(event.number) where \(expected) was expected; events are missing or out of order"
    )
  }
}

/// One line of a transcript file.
private struct TranscriptLine {
  let bytes: [UInt8]
  let number: Int
  let file: String

  private static let kinds = [
    "opened", "refused", "sent", "received", "closed", "providerState", "providerStarted",
    "providerExited", "stalled", "missed", "note",
  ]

  /// The event, or `nil` with errors.
  func read(_ collector: DiagnosticCollector) -> TranscriptEvent? {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: bytes, file: file)
    } catch {
      collector.error(at: onThisLine(error.location), "\(error.reason)")
      return nil
    }
    let inner = DiagnosticCollector()
    let event = read(DocumentCursor(LocatedValue(document), collector: inner))
    for diagnostic in inner.sorted(first: file) {
      var moved = diagnostic
      moved.location = diagnostic.location.map(onThisLine)
      collector.add(moved)
    }
    return collector.hasErrors ? nil : event
  }

  /// A place in the line as a place in the file.
  private func onThisLine(_ location: SourceLocation) -> SourceLocation {
    SourceLocation(file: file, line: number, column: location.column)
  }

  private func read(_ root: DocumentCursor) -> TranscriptEvent? {
    let owner = "an event"
    let common = ["number", "nanoseconds", "connection", "step"]
    guard root.checkMembers(common + Self.kinds, of: owner) else { return nil }
    let number = root.required("number", of: owner)?.int(in: 1...Int.max)
    let nanoseconds = root.required("nanoseconds", of: owner)?.int(in: 0...Int.max)
    let given = Self.kinds.compactMap { root[$0] }
    guard let content = given.first, given.count == 1 else {
      let found = given.isEmpty ? "none" : listed(given.map(\.name), joinedBy: "and")
      root.error("an event has one of \(listed(Self.kinds)); found \(found)")
      return nil
    }
    guard let number, let nanoseconds, let kind = kind(content) else { return nil }
    return TranscriptEvent(
      number: number,
      nanoseconds: Int64(nanoseconds),
      connection: root["connection"].flatMap { $0.string() },
      step: root["step"].flatMap { $0.int(in: 1...Int.max) },
      kind: kind
    )
  }

  private func kind(_ content: DocumentCursor) -> TranscriptEvent.Kind? {
    switch content.name {
    case "opened": handshake(content).map { .opened($0) }
    case "sent": frame(content).map { .sent($0) }
    case "received": frame(content).map { .received($0) }
    case "closed": closure(content).map { .closed($0) }
    case "missed": content.string().map { .missed($0) }
    case "note": content.string().map { .note($0) }
    case "refused": refusal(content)
    case "providerState": providerState(content)
    default: process(content)
    }
  }
}

// MARK: - What was seen

extension TranscriptLine {
  private func handshake(_ content: DocumentCursor) -> TranscriptHandshake? {
    let owner = "a handshake"
    guard content.checkMembers(["target", "subprotocol", "status"], of: owner) else { return nil }
    let target = content.required("target", of: owner)?.string()
    let status = content.required("status", of: owner)?.int(in: 0...Int.max)
    guard let target, let status else { return nil }
    return TranscriptHandshake(
      target: target,
      subprotocol: content["subprotocol"].flatMap { $0.string() },
      status: status
    )
  }

  private func refusal(_ content: DocumentCursor) -> TranscriptEvent.Kind? {
    let owner = "a refusal"
    guard content.checkMembers(["status", "reason"], of: owner) else { return nil }
    let status = content["status"].flatMap { $0.int(in: 0...Int.max) }
    return content.required("reason", of: owner)?.string().map {
      .refused(status: status, reason: $0)
    }
  }

  private func frame(_ content: DocumentCursor) -> TranscriptFrame? {
    let owner = "a frame"
    guard content.checkMembers(["opcode", "final", "text", "base64"], of: owner) else { return nil }
    let opcode = content.required("opcode", of: owner).flatMap {
      choice($0, TranscriptFrame.Opcode.allCases)
    }
    let payload: [UInt8]? =
      if let text = content["text"] {
        text.string().map { Array($0.utf8) }
      } else {
        content.required("base64", of: owner)?.base64()
      }
    let isFinal = content["final"].flatMap { $0.bool() } ?? true
    guard let opcode, let payload else { return nil }
    return TranscriptFrame(opcode, payload: payload, isFinal: isFinal)
  }

  private func closure(_ content: DocumentCursor) -> TranscriptClosure? {
    let owner = "an end"
    let names = ["code", "reason", "initiator", "clean", "problem"]
    guard content.checkMembers(names, of: owner) else { return nil }
    let initiator = content.required("initiator", of: owner).flatMap {
      choice($0, TranscriptClosure.Initiator.allCases)
    }
    let isClean = content.required("clean", of: owner)?.bool()
    let code = content["code"].flatMap { $0.int(in: 0...0xFFFF) }
    guard let initiator, let isClean else { return nil }
    return TranscriptClosure(
      code: code.map { UInt16($0) },
      reason: content["reason"].flatMap { $0.string() } ?? "",
      initiator: initiator,
      isClean: isClean,
      problem: content["problem"].flatMap { $0.string() }
    )
  }

  private func providerState(_ content: DocumentCursor) -> TranscriptEvent.Kind? {
    let owner = "a provider state"
    guard content.checkMembers(["action", "name", "failure"], of: owner) else { return nil }
    let action = content.required("action", of: owner)?.string()
    let name = content.required("name", of: owner)?.string()
    guard let action, let name else { return nil }
    let failure = content["failure"].flatMap { $0.string() }
    return .providerState(action: action, name: name, failure: failure)
  }

  /// What happened to a process: the provider's, or this one.
  private func process(_ content: DocumentCursor) -> TranscriptEvent.Kind? {
    let range = Int(Int32.min)...Int(Int32.max)
    switch content.name {
    case "providerStarted":
      guard content.checkMembers(["processID"], of: "a start") else { return nil }
      return content.required("processID", of: "a start")?.int(in: range).map {
        .providerStarted(processID: Int32($0))
      }
    case "providerExited":
      guard content.checkMembers(["code", "signal"], of: "an exit") else { return nil }
      let code = content["code"].flatMap { $0.int(in: range) }
      let signal = content["signal"].flatMap { $0.int(in: range) }
      return .providerExited(code: code.map { Int32($0) }, signal: signal.map { Int32($0) })
    case "stalled":
      guard content.checkMembers(["nanoseconds"], of: "a stall") else { return nil }
      return content.required("nanoseconds", of: "a stall")?.int(in: 0...Int.max).map {
        .stalled(nanoseconds: Int64($0))
      }
    default:
      return nil
    }
  }

  private func choice<Choice: RawRepresentable<String>>(
    _ cursor: DocumentCursor,
    _ choices: [Choice]
  ) -> Choice? {
    guard let text = cursor.string() else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let names = choices.map(\.rawValue)
    let hint =
      nearestName(to: text, in: names).map { "did you mean '\($0)'?" }
      ?? "expected \(listed(names))"
    cursor.error("'\(cursor.name)' is '\(text)'; \(hint)")
    return nil
  }
}
