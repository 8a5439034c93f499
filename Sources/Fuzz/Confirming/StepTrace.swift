import Contract
import Generation
import JSON
import JSONSchema

/// The steps of a case that was played, each by itself, so that some can be left out without changing
/// what the others say.
///
/// Values that the provider brought are taken from what the case has heard, wherever they stand there
/// when a step is gone; all others are given by themselves.
struct StepTrace {
  /// A step, as it was played.
  struct Step {
    /// Which of the case's connections, from 0.
    var connection: Int
    /// What it decides.
    var log: ChoiceLog
    /// What is sent, by the place of its entry in the vocabulary.
    var payload: (entry: Int, value: JSONValue)?
    /// Whether it does not wait for its answer.
    var isPipelined = false
    /// What came as answers to it, in order.
    var heard: [(value: JSONValue, message: MessageDefinition)] = []
  }

  /// What is decided before the first step.
  private var opening = ChoiceLog()
  private var usesExamples = false
  /// The steps, in order.
  private(set) var steps: [Step] = []
  /// Values that the provider brought before the client said them.
  private var brought: Set<JSONValue> = []
  /// The step whose answer brought each of them first.
  private var origins: [JSONValue: Int] = [:]
  private let vocabulary: Vocabulary

  /// Takes a run apart.
  ///
  /// - Returns: `nil` when it cannot be told which step said what.
  init?(_ run: CaseRun, _ vocabulary: Vocabulary) {
    self.init([run], vocabulary)
  }

  /// Takes several runs apart and puts them behind each other, as one case: the connections of one are
  /// closed before the next begins.
  ///
  /// - Returns: `nil` when it cannot be told which step said what, or when the connections of the runs
  ///   are not alike.
  init?(_ runs: [CaseRun], _ vocabulary: Vocabulary) {
    guard let last = runs.last, runs.count == 1 || vocabulary.sockets.count == 1 else { return nil }
    self.vocabulary = vocabulary
    for (place, run) in runs.enumerated() {
      guard add(run) else { return nil }
      if place < runs.count - 1 { closeConnections(of: run) }
    }
    let widest = runs.max { $0.connectionCount < $1.connectionCount } ?? last
    // What all texts have in them is in the payloads already.
    for label in [
      CasePlanner.connectionsLabel, CasePlanner.examplesLabel, CasePlanner.spellingLabel,
    ] {
      let log = label == CasePlanner.connectionsLabel ? widest.log : last.log
      let part = log.spans.firstIndex { $0.depth == 0 && $0.label == label }
      guard let part else { continue }
      opening.append(label, log.contents(of: part))
      if label == CasePlanner.examplesLabel {
        usesExamples = log.contents(of: part).choices.first == .boolean(true)
      }
    }
    findBroughtValues()
  }

  /// Takes a conversation apart that was recorded elsewhere.
  ///
  /// - Parameters:
  ///   - conversation: What was said; what the document does not allow is passed over.
  ///   - index: The API.
  ///   - vocabulary: What clients may say.
  ///   - limits: How many steps and connections there are at most.
  init?(
    _ conversation: SeedConversation,
    _ index: APIIndex,
    _ vocabulary: Vocabulary,
    _ limits: CaseLimits
  ) {
    self.vocabulary = vocabulary
    let reader = MessageReader(index)
    var names: [String] = []
    var socket: Int?
    for line in conversation.lines {
      let frame = TranscriptFrame(.text, payload: line.payload.bytes())
      let message = reader.read(frame, line.isFromConsumer ? .toProvider : .toConsumer)
      guard message.isValid, let name = message.name, let definition = index.definitions[name]
      else { continue }
      guard line.isFromConsumer else {
        if let last = steps.indices.last { steps[last].heard.append((line.payload, definition)) }
        continue
      }
      guard let entry = vocabulary.entries.firstIndex(where: { $0.message.name == name }) else {
        continue
      }
      let own = vocabulary.entries[entry].socket
      guard socket ?? own == own, steps.count < limits.maximumSteps else { continue }
      socket = own
      if !names.contains(line.connection) { names.append(line.connection) }
      let connection = (names.firstIndex(of: line.connection) ?? 0) % limits.maximumConnections
      let log = Self.sending(entry, on: connection, vocabulary)
      steps.append(Step(connection: connection, log: log, payload: (entry, line.payload)))
    }
    guard let socket else { return nil }
    let count = min(names.count, limits.maximumConnections)
    var choices: [Choice] = []
    if limits.maximumConnections > 1 {
      choices.append(.index(count - 1, count: limits.maximumConnections))
    }
    if vocabulary.sockets.count > 1 {
      let choice = Choice.index(socket, count: vocabulary.sockets.count)
      choices += Array(repeating: choice, count: count)
    }
    opening.append(CasePlanner.connectionsLabel, ChoiceLog(choices: choices))
    findBroughtValues()
  }

