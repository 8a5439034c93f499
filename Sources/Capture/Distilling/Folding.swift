import Contract
import JSON

/// Drops what only repeats something that is in the contract already, and names the rest.
///
/// A request repeats an earlier one of its connection when it asks the same of the same things: ids and
/// listed values are equal, the members are the same; texts and numbers may differ. It must have been
/// answered by the same messages and have caused the same pushes.
struct Folding {
  /// A turn that stays.
  struct Kept: Sendable {
    var turn: Turn
    var description: String
    /// How often a push came after one occurrence of its trigger, at most.
    var pushCount = 1
    /// Who of the connections hears a push.
    var audience: WebSocketFacts.Audience?
  }

  private let turns: [Turn]
  private let pushes: PushIndex
  /// The connections that are in the contract.
  private var connections: [String] = []
  private(set) var kept: [Kept] = []
  /// For each turn of the recording, the kept one that stands for it.
  private var standIns: [Int: Int] = [:]
  /// The kept turns by what makes others repeat them.
  private var keptByLikeness: [Likeness: Int] = [:]
  private var taken: Set<String> = []

  /// What two turns must have in common for one to repeat the other.
  private struct Likeness: Hashable {
    var connection: String
    var signature: String
    /// The kept turn that triggered it; -1 for the opening of the connection.
    var trigger: Int
  }

  init(_ turns: [Turn]) {
    self.turns = turns
    pushes = PushIndex(turns)
    let signatures = turns.indices.map(signature)
    let redundant = redundantConnections(signatures)
    connections = Set(turns.map(\.connection)).subtracting(redundant).sorted()
    for index in turns.indices where !redundant.contains(turns[index].connection) {
      fold(index, signatures[index])
    }
  }

  private mutating func fold(_ index: Int, _ signature: String) {
    let turn = turns[index]
    let likeness = Likeness(
      connection: turn.connection,
      signature: signature,
      trigger: standIn(of: turn.trigger)
    )
    let pushCount = pushes.count(like: turn)
    if let repeated = keptByLikeness[likeness] {
      standIns[index] = repeated
      kept[repeated].pushCount = max(kept[repeated].pushCount, pushCount)
      return
    }
    standIns[index] = kept.count
    keptByLikeness[likeness] = kept.count
    kept.append(
      Kept(
        turn: turn,
        description: name(index),
        pushCount: pushCount,
        audience: audience(of: index)
      )
    )
  }

  /// The kept turn that a trigger stands for; -1 for the opening of the connection.
  private func standIn(of trigger: Turn.Trigger) -> Int {
    if case .turn(let index) = trigger { standIns[index] ?? -1 } else { -1 }
  }

  /// The kept turn that triggered another, if any.
  func trigger(of kept: Kept) -> Kept? {
    let index = standIn(of: kept.turn.trigger)
    return index < 0 ? nil : self.kept[index]
  }

  /// Who hears a push: the connection that caused it, all others, or all.
  ///
  /// Nothing is said where only some of the others heard it, nor that the sender alone hears it where
  /// another connection was perhaps not there.
  private func audience(of index: Int) -> WebSocketFacts.Audience? {
    guard turns[index].push != nil, case .turn(let trigger) = turns[index].trigger else {
      return nil
    }
    let listeners = pushes.listeners(like: turns[index])
    let causer = turns[trigger].connection
    let others = connections.filter { $0 != causer }
    if listeners == [causer] {
      let wereThere = others.allSatisfy { name in
        turns[..<trigger].contains { $0.connection == name }
          && turns[index...].contains { $0.connection == name }
      }
      return wereThere ? .sender : nil
    }
    guard others.allSatisfy(listeners.contains) else { return nil }
    return listeners.contains(causer) ? .all : .others
  }
}

/// Which pushes came after which turn.
private struct PushIndex {
  private struct Key: Hashable {
    var trigger: Turn.Trigger
    var name: String
    /// The listener; empty for all of them.
    var connection: String
  }

  private var counts: [Key: Int] = [:]
  private var connections: [Key: Set<String>] = [:]
  private var names: [Turn.Trigger: Set<String>] = [:]

  init(_ turns: [Turn]) {
    for turn in turns {
      guard let name = turn.push?.name else { continue }
      let own = Key(trigger: turn.trigger, name: name, connection: turn.connection)
      counts[own, default: 0] += 1
      connections[Key(trigger: turn.trigger, name: name, connection: ""), default: []]
        .insert(turn.connection)
      names[turn.trigger, default: []].insert(name)
    }
  }

  /// How often a push of this kind came after the same occurrence of its trigger.
  func count(like turn: Turn) -> Int {
    guard let name = turn.push?.name else { return 1 }
    return counts[Key(trigger: turn.trigger, name: name, connection: turn.connection)] ?? 1
  }

  /// The connections that heard it.
  func listeners(like turn: Turn) -> Set<String> {
    guard let name = turn.push?.name else { return [] }
    return connections[Key(trigger: turn.trigger, name: name, connection: "")] ?? []
  }

