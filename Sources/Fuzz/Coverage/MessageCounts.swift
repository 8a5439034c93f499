import Contract

/// Which messages came up, and at which boundaries of their schemas the client's stood.
struct MessageCounts: Sendable {
  /// How often each message was sent.
  private(set) var sent: [String: Int] = [:]
  /// How often each message was received as the document has it.
  private(set) var received: [String: Int] = [:]
  /// The assertions at whose boundaries valid messages stood, each with its message.
  private(set) var boundaries: Set<String> = []

  /// How often answers came in cases of which nothing else is learned.
  private(set) var answers: [Behaviour.Answer: Int] = [:]

  /// Takes the answers of a case of which nothing else is learned.
  mutating func addAnswers(of run: CaseRun) {
    for item in run.achievements { answers[item.achievement.answer, default: 0] += 1 }
  }

  /// Takes what a case said and heard.
  ///
  /// - Parameters:
  ///   - run: The case.
  ///   - sites: For each message of a written case, the assertion at whose boundary it stands.
  mutating func add(_ run: CaseRun, sites: [String?]) {
    var place = 0
    for action in run.actions {
      let message: String
      switch action {
      case .send(_, let name, _), .sendSpelled(_, let name, _, _): message = name
      default: continue
      }
      sent[message, default: 0] += 1
      if place < sites.count, let site = sites[place] { boundaries.insert(site) }
      place += 1
    }
    for message in run.evidence.received {
      guard message.message.isValid, let name = message.message.name else { continue }
      received[name, default: 0] += 1
    }
  }
}
