import Contract
import JSON
import Pact

/// Makes an interaction ready to be played: generators are applied, and replies follow what they made.
///
/// Spec: Pact V4 "Generators". A reply that repeats a value of the request is expected to repeat the
/// one that was made; values of provider states are put into expected messages as well.
struct Preparation {
  /// What generators draw on.
  var context: GenerationContext
  /// Made texts by those of the contract, for what later interactions repeat.
  private(set) var texts: [String: String] = [:]

  /// Whether only values of provider states are put in, and all else is said as recorded.
  private let keepsExamples: Bool

  init(_ context: GenerationContext, keepsExamples: Bool = false) {
    self.context = context
    self.keepsExamples = keepsExamples
  }

  /// The interaction as it is to be played.
  ///
  /// - Throws: ``GenerationProblem`` for a value that cannot be made.
  mutating func applied(to interaction: Interaction) throws(GenerationProblem) -> Interaction {
    var result = interaction
    switch interaction.content {
    case .exchange(let request, let responses):
      let name = interaction.description
      let made = try generated(request, name, onlyFromStates: keepsExamples)
      note(request.contents, made.contents)
      var expected: [InteractionMessage] = []
      for response in responses {
        var message = try generated(response, name, onlyFromStates: true)
        message.contents = correlated(message.contents, interaction, request, made)
        expected.append(message)
      }
      result.content = .exchange(request: made, responses: expected)
    case .push(let message):
      result.content = .push(
        try generated(message, interaction.description, onlyFromStates: true)
      )
    }
    return result
  }

  /// A message with the values that its generators make.
  private func generated(
    _ message: InteractionMessage,
    _ name: String,
    onlyFromStates: Bool
  ) throws(GenerationProblem) -> InteractionMessage {
    let generators = MessageGenerators(message)
    guard !generators.isEmpty else { return message }
    return try generators.applied(name: name, in: context, onlyFromStates: onlyFromStates)
  }

  /// An expected reply with the id that the request has now.
  private func correlated(
    _ contents: MessageContents,
    _ interaction: Interaction,
    _ recorded: InteractionMessage,
    _ made: InteractionMessage
  ) -> MessageContents {
    guard let correlation = interaction.facts.correlation,
      case .json(var value, let type) = contents,
      case .json(let old, _) = recorded.contents, case .json(let new, _) = made.contents,
      let oldID = old[correlation.request], let newID = new[correlation.request], oldID != newID,
      value[correlation.response] == oldID
    else { return contents }
    value.set(newID, at: correlation.response)
    return .json(value, contentType: type)
  }

  /// Remembers the texts that were made in the place of others.
  private mutating func note(_ old: MessageContents, _ new: MessageContents) {
    guard case .json(let old, _) = old, case .json(let new, _) = new, old != new else { return }
    note(old, new)
  }

  private mutating func note(_ old: JSONValue, _ new: JSONValue) {
    switch (old, new) {
    case (.string(let old), .string(let new)): if old != new { texts[old] = new }
    case (.array(let old), .array(let new)):
      for (old, new) in zip(old, new) { note(old, new) }
    case (.object(let old), .object(let new)):
      for member in old.members { if let value = new[member.name] { note(member.value, value) } }
    default: break
    }
  }
}
