import Generation
import JSON

/// Cases whose messages are known beforehand, written as the decisions that lead to them: so they are
/// played again, shrunk and saved like any other case.
struct CaseScript {
  /// A message to be sent.
  struct Send {
    /// The place of its entry in the vocabulary.
    var entry: Int
    var payload: JSONValue
    /// The assertion of the message's schema at whose boundary the payload stands, if at any.
    var site: String?
  }

  /// A case that sends messages one by one.
  struct Written {
    var log: ChoiceLog
    /// For each message, the assertion at whose boundary it stands.
    var sites: [String?]
  }

  /// An invalid input to be sent.
  struct Provocation {
    /// The place of its entry in the vocabulary.
    var entry: Int
    var family: InputFamily
    /// Its place in the list of its family, and how many there are.
    var form: Int
    var count: Int
    /// The message that is put into frames.
    var payload: JSONValue?
    /// Where the message is divided.
    var cut = 0
  }

  let vocabulary: Vocabulary
  let maximumSteps: Int
  let maximumConnections: Int

  /// The cases that send these messages one by one, each case on one connection.
  ///
  /// - Parameters:
  ///   - sends: The messages.
  ///   - spelling: How they are spelled.
  /// - Returns: As many cases as it takes.
  func cases(for sends: [Send], spelling: Spelling = .plain) -> [Written] {
    vocabulary.sockets.indices.flatMap { socket -> [Written] in
      let steps = sends.filter { vocabulary.entries[$0.entry].socket == socket }
        .compactMap { send in step(for: send, socket).map { (log: $0, site: send.site) } }
      return stride(from: 0, to: steps.count, by: max(1, maximumSteps)).map { start in
        var log = ChoiceLog()
        log.append(CasePlanner.connectionsLabel, connections(to: socket))
        if spelling != .plain { log.append(CasePlanner.spellingLabel, Self.choices(of: spelling)) }
        let part = steps[start...].prefix(max(1, maximumSteps))
        for step in part { log.append(.step, step.log) }
        return Written(log: log, sites: part.map(\.site))
      }
    }
  }

  private static func choices(of spelling: Spelling) -> ChoiceLog {
    let unusual = Spelling.allCases.count - 1
    return ChoiceLog(choices: [.boolean(true), .index(spelling.rawValue - 1, count: unusual)])
  }

  /// The decisions of a case that says one thing wrongly.
  ///
  /// - Parameters:
  ///   - provocation: What is said.
  ///   - beginning: The decisions of what is said before, on the same connection.
  /// - Returns: `nil` when it cannot be decided on.
  func log(for provocation: Provocation, after beginning: ChoiceLog? = nil) -> ChoiceLog? {
    let socket = vocabulary.entries[provocation.entry].socket
    let entries = vocabulary.sockets[socket].entries
    guard let place = entries.firstIndex(of: provocation.entry) else { return nil }
    var input = ChoiceLog()
    let families = InputFamily.allCases.count
    input.append(
      CasePlanner.familyLabel,
      ChoiceLog(choices: [.index(provocation.family.rawValue, count: families)])
    )
    if entries.count > 1 {
      let operation = Choice.index(place, count: entries.count)
      input.append(CasePlanner.operationLabel, ChoiceLog(choices: [operation]))
    }
    if provocation.count > 1 {
      let form = Choice.index(provocation.form, count: provocation.count)
      input.append(CasePlanner.formLabel, ChoiceLog(choices: [form]))
    }
    if let payload = provocation.payload {
      let generator = vocabulary.entries[provocation.entry].generator
      guard let choices = generator.choices(for: payload) else { return nil }
      input.append(CasePlanner.payloadLabel, choices)
      let bounds = IntegerBounds(0...CasePlanner.maximumCut)
      let cut = ChoiceLog(choices: [.integer(provocation.cut, bounds: bounds)])
      input.append(CasePlanner.cutLabel, cut)
    }
    var step = ChoiceLog(choices: [.boolean(true)])
    if let connection = beginning.flatMap(lastConnection) {
      step.append(CasePlanner.connectionLabel, connection)
    }
    step.append(CasePlanner.provokeLabel, ChoiceLog(choices: [.boolean(true)]))
    step.append(CasePlanner.inputLabel, input)
    var log = beginning ?? ChoiceLog()
    if beginning == nil { log.append(CasePlanner.connectionsLabel, connections(to: socket)) }
    log.append(.step, step)
    return log
  }

  /// What the last step of a case decides on its connection, where there is a choice.
  private func lastConnection(of log: ChoiceLog) -> ChoiceLog? {
    guard let step = log.spans.lastIndex(where: { $0.depth == 0 && $0.label == .step }) else {
      return nil
    }
    return log.spans[step...].first { $0.depth == 1 && $0.label == CasePlanner.connectionLabel }
      .map { ChoiceLog(choices: Array(log.choices[$0.range])) }
  }

  private func connections(to socket: Int) -> ChoiceLog {
    var choices: [Choice] = []
    if maximumConnections > 1 { choices.append(.index(0, count: maximumConnections)) }
    if vocabulary.sockets.count > 1 {
      choices.append(.index(socket, count: vocabulary.sockets.count))
    }
    return ChoiceLog(choices: choices)
  }

  private func step(for send: Send, _ socket: Int) -> ChoiceLog? {
    let entries = vocabulary.sockets[socket].entries
    guard let place = entries.firstIndex(of: send.entry),
      let payload = vocabulary.entries[send.entry].generator.choices(for: send.payload)
    else { return nil }
    var step = ChoiceLog(choices: [.boolean(true)])
    if entries.count > 1 {
      let operation = Choice.index(place, count: entries.count)
      step.append(CasePlanner.operationLabel, ChoiceLog(choices: [operation]))
    }
    step.append(CasePlanner.payloadLabel, payload)
    return step
  }
}
