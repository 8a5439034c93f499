package import JSON

/// Steps on named connections, in order: what verify, fuzz and replay play against a provider.
///
/// On disk it is YAML or JSON; ``Scenario/init(reading:)`` and ``Scenario/jsonValue`` say how.
package struct Scenario: Sendable, Hashable {
  /// What it is called.
  package var name: String
  /// What it shows, in a sentence; may be empty.
  package var summary: String
  /// What must be true of the provider beforehand.
  package var given: [ProviderState]
  /// The connections that steps name, in order.
  package var connections: [ScenarioConnection]
  /// The steps, in order.
  package var steps: [ScenarioStep]
  /// Where a generated scenario comes from, and what it showed.
  package var origin: ScenarioOrigin?

  /// Puts a scenario together.
  package init(
    name: String,
    summary: String = "",
    given: [ProviderState] = [],
    connections: [ScenarioConnection] = [ScenarioConnection(name: "main")],
    steps: [ScenarioStep],
    origin: ScenarioOrigin? = nil
  ) {
    self.name = name
    self.summary = summary
    self.given = given
    self.connections = connections
    self.steps = steps
    self.origin = origin
  }
}

/// A connection that steps refer to by name.
package struct ScenarioConnection: Sendable, Hashable {
  /// The name that steps use.
  package var name: String
  /// Path, query, headers and subprotocol; `nil` takes the provider's URL as it is given.
  package var facts: ConnectionFacts?

  /// Names a connection.
  package init(name: String, facts: ConnectionFacts? = nil) {
    self.name = name
    self.facts = facts
  }
}

/// One step of a scenario.
package enum ScenarioStep: Sendable, Hashable {
  /// Opens a connection and waits for the end of the handshake.
  case connect(String)
  /// Sends a message.
  case send(SendStep)
  /// Waits for a message.
  case expect(ExpectStep)
  /// Listens until nothing has come on any connection for this long.
  case waitUntilQuiet(Duration)
  /// Closes a connection with a closing handshake.
  case close(connection: String, code: UInt16, reason: String)
  /// Drops a connection without a closing handshake.
  case drop(String)
  /// Sends a ping frame and waits for its pong.
  case ping(String)
  /// Listens for this long.
  case wait(Duration)
  /// Waits for the end of a connection.
  case expectClose(ExpectCloseStep)
  /// Writes bytes to the socket as they are.
  case bytes(BytesStep)
  /// Sends one frame, right or wrong.
  case frame(FrameStep)
  /// Reads nothing more from a connection, as a client that hangs.
  case stall(String)
  /// Reads on.
  case resume(String)
  /// Ends the direction to the provider without a close frame, and goes on reading.
  case halfClose(String)
  /// Ends a connection with a TCP reset.
  case reset(String)
}

/// A message to send.
package struct SendStep: Sendable, Hashable {
  /// The connection.
  package var connection: String
  /// The message's name in the API description, for reading only.
  package var message: String?
  /// What is sent.
  package var payload: ScenarioPayload
  /// Members of a JSON payload that are replaced by values received before.
  package var bindings: [ValueBinding]
  /// The places in the payload, in bytes, at which a new frame begins; ascending.
  ///
  /// A place that stands twice makes an empty frame, as does one behind the end.
  package var fragments: [Int]

  /// Describes what to send.
  package init(
    on connection: String,
    message: String? = nil,
    payload: ScenarioPayload,
    bindings: [ValueBinding] = [],
    fragments: [Int] = []
  ) {
    self.connection = connection
    self.message = message
    self.payload = payload
    self.bindings = bindings
    self.fragments = fragments
  }
}

/// What is sent.
package enum ScenarioPayload: Sendable, Hashable {
  /// A text message with this value in compact form.
  case json(JSONValue)
  /// A text message, as it stands.
  case text(String)
  /// A binary message.
  case binary([UInt8])
  /// Bytes put on the socket without a frame around them.
  case raw([UInt8])
}

/// A member whose value is taken from a message that was received before.
package struct ValueBinding: Sendable, Hashable {
  /// The member of the payload that is replaced.
  package var target: JSONPointer
  /// The label under which an `expect` step kept the message.
  package var label: String
  /// Where the value stands in that message.
  package var source: JSONPointer

  /// Binds a member.
  package init(target: JSONPointer, label: String, source: JSONPointer) {
    self.target = target
    self.label = label
    self.source = source
  }
}

/// A message to wait for.
package struct ExpectStep: Sendable, Hashable {
  /// The connection.
  package var connection: String
  /// The message's name in the API description, for reading only.
  package var message: String?
  /// Members that the message must have with these values; messages that lack them are passed over.
  package var values: [MessageIdentity]
  /// The label under which later steps refer to the message.
  package var label: String?
  /// How long to wait; `nil` takes the player's time limit.
  package var within: Duration?
  /// Whether the scenario goes on when nothing came in time (saved fuzz cases do: a judge decides).
  package var isOptional: Bool

  /// Describes what to wait for.
  package init(
    on connection: String,
    message: String? = nil,
    values: [MessageIdentity] = [],
    label: String? = nil,
    within: Duration? = nil,
    isOptional: Bool = false
  ) {
    self.connection = connection
    self.message = message
    self.values = values
    self.label = label
    self.within = within
    self.isOptional = isOptional
  }
}

/// Where a generated scenario comes from, and what it showed.
package struct ScenarioOrigin: Sendable, Hashable {
  /// The API description it was generated from, relative to the working directory of that run.
  package var specification: String
  /// The seed of the run.
  package var seed: UInt64
  /// The number of the case within the run, from 1.
  package var caseNumber: Int
  /// The code of the finding that it reproduces (`WSP201`).
  package var finding: String
  /// What makes the finding the same one when it comes again (operation, place, kind).
  package var signature: String
  /// The reply budget of that run.
  package var budget: Duration

  /// Records an origin.
  package init(
    specification: String,
    seed: UInt64,
    caseNumber: Int,
    finding: String,
    signature: String,
    budget: Duration
  ) {
    self.specification = specification
    self.seed = seed
    self.caseNumber = caseNumber
    self.finding = finding
    self.signature = signature
    self.budget = budget
  }
}
