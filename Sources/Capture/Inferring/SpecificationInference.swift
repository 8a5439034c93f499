import Contract
package import JSON

/// Writes a first AsyncAPI document from traffic, for an API that has none.
///
/// Messages are told apart by a member with one text for each kind (`type`, `op`, `event`); schemas say
/// what all messages of a kind have in common; a reply is known by an id that it repeats, or by coming
/// next after its request each time.
///
/// Spec: AsyncAPI 3.0.
package struct SpecificationInference {
  private let recording: Recording
  private let title: String
  private let mark: String?
  private let correlation: String?

  /// A kind of message.
  private struct Kind {
    var name: String
    var direction: MessageDirection
    var messages: [WireMessage] = []
    var contentType = "application/json"
  }

  /// Looks through traffic.
  package init(_ recording: Recording, title: String) {
    self.recording = recording
    self.title = title
    let messages = recording.connections.flatMap(\.messages)
    mark = Self.mark(of: messages)
    correlation = Self.correlation(in: recording)
  }

  /// The document; `nil` when there was no message.
  package var document: JSONValue? {
    let kinds = kinds
    guard !kinds.isEmpty else { return nil }
    let paths = recording.connections.map { $0.handshake.target.prefix { $0 != "?" } }
    var document: JSONObject = [
      "asyncapi": "3.0.0",
      "info": [
        "title": .string(title), "version": "0.1.0",
        "description": .string(
          "Written from recorded traffic: what was not seen is not here. Read it through, name "
            + "things, and tighten what is too wide."
        ),
      ],
      "defaultContentType": "application/json",
    ]
    document["channels"] = [
      "socket": [
        "address": .string(paths.first.map { $0.isEmpty ? "/" : String($0) } ?? "/"),
        "messages": object(kinds) {
          ($0.name, ["$ref": .string("#/components/messages/\($0.name)")])
        },
      ]
    ]
    document["operations"] = operations(kinds)
    document["components"] = ["messages": object(kinds) { ($0.name, message($0)) }]
    return .object(document)
  }

  private func object(
    _ kinds: [Kind],
    _ member: (Kind) -> (String, JSONValue)
  ) -> JSONValue {
    var object = JSONObject()
    for kind in kinds {
      let (name, value) = member(kind)
      // What both sides say has one definition.
      if object[name] == nil { object[name] = value }
    }
    return .object(object)
  }

  // MARK: Messages

  /// The kinds of messages of both sides, in the order in which they were first said.
  private var kinds: [Kind] {
    var kinds: [Kind] = []
    for message in recording.connections.flatMap(\.messages).sorted(by: { $0.order < $1.order }) {
      let name = name(of: message)
      if let index = kinds.firstIndex(where: {
        $0.name == name && $0.direction == message.direction
      }) {
        kinds[index].messages.append(message)
      } else {
        var kind = Kind(name: name, direction: message.direction, messages: [message])
        if message.json == nil {
          kind.contentType = message.isText ? "text/plain" : "application/octet-stream"
        }
        kinds.append(kind)
      }
    }
    return kinds
  }

  private func name(of message: WireMessage) -> String {
    let side = message.direction == .toProvider ? "consumer" : "provider"
    guard let json = message.json else {
      return "\(side)_\(message.isText ? "text" : "bytes")"
    }
    guard let mark, let text = json[mark]?.stringValue else { return "\(side)_message" }
    return String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private func message(_ kind: Kind) -> JSONValue {
    var all = kinds.filter { $0.name == kind.name }.flatMap(\.messages)
    if all.isEmpty { all = kind.messages }
    var message: JSONObject = ["name": .string(kind.name)]
    guard kind.contentType == "application/json" else {
      message["contentType"] = .string(kind.contentType)
      message["payload"] = ["type": "string"]
      return .object(message)
    }
    var sample = SchemaSample()
    for value in all.compactMap(\.json) { sample.add(value) }
    var fixed: [String: JSONValue] = [:]
    if let mark, let value = all.first?.json?[mark], value.kind == .string { fixed[mark] = value }
    if let correlation, all.allSatisfy({ $0.json?[correlation] != nil }) {
      message["correlationId"] = ["location": .string("$message.payload#/\(correlation)")]
    }
    message["payload"] = sample.schema(fixed: fixed)
    if let example = all.first?.json { message["examples"] = [["payload": example]] }
    return .object(message)
  }

  // MARK: Marks and ids

  /// Names that members have that tell the kind of a message.
  private static let usualMarks = [
    "type", "op", "event", "action", "kind", "method", "cmd", "command", "messageType", "msg_type",
    "t", "topic", "name",
  ]

  /// The member that tells the kind of a message.
  private static func mark(of messages: [WireMessage]) -> String? {
    let objects = messages.compactMap { $0.json?.objectValue }
    guard !objects.isEmpty else { return nil }
    var names = objects[0].names.filter { !usualMarks.contains($0) }
    names = usualMarks + names
    return names.first { name in
      let values = objects.map { $0[name]?.stringValue ?? "" }
      guard values.allSatisfy(isKindName) else { return false }
      let count = Set(values).count
      // Another member has to repeat itself to be taken for a mark.
      return usualMarks.contains(name) || count > 1 && count * 2 <= values.count
    }
  }

  /// Whether a text can name a kind of message: short, without spaces, no id and no time.
  private static func isKindName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 60 && !text.contains { $0.isWhitespace }
      && !UUIDText.isUUID(text) && !Timestamp.isTimestamp(text)
  }

  /// The member by which replies name their request: one whose value is new in each request, and comes
  /// back.
  private static func correlation(in recording: Recording) -> String? {
    var returned: [String: Int] = [:]
    var repeated: Set<String> = []
    var order: [String] = []
    for connection in recording.connections {
      var asked: [String: Set<JSONValue>] = [:]
      for message in connection.messages {
        for member in message.json?.objectValue?.members ?? []
        where member.value.kind == .string || member.value.intValue != nil {
          if !order.contains(member.name) { order.append(member.name) }
          if message.direction == .toProvider {
            let isNew = asked[member.name, default: []].insert(member.value).inserted
            if !isNew { repeated.insert(member.name) }
          } else if asked[member.name]?.contains(member.value) == true {
            returned[member.name, default: 0] += 1
          }
        }
      }
    }
    // Of several members that come back, an id is the likeliest.
    let candidates = order.filter { returned[$0] != nil && !repeated.contains($0) }
    return candidates.first { $0 == "id" || SecretName.parts(of: $0).last == "id" }
      ?? candidates.first { SecretName.parts(of: $0).contains("ref") }
  }

  // MARK: Operations

  /// The replies to each request of a kind, in order.
  private func answers(to kind: Kind) -> [[String]] {
    kind.messages.map { request in
      let messages = recording.connections.first { $0.name == request.connection }?.messages ?? []
      let later = messages.filter { $0.order > request.order }
      if let correlation, let id = request.json?[correlation] {
        return later.filter {
          $0.direction == .toConsumer && $0.json?[correlation] == id
        }.map(name)
      }
      guard correlation == nil, let next = later.first, next.direction == .toConsumer else {
        return []
      }
      return [name(of: next)]
    }
  }

  private func operations(_ kinds: [Kind]) -> JSONValue {
    var operations = JSONObject()
    var replies: Set<String> = []
    for kind in kinds where kind.direction == .toProvider {
      let answers = answers(to: kind)
      let names = Self.unique(answers.flatMap { $0 })
      var operation = operation("receive", kind)
      if !names.isEmpty, correlation != nil || answers.allSatisfy({ $0 == answers[0] }) {
        operation["reply"] = reply(answers, names)
        replies.formUnion(names)
      }
      operations["receive_\(kind.name)"] = .object(operation)
    }
    for kind in kinds where kind.direction == .toConsumer {
      let isPushed = !replies.contains(kind.name) || isAlsoPushed(kind)
      if isPushed { operations["send_\(kind.name)"] = .object(operation("send", kind)) }
    }
    return .object(operations)
  }

  /// Whether a message that answers requests also comes unasked: without an id.
  private func isAlsoPushed(_ kind: Kind) -> Bool {
    guard let correlation else { return false }
    return kind.messages.contains { $0.json?[correlation] == nil }
  }

  private func operation(_ action: String, _ kind: Kind) -> JSONObject {
    [
      "action": .string(action), "channel": ["$ref": "#/channels/socket"],
      "messages": [reference(kind.name)],
    ]
  }

  private func reference(_ name: String) -> JSONValue {
    ["$ref": .string("#/channels/socket/messages/\(name)")]
  }

  private func reply(_ answers: [[String]], _ names: [String]) -> JSONValue {
    var reply: JSONObject = [
      "channel": ["$ref": "#/channels/socket"], "messages": .array(names.map(reference)),
    ]
    if let sequence = sequence(answers) { reply["x-wspact-sequence"] = sequence }
    return .object(reply)
  }

  /// The kinds of a longer answer in order, with how often each came; `nil` where answers have one
  /// message, or no common order.
  private func sequence(_ answers: [[String]]) -> JSONValue? {
    let runs = answers.filter { $0.count > 1 }.map { answer in
      answer.reduce(into: [(name: String, count: Int)]()) { runs, name in
        if runs.last?.name == name {
          runs[runs.count - 1].count += 1
        } else {
          runs.append((name, 1))
        }
      }
    }
    guard let first = runs.first, runs.allSatisfy({ $0.map(\.name) == first.map(\.name) }) else {
      return nil
    }
    let steps = first.indices.map { index -> JSONValue in
      var step: JSONObject = ["message": .string(first[index].name)]
      // What was ever repeated may come any number of times.
      if runs.contains(where: { $0[index].count > 1 }) {
        step["min"] = 1
        step["max"] = .null
      }
      return .object(step)
    }
    return .array(steps)
  }

  private static func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