  /// The kinds of pushes that a turn caused, sorted.
  func names(after index: Int) -> [String] { (names[.turn(index)] ?? []).sorted() }
}

// MARK: - Likeness

extension Folding {
  /// A text that is the same for turns that are the same to a contract.
  private func signature(_ index: Int) -> String {
    let turn = turns[index]
    switch turn.kind {
    case .push(let message): return "push \(message.name)"
    case .close: return "close \(turn.closeCode ?? 0)"
    case .exchange(let exchange):
      let replies = exchange.replies.map { $0.messages.first?.name ?? "" }
      let parts = [
        exchange.request.name, requestSignature(exchange.request),
        replies.joined(separator: " "), pushes.names(after: index).joined(separator: " "),
        turn.closeCode.map { String($0) } ?? "",
      ]
      return parts.joined(separator: "\n")
    }
  }

  /// What a request asks of which things: its ids and listed values, the kinds of the rest.
  private func requestSignature(_ request: SeenMessage) -> String {
    guard let value = request.value else { return request.name }
    return request.definition.payload.leaves(of: value).compactMap { leaf in
      guard leaf.pointer != request.definition.correlation else { return nil }
      switch leaf.freedom {
      case .fixed, .listed, .formed: return "\(leaf.pointer)=\(leaf.value.text())"
      case .free: return "\(leaf.pointer):\(leaf.value.kind.rawValue)"
      }
    }.joined(separator: ",")
  }

  /// Connections on which only that happened which an earlier one has as well, in the same order.
  private func redundantConnections(_ signatures: [String]) -> Set<String> {
    var names: [String] = []
    for turn in turns where !names.contains(turn.connection) { names.append(turn.connection) }
    let sequences = names.map { name in
      turns.indices.filter { turns[$0].connection == name }.map { index -> String in
        let isForeign =
          if case .turn(let trigger) = turns[index].trigger {
            turns[trigger].connection != name
          } else {
            false
          }
        return "\(isForeign) \(signatures[index])"
      }
    }
    var redundant: Set<String> = []
    for (index, sequence) in sequences.enumerated() {
      let isRepeat = sequences[..<index].enumerated().contains { earlier, other in
        !redundant.contains(names[earlier]) && Self.isSubsequence(sequence, of: other)
      }
      if isRepeat { redundant.insert(names[index]) }
    }
    return redundant
  }

  private static func isSubsequence(_ part: [String], of whole: [String]) -> Bool {
    var rest = whole[...]
    for item in part {
      guard let index = rest.firstIndex(of: item) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }
}

// MARK: - Names

extension Folding {
  /// A description that no other kept turn has.
  private mutating func name(_ index: Int) -> String {
    var candidates = [phrase(index, with: [])]
    if let extra = extraMembers(index), !extra.isEmpty {
      candidates.append(phrase(index, with: extra))
    }
    let free = candidates.first { !taken.contains($0) }
    var name = free ?? candidates[0]
    var number = 2
    while taken.contains(name) {
      name = "\(candidates[0]) (\(number))"
      number += 1
    }
    taken.insert(name)
    return name
  }

  /// The members of a request that the first kept one of its kind does not have.
  private func extraMembers(_ index: Int) -> [String]? {
    guard let request = turns[index].exchange?.request, let own = request.value?.objectValue
    else { return nil }
    let first = kept.lazy.compactMap { $0.turn.exchange?.request }.first {
      $0.name == request.name
    }
    guard let known = first?.value?.objectValue else { return nil }
    return own.names.filter { known[$0] == nil }
  }

  private func phrase(_ index: Int, with members: [String]) -> String {
    let turn = turns[index]
    switch turn.kind {
    case .exchange(let exchange):
      let extra = members.isEmpty ? "" : " with \(members.joined(separator: " and "))"
      return exchange.request.name + extra + Self.answer(exchange, closeCode: turn.closeCode)
    case .push(let message):
      return "\(message.name) is pushed\(cause(of: turn))"
    case .close:
      return "the connection is closed with \(turn.closeCode ?? 1006) on connect"
    }
  }

  private static func answer(_ exchange: Exchange, closeCode: UInt16?) -> String {
    let names = exchange.replies.map { replies in
      let name = replies.messages.first?.name ?? ""
      switch (replies.minimum, replies.maximum) {
      case (1, 1): return name
      case (let least, nil): return "\(name) (\(least) or more)"
      case (let least, let most?): return "\(name) (\(least) to \(most))"
      }
    }
    let close = closeCode.map { "closing with \($0)" }
    let answers = names + [close].compactMap { $0 }
    return answers.isEmpty ? " is sent" : " is answered with \(answers.joined(separator: ", "))"
  }

  private func cause(of turn: Turn) -> String {
    guard case .turn(let trigger) = turn.trigger, let exchange = turns[trigger].exchange else {
      return " on connect"
    }
    let other = turns[trigger].connection == turn.connection ? "" : " on another connection"
    return " after \(exchange.request.name)\(other)"
  }
}
