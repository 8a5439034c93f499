import Contract
import JSON
import Pact
import WebSocket

/// Answers a provider's heartbeat, so that a long verification is not disconnected.
///
/// A message whose identity is "ping" is said back with "pong" in its place, all else equal. A contract
/// that has such a message among its replies or pushes gets no automatic answer.
struct Heartbeat: Sendable {
  private let pointers: [JSONPointer]

  /// Learns from a contract where messages carry their kind.
  init(_ interactions: [Interaction]) {
    var pointers: [JSONPointer] = []
    for interaction in interactions {
      guard let pointer = interaction.facts.identity, !pointers.contains(pointer) else { continue }
      pointers.append(pointer)
    }
    let messages = interactions.flatMap(\.providerMessages)
    self.pointers = pointers.filter { pointer in
      !messages.contains { message in
        if case .json(let value, _) = message.contents { value[pointer] == "ping" } else { false }
      }
    }
  }

  /// The answer to a message, or `nil` when it is no heartbeat.
  func answer(to message: Message) -> Message? {
    // Most messages are told apart without being read.
    guard message.payload.count <= 1_024, var value = try? JSONValue.parse(message.payload),
      let pointer = pointers.first(where: { value[$0] == "ping" })
    else { return nil }
    value.set("pong", at: pointer)
    return Message(kind: message.kind, payload: value.bytes())
  }
}
