import Contract
import JSON
import Pact
import WebSocket

/// One thing that a consumer relies on, described step by step.
///
/// ```swift
/// .uponReceiving("a subscription")
///   .given("prices exist", ["symbol": "ABC"])
///   .send(["op": "subscribe", "id": .integer(1)])
///   .expect(["op": "subscribed", "id": .integer(1)])
/// ```
public struct ConsumerInteraction: Sendable {
  /// What makes the provider speak.
  enum Cause: Sendable {
    case request
    case connection
    case interaction(String)
  }

  let description: String
  let cause: Cause
  var states: [ProviderState] = []
  var request: InteractionMessage?
  var replies: [InteractionMessage] = []
  var facts = WebSocketFacts()

  private init(_ description: String, _ cause: Cause) {
    self.description = description
    self.cause = cause
  }

  // MARK: What makes the provider speak

  /// An exchange: the consumer sends, the provider answers.
  public static func uponReceiving(_ description: String) -> ConsumerInteraction {
    ConsumerInteraction(description, .request)
  }

  /// A push that comes when a connection is opened.
  public static func uponConnecting(_ description: String) -> ConsumerInteraction {
    ConsumerInteraction(description, .connection)
  }

  /// A push that another interaction of the same connection causes, named by its description.
  public static func following(
    _ cause: String,
    _ description: String
  ) -> ConsumerInteraction {
    ConsumerInteraction(description, .interaction(cause))
  }

  // MARK: What must be so beforehand

  /// Something that must be true of the provider; may be said several times.
  public func given(_ state: String, _ parameters: [String: Example] = [:]) -> ConsumerInteraction {
    changed { interaction in
      let members = parameters.sorted { $0.key < $1.key }.map {
        JSONObject.Member(name: $0.key, value: $0.value.value)
      }
      interaction.states.append(ProviderState(name: state, parameters: JSONObject(members)))
    }
  }

  /// Where the connection leads: a path with its query, and a subprotocol that is offered.
  public func on(_ target: String, subprotocol: String? = nil) -> ConsumerInteraction {
    changed { interaction in
      let request = HandshakeRequest(target: target)
      interaction.facts.connection = ConnectionFacts(
        path: request.path,
        query: request.queryItems.map { NameAndValue(name: $0.name, value: $0.value) },
        subprotocol: subprotocol
      )
    }
  }

  // MARK: What is said

  /// What the consumer sends.
  public func send(_ message: Example) -> ConsumerInteraction {
    changed { $0.request = message.message }
  }

  /// Text that the consumer sends, no JSON.
  public func send(text: String) -> ConsumerInteraction {
    changed { $0.request = InteractionMessage(contents: .text(text, contentType: "text/plain")) }
  }

  /// What the provider says; may be said several times, in the order of the messages.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - name: Its name in the API's document, for reports.
  ///   - atLeast: The least number of times that it comes in a row; 1.
  ///   - atMost: The greatest number, or `nil` for any; 1.
  /// - Returns: The interaction with this message.
  public func expect(
    _ message: Example,
    named name: String? = nil,
    atLeast: Int = 1,
    atMost: Int? = 1
  ) -> ConsumerInteraction {
    changed { interaction in
      interaction.replies.append(message.message)
      interaction.facts.responses.append(
        ResponseFacts(message: name, minimum: atLeast, maximum: atMost)
      )
    }
  }

  /// Text that the provider says, no JSON.
  public func expect(text: String) -> ConsumerInteraction {
    changed { interaction in
      let contents = MessageContents.text(text, contentType: "text/plain")
      interaction.replies.append(InteractionMessage(contents: contents))
      interaction.facts.responses.append(ResponseFacts(message: nil))
    }
  }

  /// The provider closes the connection afterwards.
  public func expectClose(_ code: UInt16) -> ConsumerInteraction {
    changed { $0.facts.closeCode = code }
  }

  // MARK: What ties messages together

  /// Replies repeat a value of the request: the mock copies it, and a provider has to.
  ///
  /// - Parameters:
  ///   - request: Where the request has it, as a name or a JSON Pointer.
  ///   - reply: Where replies have it; the same place when it is left out.
  /// - Returns: The interaction with this tie.
  public func correlated(by request: String, in reply: String? = nil) -> ConsumerInteraction {
    changed { interaction in
      guard let source = JSONPointer(place: request),
        let target = JSONPointer(place: reply ?? request)
      else { return }
      interaction.facts.correlation = CorrelationFacts(request: source, response: target)
    }
  }

  /// The longest time to the first reply when a provider is verified.
  public func within(milliseconds: Int) -> ConsumerInteraction {
    changed { $0.facts.budgetMilliseconds = milliseconds }
  }

  private func changed(_ change: (inout ConsumerInteraction) -> Void) -> ConsumerInteraction {
    var copy = self
    change(&copy)
    return copy
  }
}

extension JSONPointer {
  /// Reads a member's name, or a JSON Pointer.
  init?(place: String) { self.init(place.hasPrefix("/") ? place : "/" + place) }
}

extension ConsumerInteraction {
  /// The interaction as a contract keeps it.
  func interaction(identity: JSONPointer?) -> Interaction {
    var facts = facts
    facts.identity = identity
    // A message that comes once and has no name is nothing to remember.
    if facts.responses.allSatisfy({ $0 == ResponseFacts(message: nil) }) { facts.responses = [] }
    let content: Interaction.Content
    switch cause {
    case .request:
      content = .exchange(
        request: request ?? InteractionMessage(contents: .missing),
        responses: replies
      )
    case .connection:
      facts.trigger = .connect
      content = .push(replies.first ?? InteractionMessage(contents: .missing))
    case .interaction(let description):
      facts.trigger = .interaction(description)
      content = .push(replies.first ?? InteractionMessage(contents: .missing))
    }
    return Interaction(
      description: description,
      providerStates: states,
      content: content,
      facts: facts
    )
  }

  /// What is wrong with the description itself.
  var mistake: String? {
    switch cause {
    case .request where request == nil:
      "'\(description)' sends nothing; say what with send"
    case .connection where request != nil, .interaction where request != nil:
      "'\(description)' is a push, and sends something; use uponReceiving for exchanges"
    case .connection where replies.count != 1, .interaction where replies.count != 1:
      "'\(description)' is a push of \(replies.count) messages; describe one for each"
    default: nil
    }
  }
}
