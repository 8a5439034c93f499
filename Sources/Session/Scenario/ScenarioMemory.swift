import Contract
import JSON
import WebSocket

/// What a scenario has received and not yet used, and what it keeps for later steps.
struct ScenarioMemory {
  /// How many messages of a connection may wait for an `expect` step; older ones are dropped.
  static let maximumWaiting = 10_000

  private struct Received {
    var value: JSONValue?
  }

  private var waiting: [String: [Received]] = [:]
  private(set) var kept: [String: JSONValue] = [:]
  /// The labels of optional steps for which nothing came.
  private var absent: Set<String> = []

  /// Notes a message that came.
  mutating func received(_ message: Message, on connection: String) {
    let value = message.kind == .text ? try? JSONValue.parse(message.payload) : nil
    waiting[connection, default: []].append(Received(value: value))
    if waiting[connection, default: []].count > Self.maximumWaiting {
      waiting[connection]?.removeFirst()
    }
  }

  /// Uses up the first waiting message that a step asks for.
  ///
  /// - Returns: Whether there is one.
  mutating func claim(_ step: ExpectStep) -> Bool {
    let found = waiting[step.connection]?.firstIndex { received in
      step.values.allSatisfy { received.value?[$0.pointer] == $0.value }
    }
    guard let found, let claimed = waiting[step.connection]?.remove(at: found) else { return false }
    if let label = step.label { kept[label] = claimed.value }
    return true
  }

  /// Notes that nothing came for an optional step.
  mutating func missed(_ step: ExpectStep) {
    if let label = step.label { absent.insert(label) }
  }

  /// The payload of a step with its bindings filled in.
  ///
  /// Where the message was optional and did not come, the written value stays.
  ///
  /// - Throws: ``SessionError/missingValue(label:pointer:known:)``.
  func payload(of step: SendStep) throws(SessionError) -> ScenarioPayload {
    guard case .json(var value) = step.payload else { return step.payload }
    for binding in step.bindings {
      if let source = kept[binding.label]?[binding.source] {
        value.set(source, at: binding.target)
      } else if !absent.contains(binding.label) {
        throw .missingValue(
          label: binding.label,
          pointer: "\(binding.source)",
          known: kept.keys.sorted()
        )
      }
    }
    return .json(value)
  }
}
