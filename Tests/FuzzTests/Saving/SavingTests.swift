import Contract
import Generation
import JSON
import Session
import Testing
import WebSocket

@testable import Fuzz

struct SavingTests {
  @Test func `the name of a file is made of letters, digits and dashes`() {
    #expect(
      FailureFiles.name(signature: "WSP301 thread_history /messages/*/role enum", seed: 42)
        == "WSP301-thread_history-messages-role-enum-42"
    )
    #expect(FailureFiles.name(signature: "WSP302 ../../etc", seed: 1) == "WSP302-etc-1")
    #expect(FailureFiles.name(signature: String(repeating: "x", count: 500), seed: 1).count == 82)
  }

  struct Command: CustomTestStringConvertible {
    let target: ProviderTarget
    let text: String
    var testDescription: String { text }
  }

  static let commands = [
    Command(
      target: .url(WebSocketURL(host: "127.0.0.1", port: 4100, path: "/ws")),
      text: "wspact replay a.yml --provider-url ws://127.0.0.1:4100/ws"
    ),
    Command(
      target: .url(WebSocketURL(host: "h", port: 80, path: "/ws?token=a")),
      text: "wspact replay a.yml --provider-url 'ws://h/ws?token=a'"
    ),
    Command(
      target: .command(ProviderCommand(command: "python app.py --name 'x y'")),
      text: #"wspact replay a.yml --provider-cmd 'python app.py --name '\''x y'\'''"#
    ),
    Command(
      target: .command(ProviderCommand(command: "serve", ready: "on (.*)")),
      text: "wspact replay a.yml --provider-cmd serve --ready 'on (.*)'"
    ),
  ]

  @Test(arguments: commands)
  func `the command that replays a finding is one that a shell takes`(command: Command) {
    #expect(ReplayCommand.text(file: "a.yml", target: command.target) == command.text)
  }

  @Test func `values that the provider made up are bound to the replies that brought them`() throws
  {
    let room = "7e3b2a10-1d4c-4f5e-8a6b-000000000001"
    let text = """
      0 c1 open
      1 c1 > {"type":"ask","id":"1","text":"hello"}
      2 c1 < {"type":"answer","id":"1","text":"\(room)"}
      3 c1 > {"type":"watch","id":"2","room":"\(room)"}
      """
    let transcript = TranscriptText.transcript(text)
    let run = CaseRun(
      log: ChoiceLog(),
      actions: [
        .connect("c1", facts: nil),
        .send(
          connection: "c1",
          message: "ask",
          payload: ["type": "ask", "id": "1", "text": "hello"]
        ),
        .awaitReply(exchange: 0),
        .send(
          connection: "c1",
          message: "watch",
          payload: ["type": "watch", "id": "2", "room": .string(room)]
        ),
        .awaitReply(exchange: 1),
      ],
      transcript: transcript,
      begin: MonotonicTime(nanoseconds: 0),
      evidence: Evidence(try RoomsAPI.index(), transcript: transcript),
      limits: JudgeLimits(),
      digest: ByteDigest(),
      didNotOpen: false
    )
    var builder = ScenarioBuilder()
    builder.add(run, prefix: "before1-", closes: true)
    let origin = ScenarioOrigin(
      specification: "rooms.yml",
      seed: 1,
      caseNumber: 1,
      finding: "WSP201",
      signature: "WSP201 watch",
      budget: .milliseconds(100)
    )
    let scenario = builder.scenario(name: "bound", summary: "", origin: origin)
    #expect(scenario.connections.map(\.name) == ["before1-c1"])
    guard case .expect(let expect) = scenario.steps[2], case .send(let send) = scenario.steps[3],
      case .expect(let missing) = scenario.steps[4]
    else {
      Issue.record("the steps are \(scenario.steps)")
      return
    }
    #expect(expect.message == "answer")
    #expect(expect.label == "reply1")
    #expect(
      send.bindings == [
        ValueBinding(
          target: JSONPointer(tokens: ["room"]),
          label: "reply1",
          source: JSONPointer(tokens: ["text"])
        )
      ]
    )
    #expect(missing.message == "begin")
    #expect(missing.isOptional && missing.label == nil)
    #expect(scenario.steps.last == .close(connection: "before1-c1", code: 1000, reason: ""))
  }

  @Test func `bytes in another order have another digest`() {
    var first = ByteDigest()
    first.add([1, 2])
    first.add([3])
    var second = ByteDigest()
    second.add([1])
    second.add([2, 3])
    #expect(first != second)
  }
}
