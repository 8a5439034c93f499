import Contract
import JSON
import Testing
import YAML

struct ScenarioCodingTests {
  static let text = """
    wspact: scenario/1
    name: a short conversation
    summary: Somebody says something
    given:
      - state: a thread with messages
        params: {thread_id: t1, count: 2}
      - no agents exist
    connections:
      main: {path: /ws, query: {token: demo, v: 2}, headers: {X-Trace: a}, subprotocol: chat.v1}
      other:
    steps:
      - connect: main
      - send: {on: main, message: subscribe, json: {type: subscribe, thread_id: null}}
      - expect: {on: main, values: {/type: subscribed}, as: answer, within: 1m30s, optional: true}
      - send:
          on: main
          json: {type: send, thread: {id: x}}
          bind:
            /thread/id: {from: answer, at: /thread_id}
      - send: {on: other, text: hello}
      - send: {on: other, base64: AAEC}
      - send: {on: other, raw: gQ==}
      - waitUntilQuiet: 50ms
      - ping: main
      - close: {connection: main, code: 4000, reason: bye}
      - close: main
      - drop: other
      - connect: other
      - send: {on: main, text: grüße, fragmentAt: [1, 1, 4]}
      - bytes: {on: main, hex: 81 85 37FA213D, upTo: 4, splitAt: [1, 2], pause: 10ms}
      - frame: {on: main, opcode: text, fin: false, rsv1: true, rsv3: true, mask: none, text: a}
      - frame: {on: main, opcode: 3, mask: 00ff00ff, base64: AAEC, length: 70000, lengthBits: 64}
      - frame: {on: main, opcode: close}
      - stall: main
      - wait: 1s
      - resume: main
      - halfClose: main
      - expectClose: {on: main, code: [1002, 1006], within: 5s}
      - expectClose: main
      - reset: other
    origin:
      specification: chat.yml
      seed: 18446744073709551615
      case: 7
      finding: WSP201
      signature: send late-reply
      budget: 100ms
    """

  static let scenario = Scenario(
    name: "a short conversation",
    summary: "Somebody says something",
    given: [
      ProviderState(name: "a thread with messages", parameters: ["thread_id": "t1", "count": 2]),
      ProviderState(name: "no agents exist"),
    ],
    connections: [
      ScenarioConnection(
        name: "main",
        facts: ConnectionFacts(
          path: "/ws",
          query: [NameAndValue(name: "token", value: "demo"), NameAndValue(name: "v", value: "2")],
          headers: [NameAndValue(name: "X-Trace", value: "a")],
          subprotocol: "chat.v1"
        )
      ),
      ScenarioConnection(name: "other"),
    ],
    steps: [
      .connect("main"),
      .send(
        SendStep(
          on: "main",
          message: "subscribe",
          payload: .json(["type": "subscribe", "thread_id": nil])
        )
      ),
      .expect(
        ExpectStep(
          on: "main",
          values: [MessageIdentity(pointer: JSONPointer(tokens: ["type"]), value: "subscribed")],
          label: "answer",
          within: .seconds(90),
          isOptional: true
        )
      ),
      .send(
        SendStep(
          on: "main",
          payload: .json(["type": "send", "thread": ["id": "x"]]),
          bindings: [
            ValueBinding(
              target: JSONPointer(tokens: ["thread", "id"]),
              label: "answer",
              source: JSONPointer(tokens: ["thread_id"])
            )
          ]
        )
      ),
      .send(SendStep(on: "other", payload: .text("hello"))),
      .send(SendStep(on: "other", payload: .binary([0, 1, 2]))),
      .send(SendStep(on: "other", payload: .raw([0x81]))),
      .waitUntilQuiet(.milliseconds(50)),
      .ping("main"),
      .close(connection: "main", code: 4000, reason: "bye"),
      .close(connection: "main", code: 1000, reason: ""),
      .drop("other"),
      .connect("other"),
      .send(SendStep(on: "main", payload: .text("grüße"), fragments: [1, 1, 4])),
      .bytes(
        BytesStep(
          on: "main",
          bytes: [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D],
          delivery: WireDelivery(byteLimit: 4, splits: [1, 2], pause: .milliseconds(10))
        )
      ),
      .frame(
        FrameStep(
          on: "main",
          opcode: 1,
          isFinal: false,
          reservedBits: 5,
          maskingKey: nil,
          payload: [0x61]
        )
      ),
      .frame(
        FrameStep(
          on: "main",
          opcode: 3,
          maskingKey: [0, 255, 0, 255],
          payload: [0, 1, 2],
          statedLength: 70_000,
          lengthBits: .sixtyFour
        )
      ),
      .frame(FrameStep(on: "main", opcode: 8)),
      .stall("main"),
      .wait(.seconds(1)),
      .resume("main"),
      .halfClose("main"),
      .expectClose(ExpectCloseStep(on: "main", codes: [1002, 1006], within: .seconds(5))),
      .expectClose(ExpectCloseStep(on: "main")),
      .reset("other"),
    ],
    origin: ScenarioOrigin(
      specification: "chat.yml",
      seed: .max,
      caseNumber: 7,
      finding: "WSP201",
      signature: "send late-reply",
      budget: .milliseconds(100)
    )
  )

