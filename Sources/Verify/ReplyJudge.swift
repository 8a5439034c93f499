import Contract
import JSON
import Pact

/// Follows the replies to one request and says what is wrong with them.
///
/// A plain value without a socket: tell it what came, it answers whether the message belongs to the
/// interaction and whether more has to be waited for.
struct ReplyJudge {
  /// What became of a message.
  enum Verdict: Equatable {
    /// It is a reply of this interaction.
    case claimed
    /// It is something else; a push, or the reply to another request.
    case passedOver
  }

  /// Where the interaction stands.
  enum Progress: Equatable {
    /// Another reply has to come.
    case waiting
    /// Everything that has to come has come; more may.
    case satisfied
    /// Nothing more may come.
    case complete
    /// The provider answered with something that rules out the rest.
    case refuted
  }

  /// Where the interaction stands.
  private(set) var progress: Progress
  /// What was wrong with what came.
  private(set) var findings: [Finding] = []
  /// The first message of each expected reply.
  private(set) var firstReplies: [Int: ReceivedMessage] = [:]

  /// How many mismatches of one message are listed: 10.
  private static let maximumMismatches = 10

  private let interaction: Interaction
  private let connection: String
  private let replies: [ExpectedReply]
  private let pushes: [MessageMatcher]
  private let continuations: [ExpectedReply]
  private let requestID: JSONValue?
  private var counts: [Int]
  private var position = 0
  private var passedOver: [IncomingMessage] = []
  /// The answer that ruled out the rest.
  private var refusal: IncomingMessage?

  /// Begins to follow an interaction whose request was sent.
  ///
  /// - Parameters:
  ///   - interaction: The interaction.
  ///   - connection: The connection's name, for findings.
  ///   - pushes: What the provider may say unasked meanwhile.
  ///   - continuations: The pushes that the request causes, as the portable layout has the further
  ///     responses; they may carry its id.
  init(
    _ interaction: Interaction,
    connection: String,
    pushes: [MessageMatcher] = [],
    continuations: [Interaction] = []
  ) {
    self.interaction = interaction
    self.connection = connection
    replies = ExpectedReply.all(of: interaction)
    self.pushes = pushes
    self.continuations = continuations.flatMap { ExpectedReply.all(of: $0) }
    counts = Array(repeating: 0, count: replies.count)
    requestID = Self.requestID(of: interaction)
    progress = .waiting
    updateProgress()
  }

  /// A message came on the connection.
  mutating func received(_ incoming: IncomingMessage) -> Verdict {
    guard !isPush(incoming), let index = place(for: incoming) else {
      if isOtherAnswer(incoming) {
        findings.append(otherAnswer(incoming))
        refusal = incoming
        progress = .refuted
        return .claimed
      }
      passedOver.append(incoming)
      return .passedOver
    }
    if !interaction.facts.repliesInAnyOrder {
      for skipped in position..<max(position, index)
      where counts[skipped] < replies[skipped].minimum {
        findings.append(missing(skipped, reason: "\(replies[index].name) came in its place"))
        counts[skipped] = replies[skipped].minimum
      }
      position = max(position, index)
    }
    counts[index] += 1
    firstReplies[index] = firstReplies[index] ?? incoming.message
    findings += judge(incoming, by: replies[index], occurrence: counts[index])
    updateProgress()
    return .claimed
  }

  /// No more will come: the time is over, or the connection is.
  ///
  /// - Parameter reason: Why, in words that follow the name of what is missing.
  mutating func ended(because reason: String) {
    guard progress == .waiting else { return }
    let index = replies.indices.first { counts[$0] < replies[$0].minimum }
    if let index { findings.append(missing(index, reason: reason)) }
    progress = .refuted
  }

  /// What came for each expected reply: the first message that was taken for it, else the one that ruled
  /// it out, else the nearest of those that were passed over.
  var heard: [Int: ReceivedMessage] {
    var heard = firstReplies
    for index in replies.indices where heard[index] == nil {
      heard[index] = (refusal ?? nearest(to: replies[index]))?.message
    }
    return heard
  }

  /// The message among those passed over that differs least from a reply; of several, the last one.
  private func nearest(to reply: ExpectedReply) -> IncomingMessage? {
    passedOver.map { ($0, reply.matcher.mismatches(with: $0.message).count) }
      .reduce(nil as (IncomingMessage, Int)?) { best, next in
        if let best, best.1 < next.1 { best } else { next }
      }?.0
  }

  // MARK: Decisions

  /// Which of the expected replies a message is.
  private func place(for incoming: IncomingMessage) -> Int? {
    let pointer = interaction.facts.identity
    let open =
      interaction.facts.repliesInAnyOrder
      ? replies.indices.filter { !replies[$0].isFull(counts[$0]) }
      : replies.indices.filter { $0 >= position && !replies[$0].isFull(counts[$0]) }
    let candidates = open.filter { replies[$0].claims(incoming.message, at: pointer) }
    guard candidates.count > 1, interaction.facts.repliesInAnyOrder else { return candidates.first }
    return candidates.first { replies[$0].matcher.mismatches(with: incoming.message).isEmpty }
      ?? candidates.first
  }

