import AsyncAPI
import Contract
import Foundation
import JSON
import Pact
import TestSupport
import Testing

@testable import Capture

/// Traffic that other programs recorded.
struct ImportTests {
  private static func har(_ messages: JSONValue, url: String = "wss://host:1/ws?token=abc&room=1")
    -> JSONValue
  {
    [
      "log": [
        "version": "1.2",
        "entries": [
          ["request": ["url": "https://host/page"]],
          [
            "request": ["url": .string(url)],
            "response": [
              "status": 101,
              "headers": [["name": "Sec-WebSocket-Protocol", "value": "chat.v1"]],
            ], "_webSocketMessages": messages,
          ],
        ],
      ]
    ]
  }

  private static func message(
    _ type: String,
    _ time: Double,
    _ data: String,
    opcode: Int = 1
  ) -> JSONValue {
    [
      "type": .string(type), "time": .number(JSONNumber(time)),
      "opcode": .number(JSONNumber(opcode)),
      "data": .string(data),
    ]
  }

  private static func read(_ value: JSONValue) throws -> Transcript {
    let text = value.bytes()
    let document = try JSONDocument(parsing: text, file: "a.har")
    return try HARReader.transcript(LocatedValue(document), file: "a.har")
  }

  @Test func `the messages of a HAR file are read in the order of their times`() throws {
    let transcript = try Self.read(
      Self.har([
        Self.message("receive", 1_700_000_000.75, "b"),
        Self.message("send", 1_700_000_000.5, "a"),
        Self.message("receive", 1_700_000_001, "AQI=", opcode: 2),
      ])
    )
    #expect(transcript.events.map(\.number) == [1, 2, 3, 4])
    #expect(
      transcript.events.map(\.kind) == [
        .opened(TranscriptHandshake(target: "/ws?token=abc&room=1", subprotocol: "chat.v1")),
        .sent(TranscriptFrame(.text, payload: [0x61])),
        .received(TranscriptFrame(.text, payload: [0x62])),
        .received(TranscriptFrame(.binary, payload: [1, 2])),
      ]
    )
    #expect(transcript.events.map(\.nanoseconds) == [0, 0, 250_000_000, 500_000_000])
  }

  @Test func `every problem of a HAR file is told with its place`() {
    let error = #expect(throws: DiagnosticsError.self) {
      try Self.read(
        Self.har([
          1, ["type": "sent", "time": 1, "data": "x"],
          ["type": "send", "time": "now", "data": "x"],
          Self.message("send", 1, "!", opcode: 2),
        ])
      )
    }
    #expect(
      error?.diagnostics.map(\.message) == [
        "a WebSocket message is an object, found 1",
        "'type' must be 'send' or 'receive', found 'sent'",
        "'time' must be a number of seconds, found 'now'",
        "'data' must be base64 with padding, found '!'",
      ]
    )
    for value in [[:], ["log": ["entries": []]]] as [JSONValue] {
      let error = #expect(throws: DiagnosticsError.self) { try Self.read(value) }
      #expect(error?.diagnostics.count == 1)
    }
  }

  @Test func `recorded traffic becomes a contract without its secrets`() async throws {
    try await withTemporaryFolder { folder in
      let question: JSONValue = [
        "type": "subscribe_thread", "request_id": .string(Chat.id(1)),
        "thread_id": .string(Chat.thread),
      ]
      let transcript = try Self.read(
        Self.har([
          Self.message("send", 1, question.text()),
          Self.message("receive", 2, Chat.history(Chat.id(1), [:], 1).text()),
        ])
      )
      let output = folder + "/contracts/c.json"
      let configuration = CaptureConfiguration(
        api: try #require(Chat.api),
        consumerName: "web",
        providerName: "chat",
        consumer: .command([]),
        output: output
      )
      let report = try Capturer(configuration).capture(transcript, named: "a.har")
      #expect(report.isClean, "\(report.allFindings)")
      let bytes = try #require(FileManager.default.contents(atPath: output))
      let pact = try PactFile.read(Array(bytes), file: output).pact
      #expect(
        pact.interactions.map(\.description) == [
          "subscribe_thread is answered with thread_history"
        ]
      )
      let query = pact.interactions.first?.facts.connection?.query
      #expect(query == [NameAndValue(name: "room", value: "1")])
      #expect(!String(decoding: bytes, as: UTF8.self).contains("token"))
    }
  }
}

