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
}
