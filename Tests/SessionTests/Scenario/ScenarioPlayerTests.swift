import Contract
import JSON
import Session
import Testing
import WebSocket

struct ScenarioPlayerTests {
  private let player = ScenarioPlayer(expectTimeout: .seconds(20))

  private func type(_ value: String) -> [MessageIdentity] {
    [MessageIdentity(pointer: JSONPointer(tokens: ["type"]), value: .string(value))]
  }

  /// Answers `make` with a made id, and anything else with itself.
  private static let script: ScriptedProvider.Script = { message, connection, others in
    if message["type"] == "make" {
      connection.send(.text(#"{"type":"noise"}"#))
      connection.send(.text(#"{"type":"made","item":{"id":"id-7"}}"#))
    } else {
      connection.send(.text(message.text()))
    }
  }

  @Test func `values of earlier messages are bound into later ones`() async throws {
    let scenario = Scenario(
      name: "bound",
      steps: [
        .connect("main"),
        .send(SendStep(on: "main", payload: .json(["type": "make"]))),
        .expect(ExpectStep(on: "main", values: type("made"), label: "made")),
        .send(
          SendStep(
            on: "main",
            payload: .json(["type": "use", "ids": ["old"]]),
            bindings: [
              ValueBinding(
                target: JSONPointer(tokens: ["ids", "0"]),
                label: "made",
                source: JSONPointer(tokens: ["item", "id"])
              )
            ]
          )
        ),
        .expect(ExpectStep(on: "main", values: type("use"), label: "used")),
        .expect(ExpectStep(on: "main", values: type("noise"))),
        .ping("main"),
        .close(connection: "main", code: 1000, reason: "done"),
      ]
    )
    try await withProvider(script: Self.script) { url in
      let recorder = TranscriptRecorder()
      let outcome = try await player.play(scenario, on: url, recorder: recorder)
      #expect(outcome.isCompleted)
      #expect(outcome.kept["used"] == ["type": "use", "ids": ["id-7"]])
      #expect(recorder.transcript.events.map(\.step).last == 8)
    }
  }

  @Test func `a message that does not come is missed, or passed over when it is optional`()
    async throws
  {
    let optional = ExpectStep(
      on: "main",
      message: "pong",
      values: type("pong"),
      label: "pong",
      within: .zero,
      isOptional: true
    )
    var required = optional
    required.isOptional = false
    let binding = ValueBinding(
      target: JSONPointer(tokens: ["id"]),
      label: "pong",
      source: JSONPointer(tokens: ["id"])
    )
    let send = SendStep(on: "main", payload: .json(["id": "kept"]), bindings: [binding])
    let scenario = Scenario(
      name: "missed",
      steps: [
        .connect("main"), .expect(optional), .send(send),
        .expect(ExpectStep(on: "main", label: "echo")), .expect(required),
      ]
    )
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      let outcome = try await player.play(scenario, on: url, recorder: recorder)
      #expect(outcome.ending == .missed(step: 5, expected: "pong"))
      #expect(outcome.kept["echo"] == ["id": "kept"])
      #expect(recorder.transcript.events.contains { $0.kind == .missed("pong") && $0.step == 5 })
    }
  }

  @Test func `a value that no message brought is told`() async throws {
    let binding = ValueBinding(target: .root, label: "thread", source: .root)
    let scenario = Scenario(
      name: "unbound",
      steps: [
        .connect("main"),
        .send(SendStep(on: "main", payload: .json(1), bindings: [binding])),
      ]
    )
    try await withProvider { url in
      await #expect(throws: SessionError.missingValue(label: "thread", pointer: "", known: [])) {
        try await player.play(scenario, on: url, recorder: TranscriptRecorder())
      }
    }
  }

  @Test func `a connection that the provider closes ends the scenario`() async throws {
    let scenario = Scenario(
      name: "closed",
      steps: [
        .connect("main"), .send(SendStep(on: "main", payload: .json(1))),
        .expect(ExpectStep(on: "main")),
      ]
    )
    let script: ScriptedProvider.Script = { _, connection, _ in
      connection.close(1002, reason: "bad")
    }
    try await withProvider(script: script) { url in
      let outcome = try await player.play(scenario, on: url, recorder: TranscriptRecorder())
      #expect("\(outcome.ending)" == "step 3: connection 'main' is over with 1002 (bad)")
    }
  }

  @Test func `waiting until it is quiet hears everything that comes`() async throws {
    let scenario = Scenario(
      name: "quiet",
      connections: [ScenarioConnection(name: "a"), ScenarioConnection(name: "b")],
      steps: [
        .connect("a"), .connect("b"), .send(SendStep(on: "a", payload: .json("x"))),
        .waitUntilQuiet(.milliseconds(500)),
        .expect(ExpectStep(on: "b", label: "heard", within: .zero)),
        .drop("a"),
      ]
    )
    let script: ScriptedProvider.Script = { message, _, others in
      for other in others { other.send(.text(message.text())) }
    }
    try await withProvider(script: script) { url in
      let outcome = try await player.play(scenario, on: url, recorder: TranscriptRecorder())
      #expect(outcome.isCompleted)
      #expect(outcome.kept["heard"] == "x")
    }
  }

  @Test func `provider states are set up before and torn down after`() async throws {
    let scenario = Scenario(
      name: "states",
      given: [ProviderState(name: "one"), ProviderState(name: "two")],
      steps: [.connect("main")]
    )
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      await #expect(throws: SessionError.noStateEndpoint(states: ["one", "two"])) {
        try await player.play(scenario, on: url, recorder: recorder)
      }
      let states = ProviderStateClient(url: "http://127.0.0.1:\(url.port)/_states")
      _ = try await player.play(scenario, on: url, states: states, recorder: recorder)
      let calls = recorder.transcript.events.compactMap { event -> String? in
        guard case .providerState(let action, let name, nil) = event.kind else { return nil }
        return "\(action) \(name)"
      }
      #expect(calls == ["setup one", "setup two", "teardown two", "teardown one"])
    }
  }
}