/// A first document from traffic.
struct InferenceTests {
  private static func traffic() -> Traffic {
    var traffic = Traffic(open: "/feed?token=x")
    traffic.provider(["op": "hello", "at": "2024-01-01T00:00:00Z"])
    for number in 1...2 {
      let id = JSONValue.number(JSONNumber(number))
      traffic.consumer(["op": "ask", "id": id, "text": "why"])
      traffic.provider(["op": "begin", "id": id])
      for part in 0..<number {
        traffic.provider(["op": "part", "id": id, "index": .number(JSONNumber(part))])
      }
      traffic.provider(["op": "end", "id": id, "note": number == 1 ? nil : "x"])
    }
    traffic.consumer(["op": "leave"])
    traffic.provider([
      "op": "news", "by": ["id": .string(Chat.agent)], "size": .number(JSONNumber(-1.5)),
    ])
    return traffic
  }

  @Test func `kinds, schemas, replies and pushes are found`() throws {
    let recording = Recording(Self.traffic().transcript)
    let document = try #require(SpecificationInference(recording, title: "feed").document)
    func at(_ text: String) -> JSONValue? { JSONPointer(text).flatMap { document[$0] } }
    #expect(at("/channels/socket/address") == "/feed")
    #expect(
      document["operations"]?.objectValue?.names
        == ["receive_ask", "receive_leave", "send_hello", "send_news"]
    )
    #expect(
      at("/operations/receive_ask/reply/x-wspact-sequence") == [
        ["message": "begin"], ["message": "part", "min": 1, "max": nil], ["message": "end"],
      ]
    )
    #expect(
      at("/components/messages/end/payload") == [
        "type": "object", "required": ["op", "id", "note"],
        "properties": [
          "op": ["const": "end"], "id": ["type": "integer", "minimum": 0],
          "note": ["type": ["null", "string"]],
        ],
      ]
    )
    #expect(
      at("/components/messages/hello/payload/properties/at") == [
        "type": "string", "format": "date-time",
      ]
    )
    #expect(
      at("/components/messages/news/payload/properties/by/properties/id/format") == "uuid"
    )
    #expect(at("/components/messages/ask/correlationId/location") == "$message.payload#/id")
  }

  @Test func `the document can be read, and the traffic it was made from fits it`() throws {
    let transcript = Self.traffic().transcript
    let inference = SpecificationInference(Recording(transcript), title: "feed")
    let document = try #require(inference.document)
    let text = YAMLText.text(of: document)
    let api = try AsyncAPIDocument.read(text: text, file: "a.yml").api
    let distillate = Distiller(api: api, consumer: "c", provider: "p").distil(transcript)
    #expect(distillate.findings.isEmpty, "\(distillate.findings)")
    #expect(
      distillate.contract.interactions.map(\.description) == [
        "hello is pushed on connect", "ask is answered with begin, part (1 or more), end",
        "leave is sent",
        "news is pushed after leave",
      ]
    )
  }

  @Test func `traffic without a mark has one kind for each side`() throws {
    var traffic = Traffic(open: "")
    traffic.consumer(["a": 1])
    traffic.provider(["b": "x"])
    traffic.frame(.init(.binary, payload: [1]), fromProvider: true)
    let document = SpecificationInference(Recording(traffic.transcript), title: "t").document
    #expect(
      document?["components"]?["messages"]?.objectValue?.names
        == ["consumer_message", "provider_message", "provider_bytes"]
    )
    #expect(document?["channels"]?["socket"]?["address"] == "/")
    #expect(SpecificationInference(Recording(Transcript()), title: "t").document == nil)
  }
}
