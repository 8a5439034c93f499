import JSON
import ReferenceProviders
import Testing
import WebSocket

struct ChatHeartbeatTests {
  @Test func `pings come again and again, each with an id of its own`() async throws {
    let configuration = ChatProvider.Configuration(pingInterval: .milliseconds(2))
    try await withChat(configuration) { chat in
      let client = try await chat.connect()
      var ids: [String] = []
      for _ in 1...5 {
        let ping = try await client.next()
        #expect(ping["type"] == "ping")
        ids.append(try #require(ping["ping_id"]?.stringValue))
      }
      #expect(Set(ids).count == 5)
    }
  }

  @Test func `no ping comes before its time`() async throws {
    try await withChat { chat in
      let client = try await chat.connect()
      #expect(try await client.everythingDue().isEmpty)
    }
  }

  @Test func `whoever sends no pong is closed with 4408`() async throws {
    let configuration = ChatProvider.Configuration(pongTimeout: .milliseconds(10))
    try await withChat(configuration) { chat in
      let closure = try await chat.connect().closure()
      #expect(closure.code == 4408)
      #expect(closure.reason == "no pong in time")
      #expect(closure.isClean)
    }
  }

  @Test func `requests are no sign of life in place of a pong`() async throws {
    let configuration = ChatProvider.Configuration(pongTimeout: .milliseconds(50))
    try await withChat(configuration) { chat in
      let client = try await chat.connect()
      while client.connection.closure == nil { _ = try? await client.answer("ping") }
      #expect(client.connection.closure?.code == 4408)
    }
  }

  @Test func `whoever answers stays, when another is closed for its silence`() async throws {
    let configuration = ChatProvider.Configuration(
      pingInterval: .milliseconds(20),
      pongTimeout: .seconds(1)
    )
    try await withChat(configuration) { chat in
      let lively = try await chat.connect()
      let silent = try await chat.connect()
      var pongs = 0
      while silent.connection.closure == nil {
        let ping = try await lively.next()
        try await lively.send(["type": "pong", "ping_id": try #require(ping["ping_id"])])
        pongs += 1
      }
      #expect(silent.connection.closure?.code == 4408)
      #expect(pongs > 1)
      let ping = try await lively.next()
      #expect(ping["type"] == "ping")
    }
  }
}
