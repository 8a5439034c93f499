package import JSON

extension TranscriptEvent {
  /// The event as one line of a transcript file, with the line break.
  ///
  ///     {"number":3,"nanoseconds":1204400,"connection":"main","step":2,
  ///      "sent":{"opcode":"text","text":"{\"type\":\"ping\"}"}}
  ///
  /// Members come in this order always, those without a value are left out, and what was seen is the
  /// last one. A payload is `text` where the bytes are UTF-8 and no others are meant, else `base64`.
  package var jsonLine: [UInt8] { jsonValue.bytes() + [UInt8(ascii: "\n")] }

  /// The event as a value, as it stands on its line.
  package var jsonValue: JSONValue {
    var object: JSONObject = [
      "number": .number(JSONNumber(number)),
      "nanoseconds": .number(JSONNumber(Int(nanoseconds))),
    ]
    object["connection"] = connection.map { .string($0) }
    object["step"] = step.map { .number(JSONNumber($0)) }
    let (name, value) = kind.coded
    object[name] = value
    return .object(object)
  }
}

extension TranscriptEvent.Kind {
  /// The name of the member that says what was seen, and its value.
  fileprivate var coded: (name: String, value: JSONValue) {
    switch self {
    case .opened(let handshake): ("opened", handshake.jsonValue)
    case .refused(let status, let reason):
      ("refused", compact([("status", number(status)), ("reason", .string(reason))]))
    case .sent(let frame): ("sent", frame.jsonValue)
    case .received(let frame): ("received", frame.jsonValue)
    case .closed(let closure): ("closed", closure.jsonValue)
    case .providerState(let action, let name, let failure):
      (
        "providerState",
        compact([
          ("action", .string(action)), ("name", .string(name)),
          ("failure", failure.map { .string($0) }),
        ])
      )
    case .providerStarted(let process):
      ("providerStarted", compact([("processID", number(Int(process)))]))
    case .providerExited(let code, let signal):
      (
        "providerExited",
        compact([("code", number(code.map(Int.init))), ("signal", number(signal.map(Int.init)))])
      )
    case .stalled(let nanoseconds):
      ("stalled", compact([("nanoseconds", number(Int(nanoseconds)))]))
    case .missed(let text): ("missed", .string(text))
    case .note(let text): ("note", .string(text))
    }
  }
}

extension TranscriptHandshake {
  fileprivate var jsonValue: JSONValue {
    compact([
      ("target", .string(target)), ("subprotocol", subprotocol.map { .string($0) }),
      ("status", number(status)),
    ])
  }
}

extension TranscriptFrame {
  fileprivate var jsonValue: JSONValue {
    compact([
      ("opcode", .string(opcode.rawValue)), ("final", isFinal ? nil : false),
      text.map { ("text", .string($0)) } ?? ("base64", .string(Base64.encode(payload))),
    ])
  }

  /// The payload as text, where text is meant and the bytes are UTF-8.
  private var text: String? {
    switch opcode {
    case .text, .continuation, .ping, .pong: String(validating: payload, as: UTF8.self)
    case .binary, .close, .reserved, .raw: nil
    }
  }
}

extension TranscriptClosure {
  fileprivate var jsonValue: JSONValue {
    compact([
      ("code", number(code.map(Int.init))), ("reason", reason.isEmpty ? nil : .string(reason)),
      ("initiator", .string(initiator.rawValue)), ("clean", .bool(isClean)),
      ("problem", problem.map { .string($0) }),
    ])
  }
}

private func number(_ value: Int?) -> JSONValue? { value.map { .number(JSONNumber($0)) } }

/// An object of the members that have a value.
private func compact(_ members: [(String, JSONValue?)]) -> JSONValue {
  .object(
    JSONObject(
      members.compactMap { name, value in value.map { JSONObject.Member(name: name, value: $0) } }
    )
  )
}
