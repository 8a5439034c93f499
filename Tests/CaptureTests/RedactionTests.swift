import Contract
import JSON
import JSONSchema
import Testing
import WebSocket

@testable import Capture

/// Secrets in payloads.
struct RedactionTests {
  static let names: [(name: String, isSecret: Bool)] = [
    ("password", true), ("userPassword", true), ("new_password", true), ("token", true),
    ("accessToken", true), ("access_token", true), ("X-API-Key", true), ("apiKey", true),
    ("APIKey", true), ("apikey", true), ("Authorization", true), ("client_secret", true),
    ("Set-Cookie", true), ("credentials", true), ("privateKey", true), ("jwt", true),
    ("author", false), ("tokens", false), ("max_tokens", false), ("tokenizer", false),
    ("key", false), ("session_id", false), ("secretary", false), ("request_id", false),
  ]

  @Test(arguments: names)
  func `secrets are told by the words of their names`(name: String, isSecret: Bool) {
    #expect(SecretName.isSecret(name) == isSecret)
  }

  static let masks: [(secret: String, mask: String)] = [
    ("hunter2", "xxxxxx7"), ("Abc-12.z", "Xxx-00.h"), ("correct horse", "xxxxxxx xxxxh"),
    ("5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01", "00000000-0000-4000-8000-000000000007"),
    ("5b8c7b8e0f6d", "0a0a0a0a0a1b"), ("žluť", "xxxh"), ("", ""), ("--", "--"),
  ]

  @Test(arguments: masks)
  func `a mask has the form of its secret`(secret: String, mask: String) {
    #expect(SecretMask.text(for: secret, number: 7) == mask)
  }

  @Test func `masks of numbers keep their length`() throws {
    let numbers = [("1234", "1003"), ("-12.50", "-10.03"), ("7", "3")]
    for (text, mask) in numbers {
      let number = try #require(JSONNumber(text))
      #expect(SecretMask.number(for: number, number: 3).text == mask)
    }
  }

  private static func redact(
    _ value: JSONValue,
    _ redaction: Redaction = Redaction()
  ) -> JSONValue {
    PayloadRedactor(redaction).redacted(value, .toProvider)
  }

