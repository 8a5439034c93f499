import Contract

/// How far the answer to a request has come: a plain walk through what the document promises.
struct ReplyProgress: Sendable, Hashable {
  /// What a message means for the answer.
  enum Step: Sendable, Hashable {
    /// It is the next one.
    case accepted
    /// It is one of the answer, at the wrong place; these were to come.
    case outOfOrder(expected: [String])
    /// It is one of the answer, and the answer is over.
    case superfluous
    /// It is none of the answer.
    case foreign
  }

  private let reply: ReplyDescription
  private let alternatives: [String]
  private var position = 0
  private var count = 0
  /// How many messages of the answer have come.
  private(set) var received = 0
  /// Whether nothing more may come.
  private(set) var isOver = false

  init(_ reply: ReplyDescription) {
    self.reply = reply
    alternatives = reply.sequence.isEmpty ? reply.messages : reply.alternatives
  }

  /// Whether everything has come that must.
  var isSatisfied: Bool {
    if isOver { return true }
    guard !reply.sequence.isEmpty, received > 0, position < reply.sequence.count else {
      return false
    }
    let isCurrentMet = count >= reply.sequence[position].minimum
    return isCurrentMet && reply.sequence[(position + 1)...].allSatisfy { $0.minimum == 0 }
  }

  /// The names of the messages that may come next.
  var expected: [String] {
    guard !isOver else { return [] }
    guard received > 0 else {
      return firstNames + alternatives
    }
    return nextNames
  }

  private var firstNames: [String] { reply.sequence.isEmpty ? [] : nextNames }

  /// The steps that may come next: the present one while it may repeat, and those after it up to the
  /// first that must come.
  private var nextNames: [String] {
    var names: [String] = []
    var count = count
    for step in reply.sequence[position...] {
      if step.maximum.map({ count < $0 }) ?? true { names.append(step.message) }
      if count < step.minimum { break }
      count = 0
    }
    return names
  }

  /// Takes the next message of the connection that carries this answer's id.
  mutating func take(_ message: String) -> Step {
    guard reply.messages.contains(message) || isInSequence(message) else { return .foreign }
    guard !isOver else {
      // After a whole sequence only its last message can be one too many; others are misplaced.
      let isMisplaced = received > 1 && message != reply.sequence.last?.message
      return isMisplaced ? .outOfOrder(expected: []) : .superfluous
    }
    if received == 0, alternatives.contains(message) {
      received = 1
      isOver = true
      return .accepted
    }
    let before = self
    while position < reply.sequence.count {
      let step = reply.sequence[position]
      if step.message == message, step.maximum.map({ count < $0 }) ?? true {
        count += 1
        received += 1
        let isLast = position == reply.sequence.count - 1
        isOver = isLast && step.maximum.map { count >= $0 } ?? false
        return .accepted
      }
      guard count >= step.minimum else { break }
      position += 1
      count = 0
    }
    let expected = before.expected
    self = before
    return .outOfOrder(expected: expected)
  }

  private func isInSequence(_ message: String) -> Bool {
    reply.sequence.contains { $0.message == message }
  }
}
