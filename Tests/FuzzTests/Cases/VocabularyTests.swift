import Contract
import JSON
import JSONSchema
import Testing
import WebSocket

@testable import Fuzz

struct VocabularyTests {
  @Test func `much is said with little only where compression is offered`() throws {
    for isCompressed in [false, true] {
      let vocabulary = try Vocabulary(
        RoomsAPI.index(),
        mode: .all,
        isCompressed: isCompressed
      )
      let forms = try #require(vocabulary.inputs?.forms.first)
      let longest = forms.texts.map(\.text.utf8.count).max() ?? 0
      #expect((longest > TextForm.bombLength) == isCompressed)
    }
  }

  @Test func `what clients may say of their own accord is in it, and nothing else`() throws {
    let vocabulary = try Vocabulary(RoomsAPI.index())
    #expect(vocabulary.entries.map(\.message.name) == ["ask", "watch", "note", "count"])
    #expect(vocabulary.sockets.map(\.entries) == [[0, 1, 2, 3]])
    #expect(vocabulary.sockets.map(\.weights) == [[3, 3, 1, 3]])
    #expect(vocabulary.sockets.first?.facts == nil)
  }

  @Test func `a message that cannot be made is left out with a note`() throws {
    var api = try RoomsAPI.description()
    let place = try #require(api.messages.firstIndex { $0.name == "ask" })
    api.messages[place].payload = try SchemaCompiler().compile(["type": "string", "enum": [7]])
    let vocabulary = try Vocabulary(APIIndex(api))
    #expect(vocabulary.entries.map(\.message.name) == ["watch", "note", "count"])
    #expect(vocabulary.notes.count == 1)
    #expect(vocabulary.notes.first?.hasPrefix("'ask' is left out: no value satisfies") ?? false)
  }

  @Test func `operations of several sockets keep to their own`() throws {
    var api = try RoomsAPI.description()
    api.channels = [
      ChannelDescription(name: "main", address: "main", socketPath: "/a"),
      ChannelDescription(
        name: "other",
        address: "other",
        socketPath: "/b",
        queryParameters: [
          ConnectionParameter(
            name: "token",
            isRequired: true,
            schema: ["type": "string", "examples": ["demo"]]
          )
        ]
      ),
    ]
    let count = try #require(api.operations.firstIndex { $0.name == "count" })
    api.operations[count].channel = "other"
    let vocabulary = try Vocabulary(APIIndex(api))
    #expect(vocabulary.sockets.map(\.entries) == [[0, 1, 2], [3]])
    #expect(vocabulary.sockets.map(\.facts?.path) == ["/a", "/b"])
    #expect(
      vocabulary.sockets.last?.facts?.query == [NameAndValue(name: "token", value: "demo")]
    )
  }

  @Test func `a heartbeat is answered with its own id`() throws {
    let index = try RoomsAPI.index()
    let reply = try #require(HeartbeatReplies(index).automaticReply)
    let answer = reply(.text(#"{"type":"beat","id":"h7"}"#))
    let payload = try JSONValue.parse(try #require(answer).payload)
    #expect(payload == ["type": "alive", "id": "h7"])
    #expect(reply(.text(#"{"type":"news","text":""}"#)) == nil)
    #expect(reply(.text("oops")) == nil)
  }
}