  @Test func `secrets are masked, all else stays`() {
    let value: JSONValue = [
      "type": "log_in", "user": "eva", "password": "hunter2", "max_tokens": 5, "token": nil,
      "token_expires_at": "2024-01-01T00:00:00Z",
      "headers": [["name": "x", "value": "Bearer abcdef123"]],
      "credentials": ["kind": "plain", "codes": ["aaa1", "bbb2"]],
    ]
    #expect(
      Self.redact(value) == [
        "type": "log_in", "user": "eva", "password": "xxxxxx1", "max_tokens": 5, "token": nil,
        "token_expires_at": "2024-01-01T00:00:00Z",
        "headers": [["name": "x", "value": "Bearer aaaaaa002"]],
        "credentials": ["kind": "xxxxd", "codes": ["xxx4", "xxx5"]],
      ]
    )
  }

  @Test func `what is asked for is masked, and what is asked for is kept`() throws {
    let redaction = Redaction(
      secrets: try ["/card/number", "/people/*/name", "/pin"].map { try #require(JSONPointer($0)) },
      kept: [try #require(JSONPointer("/password"))]
    )
    let value: JSONValue = [
      "card": ["number": "4111 1111"], "people": [["name": "eva"], ["name": "bob"]], "pin": 1234,
      "password": "test", "secret": "abc",
    ]
    #expect(
      Self.redact(value, redaction) == [
        "card": ["number": "0000 0001"], "people": [["name": "xxc"], ["name": "xxd"]],
        "pin": 1004, "password": "test", "secret": "xxf",
      ]
    )
  }

  @Test func `one secret has one mask all through a recording`() {
    let redactor = PayloadRedactor(Redaction())
    let first = redactor.redacted(["token": "abc123"], .toConsumer)
    let other = redactor.redacted(["token": "abc124"], .toConsumer)
    #expect(redactor.redacted(["token": "abc123"], .toProvider) == first)
    #expect(first != other)
    #expect(redactor.places == ["'/token' of a reply", "'/token' of a request"])
  }

  /// A document with one request whose secret has a form.
  private static func api(_ schema: JSONValue, example: String) throws -> APIDescription {
    let payload = try SchemaCompiler().compile([
      "type": "object", "required": ["op", "secret"],
      "properties": ["op": ["const": "enter"], "secret": schema],
    ])
    return APIDescription(
      title: "t",
      version: "1",
      file: "a.yml",
      channels: [ChannelDescription(name: "c", address: "/", messages: ["enter"])],
      messages: [
        MessageDefinition(
          name: "enter",
          channels: ["c"],
          payload: payload,
          identity: MessageIdentity(pointer: JSONPointer(tokens: ["op"]), value: "enter"),
          examples: [
            MessageExample(name: "", payload: ["op": "enter", "secret": .string(example)])
          ]
        )
      ],
      operations: [
        OperationDescription(
          name: "enter",
          direction: .toProvider,
          channel: "c",
          messages: ["enter"]
        )
      ]
    )
  }

  static let forms: [(pattern: String, secret: String, mask: String)] = [
    ("^[a-z0-9]+$", "abc1", "xxx1"), ("^sk_live_[a-z0-9]{4}$", "sk_live_ab12", "sk_live_xx01"),
    ("^[0-9]+[ae]+$", "12aee", "34e"),
  ]

  @Test(arguments: forms)
  func `a mask satisfies the document`(pattern: String, secret: String, mask: String) throws {
    let api = try Self.api(["type": "string", "pattern": .string(pattern)], example: "34e")
    let redactor = PayloadRedactor(Redaction(), api: api)
    let masked = redactor.redacted(["op": "enter", "secret": .string(secret)], .toProvider)
    #expect(masked == ["op": "enter", "secret": .string(mask)])
    #expect(api.messages[0].payload.isValid(masked))
    #expect(redactor.notes.count == 1 && redactor.notes[0].contains("'/secret' of enter"))
  }

  @Test func `payloads without a secret keep their bytes`() {
    let redactor = PayloadRedactor(Redaction())
    for text in [#"{ "a" : 1.0 }"#, "hello", "[", "Bearer of news"] where text != "Bearer of news" {
      #expect(redactor.redacted(Array(text.utf8), .toProvider) == Array(text.utf8))
    }
    let credentials = redactor.redacted(Array("Bearer s3cret".utf8), .toProvider)
    #expect(String(decoding: credentials, as: UTF8.self) == "Bearer x0xxxx")
  }

  // MARK: Recordings

  @Test func `a secret in several frames is not in the transcript`() throws {
    var traffic = Traffic(open: "/ws?token=hunter2")
    let parts = [#"{"password": "hun"#, #"ter2", "#, #""a": 1}"#].map { Array($0.utf8) }
    traffic.frame(.init(.text, payload: parts[0], isFinal: false), fromProvider: false)
    traffic.frame(.init(.ping, payload: []), fromProvider: false)
    traffic.frame(.init(.continuation, payload: parts[1], isFinal: false), fromProvider: false)
    traffic.frame(.init(.continuation, payload: parts[2]), fromProvider: false)
    traffic.frame(.init(.text, payload: parts[0], isFinal: false), fromProvider: true)
    let redaction = Redaction()
    let clean = traffic.transcript.redacted(redaction, PayloadRedactor(redaction))
    let text = clean.events.map { String(decoding: $0.jsonLine, as: UTF8.self) }.joined()
    #expect(!text.contains("hun") && !text.contains("ter2"))
    let message = try #require(Recording(clean).connections.first?.messages.first)
    #expect(message.json == ["password": "xxxxxx1", "a": 1])
    #expect(message.frame == 1)
    let payloads = clean.events.compactMap { event -> String? in
      guard case .sent(let frame) = event.kind else { return nil }
      return String(decoding: frame.payload, as: UTF8.self)
    }
    #expect(payloads == ["", "", "", #"{"password":"xxxxxx1","a":1}"#])
  }

  @Test func `payloads are looked through whenever a name in them may be a secret's`() {
    let names = SecretName.words.union(SecretName.runTogether).union(SecretName.pairs)
    for name in names {
      #expect(SecretScan.mayHoldSecret(Array(#"{"\#(name)":1}"#.utf8)), "\(name)")
      #expect(SecretScan.mayHoldSecret(Array(name.uppercased().utf8)), "\(name)")
    }
    for text in ["Bearer abc", "DIGEST x", #"{"\u0074oken":1}"#, "api\u{212A}ey"] {
      #expect(SecretScan.mayHoldSecret(Array(text.utf8)), "\(text)")
    }
    for text in ["", "tok", #"{"user":"eva","text":"a\n — b"}"#, "basically", "sec ret"] {
      #expect(!SecretScan.mayHoldSecret(Array(text.utf8)), "\(text)")
    }
  }

  @Test func `a long recording forgets masks, and never masks less`() {
    let redactor = PayloadRedactor(Redaction())
    for number in 0..<70_000 {
      let text = #"{"token":"secret\#(number)"}"#
      let masked = redactor.redacted(Array(text.utf8), .toProvider)
      #expect(!String(decoding: masked, as: UTF8.self).contains("secret"))
    }
    #expect(redactor.places == ["'/token' of a request"])
  }

  @Test func `each frame is recorded at once, what they held with the last one`() throws {
    let log = FrameLog()
    let redaction = Redaction()
    let recorder = RedactingRecorder(
      recorder: log,
      redaction: redaction,
      payloads: PayloadRedactor(redaction)
    )
    let time = MonotonicTime.now()
    func say(_ text: String, _ opcode: Opcode, isFinal: Bool) throws {
      let frame = Frame(opcode, payload: Array(text.utf8), isFinal: isFinal)
      try recorder.frame(frame, .toProvider, connection: 1, at: time)
    }
    try say(#"{"token":"#, .text, isFinal: false)
    #expect(log.payloads == [""])
    try say(#" "abc"}"#, .continuation, isFinal: true)
    #expect(log.payloads == ["", #"{"token":"xxb"}"#])
    try say(#"{"token": "abcdef"#, .text, isFinal: false)
    try recorder.closed(connection: 1, by: nil, problem: nil, at: time)
    #expect(log.payloads.count == 3 && log.payloads.last == "")
  }
}

/// Keeps the payloads of frames.
private final class FrameLog: FrameRecorder {
  private let list = Guarded<[String]>([])

  var payloads: [String] { list.value }

  func opened(
    connection: Int,
    request: HandshakeRequest,
    response: HandshakeResponse,
    at time: MonotonicTime
  ) {}

  func frame(
    _ frame: RecordedFrame,
    _ direction: FrameDirection,
    connection: Int,
    at time: MonotonicTime
  ) { list.change { $0.append(String(decoding: frame.payload, as: UTF8.self)) } }

  func closed(
    connection: Int,
    by direction: FrameDirection?,
    problem: String?,
    at time: MonotonicTime
  ) {}
}