  /// Whether a message of a kind that is expected came to somebody else's request: it has no id, and
  /// the contract has a push that is like it.
  private func isPush(_ incoming: IncomingMessage) -> Bool {
    guard requestID != nil, let pointer = interaction.facts.correlation?.response,
      incoming.message.json?[pointer] == nil
    else { return false }
    return pushes.contains { $0.mismatches(with: incoming.message).isEmpty }
  }

  /// Whether a message answers this request although no such answer is expected.
  private func isOtherAnswer(_ incoming: IncomingMessage) -> Bool {
    guard let requestID, let pointer = interaction.facts.correlation?.response else { return false }
    return incoming.message.json?[pointer] == requestID
      && !continuations.contains { reply in
        reply.identity == nil
          ? reply.matcher.mismatches(with: incoming.message).isEmpty
          : reply.claims(incoming.message, at: interaction.facts.identity)
      }
  }

  private mutating func updateProgress() {
    guard progress != .refuted else { return }
    let isSatisfied = replies.indices.allSatisfy { counts[$0] >= replies[$0].minimum }
    let last = interaction.facts.repliesInAnyOrder ? replies.indices : replies.indices.suffix(1)
    let isComplete = isSatisfied && last.allSatisfy { replies[$0].isFull(counts[$0]) }
    progress = isComplete ? .complete : isSatisfied ? .satisfied : .waiting
  }

  /// The id by which replies to an interaction's request are known.
  static func requestID(of interaction: Interaction) -> JSONValue? {
    guard case .exchange(let request, _) = interaction.content,
      case .json(let value, _) = request.contents,
      let pointer = interaction.facts.correlation?.request
    else { return nil }
    return value[pointer]
  }

  // MARK: Findings

  private func judge(
    _ incoming: IncomingMessage,
    by reply: ExpectedReply,
    occurrence: Int
  ) -> [Finding] {
    let name = reply.maximum == 1 ? reply.name : "\(reply.name) no. \(occurrence)"
    let mismatches = reply.matcher.mismatches(with: incoming.message)
    let rest = mismatches.count - Self.maximumMismatches
    return mismatches.prefix(Self.maximumMismatches).enumerated().map { index, mismatch in
      let isLast = index == Self.maximumMismatches - 1 && rest > 0
      return Finding(
        rule: "reply-mismatch",
        message: "\(name): \(mismatch)",
        traffic: TrafficLocation(connection: connection, frame: incoming.frame),
        pointer: mismatch.pointer,
        expected: mismatch.expected,
        actual: mismatch.actual,
        details: ["rule      \(mismatch.rule)"]
          + (isLast ? ["more      \(rest) more mismatches in this message"] : [])
      )
    }
  }

  private func missing(_ index: Int, reason: String) -> Finding {
    let reply = replies[index]
    let count = reply.minimum > 1 ? " (\(counts[index]) of at least \(reply.minimum))" : ""
    return Finding(
      rule: "missing-reply",
      message: "\(reply.name) did not come\(count): \(reason)",
      traffic: TrafficLocation(connection: connection),
      expected: reply.matcher.expected.excerpt,
      details: passedOver.suffix(3).map { "heard     frame \($0.frame): \($0.message.excerpt)" }
        + (nearest(to: reply).map { differences($0, from: reply, "nearest") } ?? [])
    )
  }

  /// How a message differs from a reply, path by path.
  private func differences(
    _ incoming: IncomingMessage,
    from reply: ExpectedReply,
    _ title: String
  ) -> [String] {
    let mismatches = reply.matcher.mismatches(with: incoming.message)
    let count = "\(mismatches.count) difference\(mismatches.count == 1 ? "" : "s")"
    let rest = mismatches.count - Self.maximumMismatches
    return ["\(title)   frame \(incoming.frame), \(count) from \(reply.name)"]
      + mismatches.prefix(Self.maximumMismatches).map { "  \($0) [\($0.rule)]" }
      + (rest > 0 ? ["  and \(rest) more"] : [])
  }

  private func otherAnswer(_ incoming: IncomingMessage) -> Finding {
    let open = replies.indices.first { $0 >= position && !replies[$0].isFull(counts[$0]) }
    let expected = open.map { replies[$0] }
    return Finding(
      rule: "wrong-answer",
      message: expected.map { "another message came in place of \($0.name)" }
        ?? "one more answer came than the contract has",
      traffic: TrafficLocation(connection: connection, frame: incoming.frame),
      expected: expected?.matcher.expected.excerpt ?? "no further answer",
      actual: incoming.message.excerpt,
      details: expected.map { differences(incoming, from: $0, "differs") } ?? []
    )
  }
}

extension InteractionMessage {
  /// The start of the example, for reports.
  var excerpt: String { ReceivedMessage(contents).excerpt }
}