  @Test func `a scenario with every kind of step is read`() throws {
    let read = try Scenario(reading: YAMLReader.parse(Self.text, file: "s.yaml"))
    #expect(read == Self.scenario)
  }

  @Test func `one connection need not be named`() throws {
    let text = """
      wspact: scenario/1
      name: short
      steps:
        - connect: main
        - send: {json: 1}
        - expect: {}
        - close: {code: 1001}
      """
    let read = try Scenario(reading: YAMLReader.parse(text, file: "s.yaml"))
    #expect(
      read
        == Scenario(
          name: "short",
          steps: [
            .connect("main"), .send(SendStep(on: "main", payload: .json(1))),
            .expect(ExpectStep(on: "main")), .close(connection: "main", code: 1001, reason: ""),
          ]
        )
    )
  }

  @Test func `a saved scenario is pleasant to read`() {
    let scenario = Scenario(
      name: "seed 7, case 3",
      steps: [
        .connect("main"),
        .send(
          SendStep(on: "main", message: "ping", payload: .json(["type": "ping", "ping_id": "5b"]))
        ),
        .expect(ExpectStep(on: "main", message: "pong", label: "pong", within: .milliseconds(100))),
        .close(connection: "main", code: 1000, reason: ""),
      ]
    )
    let expected = """
      wspact: scenario/1
      name: "seed 7, case 3"
      steps:
        - connect: main
        - send:
            on: main
            message: ping
            json:
              type: ping
              ping_id: "5b"
        - expect:
            on: main
            message: pong
            as: pong
            within: 100ms
        - close: main

      """
    #expect(scenario.yamlText == expected)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `what is written reads back as the same scenario`(seed: UInt64) throws {
    var generator = ValueGenerator(seed: seed)
    let scenario = generator.scenario()
    let text = scenario.yamlText
    #expect(try Scenario(reading: DocumentReader.parse(text: text, file: "s.yaml")) == scenario)
    let json = try JSONDocument(parsing: scenario.jsonValue.text(.pretty), file: "s.json")
    #expect(try Scenario(reading: LocatedValue(json)) == scenario)
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
    String(repeating: "{\"a\":", count: 50_000),
    "{\"n\":" + String(repeating: "9", count: 5_000) + "}",
    String(repeating: "\u{E9}\u{1F600}", count: 2_000),
  ])
  func `a long text is written in few words`(text: String) throws {
    let scenario = Scenario(
      name: "long",
      steps: [.connect("main"), .send(SendStep(on: "main", payload: .text(text)))]
    )
    #expect(scenario.yamlText.utf8.count < 400)
    #expect(try Scenario(reading: YAMLReader.parse(scenario.yamlText, file: "s.yaml")) == scenario)
  }

  @Test func `a payload in which a name stands twice is written as the text that is sent`() throws {
    let payload = try JSONValue.parse(#"{"a":[{"b":1,"b":2}]}"#)
    let scenario = Scenario(
      name: "twice",
      steps: [.send(SendStep(on: "main", payload: .json(payload)))]
    )
    let read = try Scenario(reading: YAMLReader.parse(scenario.yamlText, file: "s.yaml"))
    #expect(
      read.steps == [.send(SendStep(on: "main", payload: .text(#"{"a":[{"b":1,"b":2}]}"#)))]
    )
  }

  struct Mistake: CustomTestStringConvertible {
    let why: String
    let text: String
    let problems: [String]
    var testDescription: String { why }
  }

  private static func steps(_ lines: String) -> String {
    "wspact: scenario/1\nname: x\nsteps:\n" + lines
  }

  private static let kinds = """
    'connect', 'send', 'expect', 'expectClose', 'wait', 'waitUntilQuiet', 'close', 'drop', 'ping', \
    'bytes', 'frame', 'stall', 'resume', 'halfClose' or 'reset'
    """

  static let mistakes = [
    Mistake(
      why: "another kind of file",
      text: "openapi: 3.0.0",
      problems: [
        "s.yaml:1:1: error: this is no scenario: expected a mapping that begins with 'wspact: scenario/1'"
      ]
    ),
    Mistake(
      why: "a list",
      text: "- a",
      problems: [
        "s.yaml:1:1: error: this is no scenario: expected a mapping that begins with 'wspact: scenario/1'"
      ]
    ),
    Mistake(
      why: "a later format",
      text: "wspact: scenario/2",
      problems: ["s.yaml:1:9: error: found 'scenario/2', expected 'wspact: scenario/1'"]
    ),
    Mistake(
      why: "several problems at once",
      text: """
        wspact: scenario/1
        sumary: x
        connections:
          main: {path: ws}
          two: {path: /a?b=1, querry: {}}
        steps:
          - connect: mian
          - snd: {}
          - send: {on: main, json: 1, text: a}
          - send: {json: 1}
          - waitUntilQuiet: 50
        """,
      problems: [
        "s.yaml:1:1: error: a scenario needs 'name'",
        "s.yaml:2:1: error: a scenario has no member 'sumary'; did you mean 'summary'?",
        "s.yaml:4:16: error: the path 'ws' must begin with '/'",
        "s.yaml:5:15: error: the path '/a?b=1' has a query; give it as 'query: {name: value}'",
        "s.yaml:5:23: error: a connection has no member 'querry'; did you mean 'query'?",
        "s.yaml:7:14: error: there is no connection 'mian'; did you mean 'main'?",
        "s.yaml:8:5: error: a step has no member 'snd'; did you mean 'send'?",
        "s.yaml:9:11: error: a send step gives one of 'json', 'text', 'pieces', 'base64' or 'raw'; found 'json' and 'text'",
        "s.yaml:10:11: error: a send step needs 'on' where there is more than one connection",
        "s.yaml:11:21: error: 'waitUntilQuiet' must be a time such as '50ms', '5s' or '1m30s', found 50",
      ]
    ),
    Mistake(
      why: "a step that is a word",
      text: steps("  - connect\n  - {}\n  - {drop: main, ping: main}\n"),
      problems: [
        "s.yaml:4:5: error: a step is a mapping with one member, \(kinds); found 'connect'",
        "s.yaml:5:5: error: a step is a mapping with one member, \(kinds); found none",
        "s.yaml:6:5: error: a step is a mapping with one member, \(kinds); found 'drop' and 'ping'",
      ]
    ),
    Mistake(
      why: "bindings that lead nowhere",
      text: steps(
        """
          - expect: {values: {type: a}, as: hello}
          - send: {json: {a: 1}, bind: {/a/b: {from: helo, at: x}, /b: {from: hello, at: /~2}}}
          - send: {text: a, bind: {/a: {from: hello}}}
        """
      ),
      problems: [
        "s.yaml:4:23: error: 'type' is no JSON Pointer; did you mean '/type'?",
        "s.yaml:5:46: error: no expect step before this one keeps its message 'as: helo'; did you mean 'hello'?",
        "s.yaml:5:56: error: 'x' is no JSON Pointer; did you mean '/x'?",
        "s.yaml:5:82: error: '/~2' is no JSON Pointer; '~' is written as '~0' in it",
        "s.yaml:6:21: error: 'bind' replaces members of 'json'",
        "s.yaml:6:32: error: a binding needs 'at'",
      ]
    ),
    Mistake(
      why: "wrong steps for the wire",
      text: steps(
        """
          - bytes: {hex: 81 8}
          - bytes: {hex: "", text: a}
          - frame: {opcode: txt, rsv4: true}
          - frame: {opcode: 16}
          - frame: {opcode: [], mask: "123", fin: 1}
          - frame: {opcode: text, length: 126, lengthBits: 7}
          - frame: {opcode: text, lengthBits: 32, splitAt: [2, 1]}
          - frame: {opcode: text, length: -1}
          - send: {raw: AA==, fragmentAt: [1]}
          - expectClose: {code: [1002, x]}
        """
      ),
      problems: [
        "s.yaml:4:18: error: 'hex' must be pairs of hexadecimal digits, found '81 8'",
        "s.yaml:5:12: error: a bytes step gives one of 'hex', 'text' or 'base64'; found 'hex' and 'text'",
        "s.yaml:6:21: error: there is no opcode 'txt'; did you mean 'text'?",
        "s.yaml:6:26: error: a frame step has no member 'rsv4'; did you mean 'rsv1'?",
        "s.yaml:7:21: error: 'opcode' must be a whole number from 0 to 15, found 16",
        "s.yaml:8:21: error: 'opcode' must be a whole number from 0 to 15, found a list",
        "s.yaml:8:31: error: 'mask' must be 'none' or four bytes such as '37fa213d', found '123'",
        "s.yaml:9:35: error: the length 126 does not fit; 7 bits hold 125",
        "s.yaml:10:39: error: 'lengthBits' must be 7, 16 or 64, found 32",
        "s.yaml:11:35: error: 'length' must be a whole number from 0 to 18446744073709551615, found -1",
        "s.yaml:12:23: error: 'raw' bytes have no frames; divide them with 'splitAt' of a bytes step",
        "s.yaml:13:32: error: 'code' holds whole numbers up to 65535, found 'x'",
      ]
    ),
    Mistake(
      why: "values out of range",
      text: steps(
        """
          - close: {code: 70000}
          - send: {base64: a}
          - expect: {optional: maybe, within: soon}
        origin: {seed: -1, case: 0, finding: a, signature: b, specification: [], budget: 1s, x: 1}
        """
      ),
      problems: [
        "s.yaml:4:19: error: 'code' must be a whole number from 0 to 65535, found 70000",
        "s.yaml:5:20: error: 'base64' must be base64 with padding, found 'a'",
        "s.yaml:6:24: error: 'optional' must be true or false, found 'maybe'",
        "s.yaml:6:39: error: 'within' must be a time such as '50ms', '5s' or '1m30s', found 'soon'",
        "s.yaml:7:16: error: 'seed' must be a whole number from 0 to 18446744073709551615, found -1",
        "s.yaml:7:26: error: 'case' must be a whole number of at least 1, found 0",
        "s.yaml:7:70: error: 'specification' must be text, found a list",
        "s.yaml:7:86: error: an origin has no member 'x'; expected 'specification', 'seed', 'case', 'finding', 'signature' or 'budget'",
      ]
    ),
  ]

  @Test(arguments: mistakes)
  func `every problem of a file is told with its place`(mistake: Mistake) throws {
    let document = try YAMLReader.parse(mistake.text, file: "s.yaml")
    let error = #expect(throws: DiagnosticsError.self) { try Scenario(reading: document) }
    #expect(error?.diagnostics.map(\.description) == mistake.problems)
  }
}

extension ValueGenerator {
  /// A scenario that a file can hold: connections that exist, labels that were given.
  mutating func scenario() -> Scenario {
    let connections = [
      ScenarioConnection(name: "main", facts: optional { $0.facts() }),
      ScenarioConnection(name: plainName() + " 2", facts: optional { $0.facts() }),
    ]
    let names = connections.map(\.name)
    var labels: [String] = []
    let steps = (0..<number(0...10)).map { _ in step(on: names, &labels) }
    return Scenario(
      name: text(),
      summary: text(),
      given: list(upTo: 2) { ProviderState(name: $0.text(), parameters: $0.object()) },
      connections: chance(80) ? connections : [ScenarioConnection(name: "main")],
      steps: chance(80) ? steps : [],
      origin: optional { $0.origin() }
    ).declaringItsConnections()
  }

  private mutating func facts() -> ConnectionFacts {
    ConnectionFacts(
      path: "/" + pick(["", "ws", "a b", "{id}"]),
      query: list(upTo: 4) { NameAndValue(name: $0.plainName(), value: $0.text()) },
      headers: list(upTo: 2) { NameAndValue(name: $0.plainName(), value: $0.text()) },
      subprotocol: optional { $0.text() }
    )
  }

  private mutating func origin() -> ScenarioOrigin {
    ScenarioOrigin(
      specification: text(),
      seed: random.next(),
      caseNumber: number(1...1000),
      finding: text(),
      signature: text(),
      budget: duration()
    )
  }

  private mutating func step(on names: [String], _ labels: inout [String]) -> ScenarioStep {
    let name = pick(names)
    switch number(0...13) {
    case 9:
      return pick([.wait(duration()), .stall(name), .resume(name), .halfClose(name), .reset(name)])
    case 10:
      let codes = list(upTo: 3) { UInt16($0.number(0...65535)) }
      let within = optional { $0.duration() }
      return .expectClose(ExpectCloseStep(on: name, codes: codes, within: within))
    case 11: return .bytes(BytesStep(on: name, bytes: bytes(), delivery: delivery()))
    case 12, 13: return .frame(frame(on: name))
    case 0: return .connect(name)
    case 1: return .drop(name)
    case 2: return .ping(name)
    case 3: return .waitUntilQuiet(duration())
    case 4:
      let reasons = ["", "bye", "no: more", "1000"]
      return .close(connection: name, code: UInt16(number(0...65535)), reason: pick(reasons))
    case 5:
      let label = optional { $0.text() }
      if let label { labels.append(label) }
      var values: JSONObject = [:]
      for _ in 0..<number(0...2) { values[pointer().description] = json(depth: 2) }
      return .expect(
        ExpectStep(
          on: name,
          message: optional { $0.text() },
          values: values.members.compactMap { member in
            JSONPointer(member.name).map { MessageIdentity(pointer: $0, value: member.value) }
          },
          label: label,
          within: optional { $0.duration() },
          isOptional: chance(50)
        )
      )
    default:
      return .send(send(on: name, labels))
    }
  }

  private mutating func places() -> [Int] { list(upTo: 4) { $0.number(0...20) }.sorted() }

  private mutating func delivery() -> WireDelivery {
    WireDelivery(
      byteLimit: optional { $0.number(0...20) },
      splits: places(),
      pause: pick([.zero, duration()])
    )
  }

  private mutating func frame(on name: String) -> FrameStep {
    let bits = optional { $0.pick(FrameStep.LengthBits.allCases) }
    let length = optional { UInt64($0.number(0...100_000)) }
    return FrameStep(
      on: name,
      opcode: UInt8(number(0...15)),
      isFinal: chance(50),
      reservedBits: UInt8(number(0...7)),
      maskingKey: pick([nil, FrameStep.defaultMaskingKey, [1, 2, 3, 4]]),
      payload: chance(50) ? bytes() : Array(text().utf8),
      statedLength: length.map { min($0, bits?.maximum ?? .max) },
      lengthBits: bits,
      delivery: delivery()
    )
  }

  private mutating func send(on name: String, _ labels: [String]) -> SendStep {
    let payloads: [ScenarioPayload] = [
      .json(json()), .text(text()), .binary(bytes()), .raw(bytes()),
    ]
    guard let label = labels.last, chance(50) else {
      let payload = pick(payloads)
      let isRaw = if case .raw = payload { true } else { false }
      return SendStep(
        on: name,
        message: optional { $0.text() },
        payload: payload,
        fragments: isRaw ? [] : places()
      )
    }
    let binding = ValueBinding(
      target: JSONPointer(tokens: ["a", text()]),
      label: label,
      source: pointer()
    )
    return SendStep(on: name, payload: .json(["a": .object(object())]), bindings: [binding])
  }
}

extension Scenario {
  /// The same without steps where they name a connection that is not declared.
  fileprivate func declaringItsConnections() -> Scenario {
    guard connections.count == 1, connections[0].facts == nil else { return self }
    var copy = self
    copy.steps = []
    return copy
  }
}
