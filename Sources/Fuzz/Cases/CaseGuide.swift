import Contract
import Generation

/// Makes steps likelier that belong together, by what the document says that operations do.
///
/// What must come first comes first, a change is looked at afterwards, also one that is due to fail, one
/// thing is changed from two connections, the same is asked for several times in a row, and who listens
/// is given something to hear. It only weighs what chance decides: whoever plays a log again needs none of it.
struct CaseGuide: Sendable {
  /// What the document says about a message that opens an operation.
  struct Facts: Sendable {
    /// The operation, as its place in the description.
    var operation: Int
    /// The operations that must have succeeded before on the same connection.
    var requires: Set<Int> = []
    /// Whether another operation requires it.
    var isRequired = false
    /// What it does to something that is kept.
    var effect: StateEffect?
    /// Whether it begins or ends the hearing of a push.
    var subscription: SubscriptionEffect?
    /// Whether it causes a push.
    var isTrigger = false
  }

  /// What the next step should be, if it can.
  private enum Wish {
    case anything, readBack, again, elsewhere, misplaced, listen, cause
  }

  /// The wishes, each as often as it is drawn.
  private static let wishes: [Wish] =
    Array(repeating: .anything, count: 6) + Array(repeating: .readBack, count: 4) + [
      .again, .again, .elsewhere, .elsewhere, .misplaced, .misplaced, .listen, .cause,
    ]
  /// How many times as likely it is what is wished for.
  private static let favour = 24
  /// What weights are multiplied with, so that some can be made smaller.
  private static let scale = 8
  /// How likely a case with one, two, three connections is, and so on.
  static let connectionWeights = [8, 6, 2]
  /// How likely sending, closing and dropping are on a connection that listens.
  static let listenerKindWeights = [36, 1, 1]

  /// In how many of the cases with several connections the last one only listens: one of so many.
  static let witnessPeriod = 3

  private let facts: [Facts]
  /// The connection that says nothing but what makes it hear pushes.
  private let witness: Int?
  /// The operations that were asked for on each connection since it was opened.
  private var done: [Set<Int>]
  /// The connections that listen.
  private var listeners: Set<Int> = []
  /// How many things of each kind were made.
  private var made: [String: Int] = [:]
  /// The status of the thing of each kind that was dealt with last, if all went well.
  private var status: [String: String] = [:]
  /// The last message.
  private var last: (connection: Int, entry: Int)?
  /// The last connection that made or changed something, and of which kind that is.
  private var lastWrite: (connection: Int, resource: String)?
  private var wish = Wish.anything

  /// Begins with nothing done.
  ///
  /// - Parameters:
  ///   - facts: What the document says about each entry of the vocabulary.
  ///   - connections: How many connections there are.
  ///   - witness: One that only listens to what the others cause.
  init(_ facts: [Facts], connections: Int, witness: Int? = nil) {
    self.facts = facts
    self.witness = witness
    done = Array(repeating: [], count: connections)
  }
}

// MARK: - What was done

extension CaseGuide {
  /// Takes the step that was decided on.
  mutating func took(_ step: CaseStep) {
    switch step.kind {
    case .send(let entry, _, _): said(entry, on: step.connection)
    case .close, .drop:
      done[step.connection] = []
      listeners.remove(step.connection)
    case .input: break
    }
  }

  private mutating func said(_ entry: Int, on connection: Int) {
    let fact = facts[entry]
    done[connection].insert(fact.operation)
    last = (connection, entry)
    if let subscription = fact.subscription {
      if subscription.begins {
        listeners.insert(connection)
      } else {
        listeners.remove(connection)
      }
    }
    guard let effect = fact.effect else { return }
    if effect.kind == .create { made[effect.resource, default: 0] += 1 }
    if effect.kind != .read { lastWrite = (connection, effect.resource) }
    if let next = effect.to, !isMisplaced(effect) || effect.kind == .create {
      status[effect.resource] = next
    }
    guard effect.kind == .delete else { return }
    // What was made on this connection may be what it needs for everything else.
    for other in facts where other.isRequired && other.effect?.kind == .create {
      if other.effect?.resource == effect.resource { done[connection].remove(other.operation) }
    }
  }
}

// MARK: - What should come

extension CaseGuide {
  /// Draws what the next step should be.
  mutating func draw(_ source: inout ChoiceSource) {
    let drawn = Self.wishes[source.hint(below: Self.wishes.count)]
    let isPossible =
      switch drawn {
      case .anything: true
      case .again: last != nil
      case .readBack: lastWrite != nil
      case .elsewhere: lastWrite != nil && done.count > 1
      case .misplaced: !status.isEmpty
      case .listen: listeners.count < done.count
      case .cause: !listeners.isEmpty
      }
    wish = isPossible ? drawn : .anything
  }

