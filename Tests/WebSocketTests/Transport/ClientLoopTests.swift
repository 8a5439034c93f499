import NIOCore
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(1)))
struct ClientLoopTests {
  @Test func `connections of a request that names a loop run on it`() async throws {
    let echo = try await EchoServer.start()
    let loop = ClientLoop.next(besides: echo.service.loop)
    for _ in 0..<3 {
      let client = try await echo.connect { $0.loop = loop }
      #expect(client.executor === loop.executor)
      await client.close()
    }
    await echo.server.shutdown()
  }

  @Test func `tasks on a loop share it with its connections`() async throws {
    let echo = try await EchoServer.start()
    let loop = ClientLoop.next()
    try await withThrowingTaskGroup { group in
      for number in 0..<50 {
        group.addTask(executorPreference: loop.executor) {
          var request = ConnectRequest(url: echo.url())
          request.loop = loop
          try await withConnection(request) { client in
            for round in 0..<20 {
              let message = Message.text("\(number) \(round)")
              let answer = try await client.exchange(message)
              #expect(answer == message)
              #expect(loop.loop.inEventLoop)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(await echo.service.closures(50).filter(\.isClean).count == 50)
    await echo.server.shutdown()
  }

  @Test func `a task that never waits for the peer lets others have their turn`() async throws {
    let loop = ClientLoop.next()
    let other = OneShot<Bool>()
    let spinning = Task(executorPreference: loop.executor) {
      while other.valueIfDone == nil { await Task.yield() }
    }
    let task = Task(executorPreference: loop.executor) { other.fulfil(true) }
    _ = await task.value
    await spinning.value
    #expect(other.valueIfDone == true)
  }
}
