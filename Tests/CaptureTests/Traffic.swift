import AsyncAPI
import Contract
import JSON
import TestSupport

/// Recorded traffic, written down line by line.
struct Traffic {
  private(set) var events: [TranscriptEvent] = []

  var transcript: Transcript { Transcript(events: events) }

  init() {}

  /// Traffic that begins with one open connection.
  init(open target: String) { open("connection-1", target) }

  private mutating func add(_ kind: TranscriptEvent.Kind, _ connection: String) {
    let number = events.count + 1
    events.append(
      TranscriptEvent(
        number: number,
        nanoseconds: Int64(number) * 1_000,
        connection: connection,
        kind: kind
      )
    )
  }

  mutating func open(_ connection: String, _ target: String = "/ws") {
    add(.opened(TranscriptHandshake(target: target)), connection)
  }

  mutating func consumer(_ value: JSONValue, on connection: String = "connection-1") {
    add(.sent(TranscriptFrame(.text, payload: value.bytes())), connection)
  }

  mutating func provider(_ value: JSONValue, on connection: String = "connection-1") {
    add(.received(TranscriptFrame(.text, payload: value.bytes())), connection)
  }

  mutating func frame(
    _ frame: TranscriptFrame,
    fromProvider: Bool,
    on connection: String = "connection-1"
  ) {
    add(fromProvider ? .received(frame) : .sent(frame), connection)
  }

  mutating func providerCloses(_ code: UInt16, on connection: String = "connection-1") {
    let payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
    add(.received(TranscriptFrame(.close, payload: payload)), connection)
  }

  mutating func end(_ closure: TranscriptClosure, on connection: String = "connection-1") {
    add(.closed(closure), connection)
  }
}

/// The chat API and messages of it.
enum Chat {
  static let api: APIDescription? = try? AsyncAPIDocument.load(
    path: PackageRoot.path + "/fixtures/chat/asyncapi.yml"
  )

  static let thread = "5b8c7b8e-0f6d-4c1a-9a55-3f0f6a1d2c01"
  static let agent = "9d2f4f60-7c1b-4e39-8d0a-6b1e5c7a8f02"

  /// A request id that a consumer counts up.
  static func id(_ number: Int) -> String { "0c1d6f5e-3a2b-4c4d-8e5f-00000000000\(number)" }

  /// An id that a provider makes up: another one for each salt.
  static func random(_ name: String, _ salt: Int) -> String {
    var generator = SplitMix64(
      seed: UInt64(salt) &* 31 &+ UInt64(name.utf8.reduce(0) { $0 + Int($1) })
    )
    let digits = (0..<2).map { _ in
      let text = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    let all = Array(digits)
    return [all[0..<8], all[8..<12], ["4"] + all[13..<16], ["8"] + all[17..<20], all[20..<32]]
      .map { String($0) }.joined(separator: "-")
  }

  static func time(_ salt: Int) -> String { "2026-0\(salt % 9 + 1)-01T10:20:30.12\(salt % 10)Z" }

  /// What the front end of the chat says and hears; what the provider makes up depends on the salt.
  static func conversation(salt: Int = 1, ids: (Int) -> String = id, chunks: Int = 2) -> Traffic {
    var traffic = Traffic(open: "/ws")
    traffic.consumer([
      "type": "subscribe", "request_id": .string(ids(1)), "topics": [.string("agent:\(agent)")],
    ])
    traffic.provider([
      "type": "subscribed", "request_id": .string(ids(1)), "topics": [.string("agent:\(agent)")],
    ])
    traffic.provider(event("status_changed", "idle", salt))
    traffic.consumer([
      "type": "subscribe_thread", "request_id": .string(ids(2)), "thread_id": .string(thread),
    ])
    traffic.provider(history(ids(2), [:], salt))
    traffic.consumer([
      "type": "send_message", "request_id": .string(ids(3)), "thread_id": .string(thread),
      "content": "Is the report ready?", "client": ["name": "web", "version": "1.4.0"],
    ])
    traffic.provider(event("run_started", "thinking", salt))
    let answer = random("answer", salt)
    traffic.provider([
      "type": "stream_start", "request_id": .string(ids(3)), "thread_id": .string(thread),
      "message_id": .string(answer), "role": "assistant",
    ])
    for index in 0..<chunks {
      traffic.provider([
        "type": "stream_chunk", "request_id": .string(ids(3)), "thread_id": .string(thread),
        "message_id": .string(answer), "index": .number(JSONNumber(index)),
        "content": .string("part \(index)"),
      ])
    }
    traffic.provider([
      "type": "stream_end", "request_id": .string(ids(3)), "thread_id": .string(thread),
      "message_id": .string(answer), "finish_reason": "stop",
      "chunks": .number(JSONNumber(chunks)),
    ])
    traffic.provider(event("run_finished", "idle", salt))
    traffic.consumer([
      "type": "subscribe_thread", "request_id": .string(ids(4)), "thread_id": .string(thread),
      "limit": 2,
    ])
    traffic.provider(
      history(
        ids(4),
        [
          "user": .string(random("question", salt)),
          "assistant": .string(answer),
        ],
        salt
      )
    )
    return traffic
  }

  static func event(_ event: String, _ status: String, _ salt: Int) -> JSONValue {
    [
      "type": "agent_event", "agent_id": .string(agent), "event": .string(event),
      "status": .string(status), "occurred_at": .string(time(salt)),
    ]
  }

  static func history(_ id: String, _ messages: JSONObject, _ salt: Int) -> JSONValue {
    [
      "type": "thread_history", "request_id": .string(id), "thread_id": .string(thread),
      "messages": .array(
        messages.members.map { member in
          [
            "message_id": member.value, "role": .string(member.name),
            "content": .string("said by \(member.name)"), "sent_at": .string(time(salt)),
          ]
        }
      ),
      "has_more": false,
    ]
  }
}
