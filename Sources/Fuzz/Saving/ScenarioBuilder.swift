import Contract
import JSON

/// Turns runs of cases into a scenario that does the same without a generator.
///
/// Values that the provider made up are bound to the replies that brought them, so that the scenario
/// also works when the provider makes up others.
struct ScenarioBuilder {
  private var steps: [ScenarioStep] = []
  private var connections: [ScenarioConnection] = []
  /// Values that the provider brought first, with the reply and the place in it.
  private var made: [(value: JSONValue, label: String, source: JSONPointer)] = []
  /// Values that the client has said itself.
  private var said: Set<JSONValue> = []
  private var replies = 0

  /// How long it has to be quiet before the provider has reacted to an invalid input.
  static let reactionWait: Duration = .milliseconds(300)

  init() {}

  /// Adds a run.
  ///
  /// - Parameters:
  ///   - run: What was done and seen.
  ///   - prefix: What the names of its connections begin with.
  ///   - closes: Whether its connections are closed before what follows.
  mutating func add(_ run: CaseRun, prefix: String = "", closes: Bool) {
    var open: [String] = []
    for action in run.actions {
      switch action {
      case .connect(let name, let facts):
        // The provider ended it; one that has been repaired may not.
        if open.contains(prefix + name) {
          steps.append(.close(connection: prefix + name, code: 1000, reason: ""))
        }
        connect(prefix + name, facts)
        open.append(prefix + name)
      case .send(let connection, let message, let payload):
        send(payload, message, on: prefix + connection)
      case .sendSpelled(let connection, _, let payload, let text):
        payload.visitLeaves { _, value in said.insert(value) }
        steps.append(.send(SendStep(on: prefix + connection, payload: .text(text))))
      case .awaitReply(let exchange):
        expectAnswer(to: run.evidence.exchanges[exchange], in: run, prefix: prefix)
      case .input(let connection, let input):
        steps += input.steps(on: prefix + connection)
        expectReaction(to: input, on: prefix + connection)
        if !input.leavesOpen { open.removeAll { $0 == prefix + connection } }
      case .awaitRefusal:
        steps.append(.wait(JudgeLimits.patience(for: run.limits.budget)))
      case .check(let connection, let message, let payload):
        send(payload, message, on: prefix + connection)
      case .close(let name):
        steps.append(.close(connection: prefix + name, code: 1000, reason: ""))
        open.removeAll { $0 == prefix + name }
      case .drop(let name):
        steps.append(.drop(prefix + name))
        open.removeAll { $0 == prefix + name }
      }
    }
    guard closes else { return }
    for name in open { steps.append(.close(connection: name, code: 1000, reason: "")) }
  }

  /// Listens for what comes of an invalid input, be it a message or the end of the connection.
  private mutating func expectReaction(to input: InvalidInput, on connection: String) {
    switch input.patience {
    case .refusal, .failure:
      steps.append(.waitUntilQuiet(Self.reactionWait))
    case .answer, .nothing: break
    }
  }

  /// The scenario; labels that nothing refers to are left out.
  func scenario(name: String, summary: String, origin: ScenarioOrigin) -> Scenario {
    let used = Set(
      steps.flatMap { step -> [String] in
        if case .send(let send) = step { send.bindings.map(\.label) } else { [] }
      }
    )
    let kept = steps.map { step -> ScenarioStep in
      guard case .expect(var expect) = step else { return step }
      if let label = expect.label, !used.contains(label) { expect.label = nil }
      return .expect(expect)
    }
    return Scenario(
      name: name,
      summary: summary,
      connections: connections,
      steps: kept,
      origin: origin
    )
  }

  private mutating func connect(_ name: String, _ facts: ConnectionFacts?) {
    if !connections.contains(where: { $0.name == name }) {
      connections.append(ScenarioConnection(name: name, facts: facts))
    }
    steps.append(.connect(name))
  }

  private mutating func send(_ payload: JSONValue, _ message: String, on connection: String) {
    var bindings: [ValueBinding] = []
    payload.visitLeaves { pointer, value in
      if let origin = made.last(where: { $0.value == value }) {
        bindings.append(
          ValueBinding(target: pointer, label: origin.label, source: origin.source)
        )
      } else {
        said.insert(value)
      }
    }
    steps.append(
      .send(
        SendStep(
          on: connection,
          message: message,
          payload: .json(payload),
          bindings: bindings
        )
      )
    )
  }
}

// MARK: - Answers

extension ScenarioBuilder {
  /// Waits for the first and the last message of an answer; none of them must come, because a judge
  /// decides what it means when one does not.
  private mutating func expectAnswer(to exchange: Exchange, in run: CaseRun, prefix: String) {
    let connection = prefix + run.evidence.connections[exchange.connection].name
    let received = exchange.replies.map { run.evidence.received[$0].message }
    let shown = received.count > 1 ? [received.first, received.last] : [received.first]
    for message in shown.compactMap({ $0 }) {
      guard let name = message.name else { continue }
      replies += 1
      let label = "reply\(replies)"
      expect(name, message.correlation, on: connection, label: label, in: run)
      keepValues(of: message, label: label)
    }
    // What did not come is waited for as well.
    guard exchange.state == .open || exchange.state == .cut,
      let name = exchange.progress.expected.first
    else { return }
    expect(name, exchange.correlation, on: connection, label: nil, in: run)
  }

  private mutating func expect(
    _ name: String,
    _ id: JSONValue?,
    on connection: String,
    label: String?,
    in run: CaseRun
  ) {
    guard let definition = run.evidence.index.definitions[name] else { return }
    var values = definition.identity.map { [$0] } ?? []
    if let pointer = definition.correlation, let id {
      values.append(MessageIdentity(pointer: pointer, value: id))
    }
    steps.append(
      .expect(
        ExpectStep(
          on: connection,
          message: name,
          values: values,
          label: label,
          isOptional: true
        )
      )
    )
  }

  private mutating func keepValues(of message: ReadMessage, label: String) {
    message.document?.value.visitLeaves { pointer, value in
      guard value.isTelling, !said.contains(value),
        !made.contains(where: { $0.value == value })
      else { return }
      made.append((value, label, pointer))
    }
  }
}

extension JSONValue {
  /// Hands out every text, number, Boolean and null, with its place.
  func visitLeaves(
    at pointer: JSONPointer = .root,
    _ body: (JSONPointer, JSONValue) -> Void
  ) {
    switch self {
    case .object(let object):
      for member in object.members {
        member.value.visitLeaves(at: pointer.appending(member.name), body)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        item.visitLeaves(at: pointer.appending(index), body)
      }
    default:
      body(pointer, self)
    }
  }

  /// Whether the value is hardly equal to another one by chance: a text of six bytes or more, a
  /// number beyond a hundred.
  fileprivate var isTelling: Bool {
    switch self {
    case .string(let text): text.utf8.count >= 6
    case .number(let number): number.int.map { $0 < -100 || $0 > 100 } ?? true
    default: false
    }
  }
}
