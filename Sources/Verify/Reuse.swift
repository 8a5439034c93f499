import Contract
import JSON
import Pact

/// The values of this run that stand in the place of recorded ones.
///
/// What the provider makes up, such as a session's token, is another value each time; requests that
/// repeat it, and replies that repeat it after them, get the value of this run.
struct Reuse {
  private var replies: [String: [Int: ReceivedMessage]] = [:]
  private var texts: [String: String] = [:]

  /// Remembers what the provider said in an interaction.
  mutating func note(_ replies: [Int: ReceivedMessage], of interaction: Interaction) {
    self.replies[interaction.description] = replies
  }

  /// Remembers texts of this run by the recorded ones that they stand for.
  mutating func note(_ made: [String: String]) { texts.merge(made) { _, new in new } }

  /// An interaction with the values of this run.
  mutating func applied(to interaction: Interaction) -> Interaction {
    guard !interaction.facts.reuses.isEmpty || !texts.isEmpty else { return interaction }
    var result = interaction
    if case .exchange(var request, let responses) = interaction.content,
      case .json(var value, let type) = request.contents
    {
      for reuse in interaction.facts.reuses {
        guard let live = replies[reuse.interaction]?[reuse.response]?.json?[reuse.source] else {
          continue
        }
        if let recorded = value[reuse.target]?.stringValue, let live = live.stringValue {
          texts[recorded] = live
        }
        value.set(live, at: reuse.target)
      }
      request.contents = .json(Self.replaced(value, texts), contentType: type)
      result.content = .exchange(request: request, responses: responses.map(replaced))
    } else if case .push(let message) = interaction.content {
      result.content = .push(replaced(message))
    }
    return result
  }

  /// A value that was heard, with the recorded texts in the place of those of this run.
  func recorded(_ value: JSONValue) -> JSONValue {
    guard !texts.isEmpty else { return value }
    let old = Dictionary(texts.map { ($0.value, $0.key) }, uniquingKeysWith: min)
    return Self.replaced(value, old)
  }

  private func replaced(_ message: InteractionMessage) -> InteractionMessage {
    guard case .json(let value, let type) = message.contents else { return message }
    var message = message
    message.contents = .json(Self.replaced(value, texts), contentType: type)
    return message
  }

  private static func replaced(_ value: JSONValue, _ texts: [String: String]) -> JSONValue {
    switch value {
    case .string(let text): .string(texts[text] ?? text)
    case .array(let items): .array(items.map { replaced($0, texts) })
    case .object(let object):
      .object(
        JSONObject(
          object.members.map { .init(name: $0.name, value: replaced($0.value, texts)) }
        )
      )
    default: value
    }
  }
}