  /// The decisions of a step that sends a message whose payload is not decided yet.
  private static func sending(
    _ entry: Int,
    on connection: Int,
    _ vocabulary: Vocabulary
  ) -> ChoiceLog {
    var log = ChoiceLog(choices: [.boolean(true)])
    if connection > 0 {
      let choice = Choice.index(connection, count: connection + 1)
      log.append(CasePlanner.connectionLabel, ChoiceLog(choices: [choice]))
    }
    let entries = vocabulary.sockets[vocabulary.entries[entry].socket].entries
    if let place = entries.firstIndex(of: entry), place > 0 {
      let choice = Choice.index(place, count: entries.count)
      log.append(CasePlanner.operationLabel, ChoiceLog(choices: [choice]))
    }
    log.append(CasePlanner.payloadLabel, ChoiceLog())
    return log
  }

  /// How many steps there are.
  var count: Int { steps.count }

  /// The decisions of a case with some of the steps.
  ///
  /// - Parameters:
  ///   - isKept: Which steps are in it.
  ///   - isPlain: Which of them say no more than they must, of what the provider has brought.
  /// - Returns: The decisions.
  func log(
    keeping isKept: (Int) -> Bool,
    plainly isPlain: (Int) -> Bool = { _ in false }
  ) -> ChoiceLog {
    var log = opening
    var pool = usesExamples ? vocabulary.examples : vocabulary.emptyPool
    var waiting: [(value: JSONValue, message: MessageDefinition)] = []
    for (place, step) in steps.enumerated() where isKept(place) {
      var contents = step.log
      if let (entry, original) = step.payload {
        let said = vocabulary.entries[entry]
        let value = isPlain(place) ? plain(original, said) : original
        let part = contents.spans.firstIndex {
          $0.depth == 0 && $0.label == CasePlanner.payloadLabel
        }
        if let part, let choices = said.generator.choices(for: value, pool: pool, linking: brought)
        {
          contents = contents.replacing(part: part, by: choices)
        }
        vocabulary.keep(value, of: said.message, in: &pool)
      }
      var isPipelined = step.isPipelined
      if isPipelined, mustWait(place, isKept) {
        isPipelined = false
        contents = contents.withoutPipelining
      }
      log.append(.step, contents)
      waiting += step.heard
      guard !isPipelined else { continue }
      for (value, message) in waiting { vocabulary.keep(value, of: message, in: &pool) }
      waiting = []
    }
    return log
  }
}

// MARK: - Payloads

extension StepTrace {
  /// Whether a step of a burst has to wait for answers: the step that did so is left out, and later
  /// ones build on an answer to the burst.
  private func mustWait(_ place: Int, _ isKept: (Int) -> Bool) -> Bool {
    let behind = steps.indices.dropFirst(place + 1)
    let end = behind.first { !steps[$0].isPipelined } ?? steps.endIndex
    guard !behind.contains(where: { $0 <= end && isKept($0) }) else { return false }
    let begin = steps[..<place].lastIndex { !$0.isPipelined } ?? -1
    return (begin + 1...place).contains { isKept($0) && isNeeded($0, isKept) }
  }

  /// Whether a later step says something that the answer to a step has brought.
  private func isNeeded(_ place: Int, _ isKept: (Int) -> Bool) -> Bool {
    steps.indices.dropFirst(place + 1).contains { later in
      var isNeeded = false
      guard isKept(later) else { return false }
      steps[later].payload?.value.forEachLeaf { if origins[$1] == place { isNeeded = true } }
      return isNeeded
    }
  }

  /// The simplest payload of a message that names the same things as another one.
  private func plain(_ payload: JSONValue, _ entry: Vocabulary.Entry) -> JSONValue {
    var source = ChoiceSource(replaying: ChoiceLog())
    guard var plain = try? entry.generator.value(from: &source) else { return payload }
    payload.forEachLeaf { pointer, value in
      if brought.contains(value) { plain.set(value, at: pointer) }
    }
    return entry.message.payload.isValid(plain) ? plain : payload
  }
}

// MARK: - Taking apart

