import Contract
import JSON
import Session
import Testing
import WebSocket

struct ProviderStateClientTests {
  @Test func `a state is posted and its values come back`() async throws {
    try await withProvider { url in
      let recorder = TranscriptRecorder()
      let states = ProviderStateClient(url: "http://127.0.0.1:\(url.port)/_states")
      let state = ProviderState(name: "a thread", parameters: ["count": 2])
      try await states.setUp(state, recorder: recorder)
      try await states.tearDown(state)
      let values = try await states.setUp(state)
      #expect(
        values["calls"] == [
          #"{"action":"setup","state":"a thread","params":{"count":2}}"#,
          #"{"action":"teardown","state":"a thread","params":{"count":2}}"#,
          #"{"action":"setup","state":"a thread","params":{"count":2}}"#,
        ]
      )
      #expect(
        recorder.transcript.events.map(\.kind) == [
          .providerState(action: "setup", name: "a thread", failure: nil)
        ]
      )
    }
  }

  @Test func `a refused state is told with the provider's words`() async throws {
    try await withProvider { url in
      let endpoint = "http://127.0.0.1:\(url.port)/_states"
      let states = ProviderStateClient(url: endpoint)
      let error = await #expect(throws: SessionError.self) {
        try await states.setUp(ProviderState(name: "unknown"))
      }
      let text = "\(try #require(error))"
      #expect(
        text
          == "\(endpoint) refused to set up the provider state 'unknown' with status 400: "
          + "no such state"
      )
    }
  }

  @Test func `an endpoint that is not there is told`() async throws {
    let states = ProviderStateClient(url: "http://127.0.0.1:1/_states")
    let error = await #expect(throws: SessionError.self) {
      try await states.setUp(ProviderState(name: "any"))
    }
    let text = "\(try #require(error))"
    #expect(text.contains("connection refused by 127.0.0.1:1"))
  }

  // MARK: Commands

  struct Example: CustomTestStringConvertible {
    let command: String
    var timeout = Duration.seconds(10)
    /// The values that come back, or the sentence of the error.
    let result: Result<JSONObject, ExpectedText>
    var testDescription: String { command }
  }

  struct ExpectedText: Error { var text: String }

  static let examples = [
    Example(
      command: #"printf '{"seen": "%s %s"}' "$WSPACT_STATE_ACTION" "$WSPACT_STATE""#,
      result: .success(["seen": "setup a thread"])
    ),
    Example(
      command: #"printf '{"params": %s}' "$WSPACT_STATE_PARAMS""#,
      result: .success(["params": ["count": 2]])
    ),
    Example(
      command: "cat",
      result: .success(["action": "setup", "state": "a thread", "params": ["count": 2]])
    ),
    Example(command: "true", result: .success([:])),
    Example(command: "echo inserted 2 rows", result: .success([:])),
    Example(
      command: "echo no such table >&2; exit 3",
      result: .failure(
        ExpectedText(
          text:
            "did not set up the provider state 'a thread': it ended with exit code 3: no such table"
        )
      )
    ),
    Example(
      command: "echo '{\"a\": }'",
      result: .failure(ExpectedText(text: "it printed no JSON object: "))
    ),
    Example(
      command: "sleep 60",
      timeout: .milliseconds(50),
      result: .failure(ExpectedText(text: "it did not end within 50ms"))
    ),
  ]

  @Test(arguments: examples)
  func `a command sets up a state, and its output gives values`(example: Example) async throws {
    let states = ProviderStateClient(command: example.command, timeout: example.timeout)
    let state = ProviderState(name: "a thread", parameters: ["count": 2])
    do throws(SessionError) {
      let values = try await states.setUp(state)
      #expect(values == (try? example.result.get()))
    } catch {
      guard case .failure(let expected) = example.result else {
        Issue.record(error)
        return
      }
      #expect("\(error)".contains(expected.text), "\(error)")
    }
  }
}
