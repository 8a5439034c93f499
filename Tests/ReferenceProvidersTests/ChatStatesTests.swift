import JSON
import ReferenceProviders
import Testing
import WebSocket

struct ChatStatesTests {
  private let thread = uuid(100)
  private let agent = uuid(200)

  private func change(_ action: String, _ state: String, _ params: JSONValue = [:]) -> JSONValue {
    ["action": .string(action), "state": .string(state), "params": params]
  }

  @Test func `a thread with messages has as many as were asked for`() async throws {
    try await withChat { chat in
      let params: JSONValue = ["thread_id": .string(thread), "count": 3]
      let answer = try await chat.changeState(change("setup", "a thread with messages", params))
      #expect(answer.status == 200)
      #expect(answer.body == [:])
      let history = try await chat.connect().follow(thread)
      let messages = try #require(history["messages"]?.arrayValue)
      #expect(messages.map { $0["content"] } == ["message 1", "message 2", "message 3"])
      #expect(messages.map { $0["role"] } == ["user", "assistant", "user"])
    }
  }

  @Test func `a thread with messages has two when no number is given`() async throws {
    try await withChat { chat in
      let params: JSONValue = ["thread_id": .string(thread)]
      for _ in 1...2 {
        _ = try await chat.changeState(change("setup", "a thread with messages", params))
      }
      #expect(try await chat.connect().follow(thread)["messages"]?.arrayValue?.count == 2)
    }
  }

  @Test(arguments: ["a thread with messages", "no threads exist"])
  func `threads can be emptied`(state: String) async throws {
    try await withChat { chat in
      let params: JSONValue = ["thread_id": .string(thread)]
      _ = try await chat.changeState(change("setup", "a thread with messages", params))
      let action = state == "no threads exist" ? "setup" : "teardown"
      #expect(try await chat.changeState(change(action, state, params)).status == 200)
      #expect(try await chat.connect().follow(thread)["messages"] == [])
    }
  }

  @Test func `an agent has the status that it was given until it is torn down`() async throws {
    try await withChat { chat in
      let params: JSONValue = ["agent_id": .string(agent), "status": "offline"]
      for (action, status) in [("setup", "offline"), ("teardown", "idle")] {
        #expect(try await chat.changeState(change(action, "an agent", params)).status == 200)
        let client = try await chat.connect()
        let topics: JSONValue = [.string("agent:\(agent)")]
        _ = try await client.answer("subscribe", ["topics": topics])
        #expect(try await client.next()["status"] == .string(status))
      }
    }
  }

  @Test(arguments: [
    (#"{"action":"setup","state":"an agnet"}"#, "did you mean 'an agent'"),
    (#"{"action":"setup","state":"sunshine"}"#, "'no threads exist'"),
    (#"{"action":"begin","state":"an agent"}"#, "unknown action 'begin'"),
    (#"{"action":"setup","state":"an agent"}"#, "'agent_id'"),
    (
      #"{"action":"setup","state":"an agent","params":{"agent_id":"a","status":"asleep"}}"#,
      "'status' is \"asleep\""
    ),
    (#"{"state":"a thread with messages","params":{"thread_id":"t","count":-1}}"#, "'count' is -1"),
    (#"{"action":"setup"}"#, "'state' is missing"),
    ("[]", "no JSON object"),
    ("hello", "no JSON object"),
  ])
  func `a change that cannot be made is answered with 400 and a sentence`(
    body: String,
    sentence: String
  ) async throws {
    try await withChat { chat in
      let answer = try await chat.http("POST", "/_states", body: Array(body.utf8))
      #expect(answer.status == 400)
      let error = try #require(answer.body["error"]?.stringValue)
      #expect(error.contains(sentence), "\(error)")
    }
  }

  @Test func `the health is told, and other places are not there`() async throws {
    try await withChat { chat in
      let health = try await chat.http("GET", "/health")
      #expect(health.status == 200)
      #expect(health.body == ["status": "ok"])
      #expect(try await chat.http("GET", "/nothing").status == 404)
      #expect(try await chat.http("GET", "/_states").status == 405)
      #expect(try await chat.http("HEAD", "/health").status == 200)
      #expect(try await chat.http("POST", "/health").status == 405)
      #expect(try await chat.http("GET", "/nothing").status == 404)
    }
  }
}
