import Contract
import JSON
import WebSocket

/// What a verifier asks of the bridge.
///
/// Spec: the message proxy of Pact's verifiers: `POST {"description", "providerStates"?, "request"?}`;
/// their state change requests: `POST {"action", "state", "params"}`.
enum BridgeRequest: Equatable {
  /// A message.
  case message(description: String, states: [ProviderState])
  /// A provider state is to be set up or torn down; an empty name stands for none.
  case state(ProviderState, isSetUp: Bool)

  /// Reads a request.
  ///
  /// - Throws: ``BridgeProblem`` which says what the request should be.
  init(_ request: PlainHTTPRequest) throws(BridgeProblem) {
    guard request.method == "POST" else {
      throw BridgeProblem(status: 405, text: "ask with POST, not \(request.method)")
    }
    guard let body = (try? JSONValue.parse(request.body))?.objectValue else {
      throw BridgeProblem(status: 400, text: "the body is no JSON object")
    }
    if let description = body["description"]?.stringValue {
      let states = (body["providerStates"]?.arrayValue ?? []).compactMap(Self.state)
      self = .message(description: description, states: states)
    } else if let name = body["state"]?.stringValue {
      let state = ProviderState(name: name, parameters: body["params"]?.objectValue ?? [:])
      self = .state(state, isSetUp: body["action"]?.stringValue != "teardown")
    } else {
      throw BridgeProblem(
        status: 400,
        text: "the body has no \"description\" of a message and no \"state\""
      )
    }
  }

  private static func state(_ value: JSONValue) -> ProviderState? {
    guard let name = value["name"]?.stringValue else { return nil }
    return ProviderState(name: name, parameters: value["params"]?.objectValue ?? [:])
  }
}

/// Why the bridge has no message to give.
struct BridgeProblem: Error, Equatable {
  /// The status of HTTP.
  var status: Int
  /// One sentence: lower case, no full stop.
  var text: String
}
