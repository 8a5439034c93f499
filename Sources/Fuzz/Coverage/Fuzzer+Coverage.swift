import Contract
import Generation

extension Fuzzer {
  /// How many untried places of a schema are named.
  private static let maximumUntried = 20

  /// How much of the document came up.
  func coverage(_ vocabulary: Vocabulary) -> RunCoverage {
    let api = configuration.api
    let sent = api.messages(travelling: .toProvider).map { message in
      RunCoverage.Message(
        name: message.name,
        direction: .toProvider,
        count: statistics.messageCounts.sent[message.name] ?? 0,
        keywords: keywords(of: message, vocabulary)
      )
    }
    let received = api.messages(travelling: .toConsumer).map { message in
      RunCoverage.Message(
        name: message.name,
        direction: .toConsumer,
        count: statistics.messageCounts.received[message.name] ?? 0
      )
    }
    return RunCoverage(
      messages: sent + received,
      answers: answers,
      transitions: behaviour.transitionCount
    )
  }

  /// Every answer that the document lets an operation begin with, and how often it came.
  private var answers: [RunCoverage.Answer] {
    let seen = behaviour.answerCounts.merging(statistics.messageCounts.answers, uniquingKeysWith: +)
    return configuration.api.operations.flatMap { operation -> [RunCoverage.Answer] in
      guard operation.direction == .toProvider, let reply = operation.reply else { return [] }
      let first = reply.sequence.first.map { [$0.message] + reply.alternatives } ?? reply.messages
      return first.map { name in
        RunCoverage.Answer(
          operation: operation.name,
          reply: name,
          count: seen[Behaviour.Answer(operation: operation.name, reply: name)] ?? 0
        )
      }
    }
  }

  /// What was tried of the schema of a message; `nil` for one that is never sent of one's own accord.
  private func keywords(
    of message: MessageDefinition,
    _ vocabulary: Vocabulary
  ) -> RunCoverage.Keywords? {
    guard let entry = vocabulary.entries.firstIndex(where: { $0.message.name == message.name })
    else { return nil }
    let places =
      keywordPlaces[message.name]
      ?? KeywordPlaces(message.name, CoverageList(schema: message.payload))
    let valid = configuration.mode == .invalid ? [] : places.valid
    let invalid = vocabulary.inputs?.forms[entry].assertions ?? []
    let validSeen = valid.intersection(statistics.messageCounts.boundaries)
    let invalidSeen = invalid.intersection(statistics.provocations.sites)
    let untried = valid.union(invalid).subtracting(validSeen).subtracting(invalidSeen)
      .map { String($0.dropFirst(message.name.count + 1)) }
    return RunCoverage.Keywords(
      valid: valid.count,
      validSeen: validSeen.count,
      invalid: invalid.count,
      invalidSeen: invalidSeen.count,
      untried: Array(untried.sorted().prefix(Self.maximumUntried))
    )
  }
}

extension Behaviour {
  /// An answer of an operation.
  struct Answer: Hashable {
    var operation: String
    var reply: String
  }

  /// How often each operation got each answer.
  var answerCounts: [Answer: Int] {
    var counts: [Answer: Int] = [:]
    for achievement in achievements { counts[achievement.answer] = 0 }
    for followers in successors.values {
      for (number, count) in followers { counts[achievements[number].answer, default: 0] += count }
    }
    // What was seen where nothing is counted any more came at least once.
    return counts.mapValues { max(1, $0) }
  }
}

extension Achievement {
  /// The answer, however it is meant.
  var answer: Behaviour.Answer { Behaviour.Answer(operation: operation, reply: reply) }
}
