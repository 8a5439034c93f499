import Session
import Testing
import WebSocket

struct ProviderProcessTests {
  struct Ready: CustomTestStringConvertible {
    let line: String
    let pattern: String
    let url: String
    var testDescription: String { line }
  }

  static let readyLines = [
    Ready(
      line: "READY ws://127.0.0.1:4100/ws",
      pattern: ProviderCommand.defaultReadyPattern,
      url: "ws://127.0.0.1:4100/ws"
    ),
    Ready(
      line: "INFO: Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",
      pattern: #"running on (\S+)"#,
      url: "ws://127.0.0.1:8000/"
    ),
    Ready(line: "ws://localhost:1/a?b=c", pattern: #"ws://\S+"#, url: "ws://localhost:1/a?b=c"),
  ]

  @Test(arguments: readyLines)
  func `the ready line tells where the provider listens`(ready: Ready) async throws {
    let command = ProviderCommand(
      command: "echo starting; echo '\(ready.line)'; exec sleep 600",
      ready: ready.pattern
    )
    let provider = try await ProviderProcess.start(command)
    #expect("\(provider.url)" == ready.url)
    #expect(provider.exitStatus() == nil)
    #expect(provider.lastOutput == ["starting", ready.line])
    await provider.stop()
    #expect(provider.exitStatus() == .signalled(15))
  }

  @Test func `a provider that ends before it is ready is told with its last words`() async {
    let command = ProviderCommand(command: "echo port taken >&2; exit 7")
    await #expect(
      throws: SessionError.exitedBeforeReady(
        command: command.command,
        status: .exited(code: 7),
        lastOutput: ["port taken"]
      )
    ) {
      try await ProviderProcess.start(command)
    }
  }

  @Test func `a provider that never gets ready is ended`() async throws {
    let command = ProviderCommand(
      command: "echo READY; sleep 600",
      readyTimeout: .milliseconds(50)
    )
    let error = await #expect(throws: SessionError.self) {
      try await ProviderProcess.start(command)
    }
    let text = "\(try #require(error))"
    #expect(
      text.hasPrefix(#"no line of 'echo READY; sleep 600' matched 'READY (\S+)' within 0.05 s"#)
    )
  }

  @Test func `a ready line without a URL is told`() async throws {
    let command = ProviderCommand(command: "echo READY port-4100; sleep 600")
    let error = await #expect(throws: SessionError.self) {
      try await ProviderProcess.start(command)
    }
    #expect(
      "\(try #require(error))"
        == "the ready line 'READY port-4100' gives no URL: 'port-4100' has no scheme; "
        + "write ws://HOST:PORT/PATH"
    )
  }

  @Test func `a pattern that is no regular expression is told`() async {
    let command = ProviderCommand(command: "true", ready: "READY (")
    let error = await #expect(throws: SessionError.self) {
      try await ProviderProcess.start(command)
    }
    #expect("\(error as Any)".contains("'READY (' is no regular expression"))
  }
}