  /// How likely each connection is.
  var connectionWeights: [Int] {
    done.indices.map { connection in
      if connection == witness { return isReady(connection) ? 0 : Self.favour / 4 }
      let isWished =
        switch wish {
        case .anything, .readBack, .misplaced, .cause: false
        case .again: connection == last?.connection
        case .elsewhere: connection != lastWrite?.connection
        case .listen: !listeners.contains(connection)
        }
      return isWished ? Self.favour : 1
    }
  }

  /// Whether a witness has said all that it has to.
  private func isReady(_ connection: Int) -> Bool {
    listeners.contains(connection) || !facts.contains { $0.subscription?.begins ?? false }
  }

  /// How likely sending, closing and dropping are on a connection.
  func kindWeights(of connection: Int) -> [Int] {
    guard connection != witness else { return [1, 0, 0] }
    return listeners.contains(connection) ? Self.listenerKindWeights : CasePlanner.kindWeights
  }

  /// How likely the messages of a socket are.
  func operationWeights(of socket: Vocabulary.Socket, on connection: Int) -> [Int] {
    if connection == witness {
      let weights = socket.entries.map { isNeeded($0, toListenOn: connection) ? 1 : 0 }
      if weights.contains(1) { return weights }
    }
    return zip(socket.entries, socket.weights).map { entry, weight in
      max(1, self.weight(of: entry, on: connection, usual: weight * Self.scale))
    }
  }

  /// Whether a witness has to say a message now.
  private func isNeeded(_ entry: Int, toListenOn connection: Int) -> Bool {
    let fact = facts[entry]
    guard fact.requires.isSubset(of: done[connection]) else { return false }
    if fact.subscription?.begins ?? false { return true }
    return fact.isRequired && !done[connection].contains(fact.operation)
      && facts.contains { other in
        other.subscription?.begins ?? false && !other.requires.isSubset(of: done[connection])
      }
  }

  private func weight(of entry: Int, on connection: Int, usual: Int) -> Int {
    let fact = facts[entry]
    var weight = usual
    guard fact.requires.isSubset(of: done[connection]) else { return weight / 8 }
    if fact.isRequired {
      weight = done[connection].contains(fact.operation) ? weight / 4 : weight * 8
    }
    if let effect = fact.effect {
      let count = made[effect.resource, default: 0]
      switch effect.kind {
      case .create: weight = count == 0 ? weight * 3 : count > 1 ? weight / 2 : weight
      case .delete: weight = count == 0 ? weight / 4 : weight / 2
      case .read, .change: weight = count == 0 ? weight / 4 : weight
      }
    }
    if let subscription = fact.subscription {
      let isDue = subscription.begins != listeners.contains(connection)
      weight = !isDue ? weight / 2 : subscription.begins ? weight * 2 : weight
    }
    return isWished(entry, fact) ? weight * Self.favour : weight
  }

  private func isWished(_ entry: Int, _ fact: Facts) -> Bool {
    switch wish {
    case .anything: false
    case .again: entry == last?.entry
    case .readBack: fact.effect?.kind == .read && fact.effect?.resource == lastWrite?.resource
    case .elsewhere:
      fact.effect.map { $0.kind != .create && $0.resource == lastWrite?.resource } ?? false
    case .misplaced: fact.effect.map(isMisplaced) ?? false
    case .listen: fact.subscription?.begins ?? false
    case .cause: fact.isTrigger
    }
  }

  /// Whether the status of a thing does not allow something.
  private func isMisplaced(_ effect: StateEffect) -> Bool {
    guard !effect.from.isEmpty, let status = status[effect.resource] else { return false }
    return !effect.from.contains(status)
  }
}

// MARK: - The document

extension CaseGuide.Facts {
  /// What the document says about each of a vocabulary's messages.
  ///
  /// - Returns: `nil` when it says nothing beyond replies.
  static func all(_ entries: [Vocabulary.Entry], _ index: APIIndex) -> [CaseGuide.Facts]? {
    guard index.hasEffects else { return nil }
    let operations = index.api.operations
    func places(_ names: [String]) -> Set<Int> {
      Set(operations.indices.filter { names.contains(operations[$0].name) })
    }
    let required = places(operations.flatMap(\.effects.requires))
    let triggers = places(operations.flatMap(\.effects.triggers))
    return entries.map { entry in
      let operation = operations.firstIndex { $0.name == entry.operation.name } ?? -1
      return CaseGuide.Facts(
        operation: operation,
        requires: places(entry.operation.effects.requires),
        isRequired: required.contains(operation),
        effect: entry.operation.effects.state,
        subscription: entry.operation.effects.subscription,
        isTrigger: triggers.contains(operation)
      )
    }
  }
}