extension StepTrace {
  /// Adds the steps of a run that were played.
  private mutating func add(_ run: CaseRun) -> Bool {
    let parts = run.log.spans.indices.filter {
      run.log.spans[$0].depth == 0 && run.log.spans[$0].label == .step
    }
    var sent = run.actions.compactMap { action -> (message: String, payload: JSONValue)? in
      switch action {
      case .send(_, let message, let payload): return (message, payload)
      case .sendSpelled(_, let message, let payload, _): return (message, payload)
      default: return nil
      }
    }[...]
    let played = run.playedSteps
    for (number, part) in parts.enumerated() where number + 1 <= played {
      let contents = run.log.contents(of: part)
      guard contents.choices.first == .boolean(true) else { break }
      var step = Step(connection: contents.index(of: CasePlanner.connectionLabel), log: contents)
      if contents.isSending {
        // What was decided and not said any more, because the case was over.
        guard let said = sent.popFirst() else { break }
        guard let entry = vocabulary.entries.firstIndex(where: { $0.message.name == said.message })
        else { return false }
        step.payload = (entry, said.payload)
        step.isPipelined = contents.isTrue(CasePlanner.pipelinedLabel)
      }
      step.heard = run.heard(inStep: number + 1)
      steps.append(step)
    }
    return sent.isEmpty
  }

  /// Adds the closing of each connection of a run.
  private mutating func closeConnections(of run: CaseRun) {
    let count = run.connectionCount
    for connection in 0..<count {
      var log = ChoiceLog(choices: [.boolean(true)])
      if count > 1 {
        let choice = Choice.index(connection, count: count)
        log.append(CasePlanner.connectionLabel, ChoiceLog(choices: [choice]))
      }
      let kinds = CasePlanner.kindWeights.count
      log.append(CasePlanner.kindLabel, ChoiceLog(choices: [.index(1, count: kinds)]))
      steps.append(Step(connection: connection, log: log))
    }
  }

  private mutating func findBroughtValues() {
    var said: Set<JSONValue> = []
    for (place, step) in steps.enumerated() {
      step.payload?.value.forEachLeaf { if !brought.contains($1) { said.insert($1) } }
      for (value, _) in step.heard {
        value.forEachLeaf { _, leaf in
          guard !said.contains(leaf), brought.insert(leaf).inserted else { return }
          origins[leaf] = place
        }
      }
    }
  }
}

extension CaseRun {
  /// How many connections the case has.
  fileprivate var connectionCount: Int {
    Set(
      actions.compactMap { action in
        if case .connect(let name, _) = action { name } else { nil }
      }
    ).count
  }

  /// The number of the last step that was begun.
  fileprivate var playedSteps: Int { transcript.events.compactMap(\.step).max() ?? 0 }

  /// The valid answers to what a step asked, in order.
  fileprivate func heard(
    inStep number: Int
  ) -> [(value: JSONValue, message: MessageDefinition)] {
    evidence.exchanges.filter { $0.step == number }.flatMap(\.replies).compactMap { place in
      let message = evidence.received[place].message
      guard message.isValid, let name = message.name, let value = message.document?.value,
        let definition = evidence.index.definitions[name]
      else { return nil }
      return (value, definition)
    }
  }
}

extension ChoiceLog {
  /// The way that a member chooses; the first where it is not there.
  fileprivate func index(of label: SpanLabel) -> Int {
    guard let part = spans.first(where: { $0.depth == 0 && $0.label == label }),
      case .index(let value, count: _)? = choices[part.range].first
    else { return 0 }
    return value
  }

  /// A step that waits for its answer.
  fileprivate var withoutPipelining: ChoiceLog {
    let part = spans.firstIndex { $0.depth == 0 && $0.label == CasePlanner.pipelinedLabel }
    return part.map { replacing(part: $0, by: ChoiceLog()) } ?? self
  }

  fileprivate func isTrue(_ label: SpanLabel) -> Bool {
    spans.first { $0.depth == 0 && $0.label == label }.map {
      choices[$0.range].first == .boolean(true)
    } ?? false
  }

  /// Whether a step sends a message as it should be.
  fileprivate var isSending: Bool {
    !isTrue(CasePlanner.provokeLabel) && index(of: CasePlanner.kindLabel) == 0
  }
}

extension JSONValue {
  /// Hands out every text and number, with its place.
  fileprivate func forEachLeaf(_ body: (JSONPointer, JSONValue) -> Void) {
    visitLeaves { pointer, value in
      switch value {
      case .string, .number: body(pointer, value)
      default: break
      }
    }
  }
}
