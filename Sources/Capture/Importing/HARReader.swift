package import Contract
package import JSON

/// Reads the WebSocket traffic of a HAR file, as browsers and mitmproxy export it.
///
/// Each entry with `_webSocketMessages` is a connection; the messages of all connections are put in the
/// order of their times. A message of opcode 2 is base64.
///
/// Spec: HAR 1.2; `_webSocketMessages` as Chromium's developer tools write it.
package struct HARReader {
  private let root: DocumentCursor
  private let collector: DiagnosticCollector
  private let file: String

  private struct Message {
    var connection: String
    var seconds: Double
    var kind: TranscriptEvent.Kind
  }

  private init(_ source: LocatedValue, file: String) {
    collector = DiagnosticCollector()
    root = DocumentCursor(source, collector: collector)
    self.file = file
  }

  /// The transcript of a HAR file.
  ///
  /// - Throws: Every problem with its place; a file without WebSocket traffic is one.
  package static func transcript(
    _ source: LocatedValue,
    file: String
  ) throws(DiagnosticsError) -> Transcript {
    let reader = HARReader(source, file: file)
    let messages = reader.read()
    guard !reader.collector.hasErrors else {
      throw DiagnosticsError(reader.collector.sorted(first: file))
    }
    return reader.transcript(messages)
  }

  private func read() -> [Message] {
    guard let entries = root["log"]?["entries"]?.items() else {
      root.error("a HAR file is an object with 'log' and 'entries' in it")
      return []
    }
    var messages: [Message] = []
    var count = 0
    for entry in entries {
      guard let list = entry["_webSocketMessages"] else { continue }
      count += 1
      messages += connection(entry, list, "connection-\(count)")
    }
    if count == 0 {
      root.error(
        "no entry has '_webSocketMessages'; export the traffic after the connection was opened"
      )
    }
    return messages
  }

  private func connection(
    _ entry: DocumentCursor,
    _ list: DocumentCursor,
    _ name: String
  ) -> [Message] {
    guard let url = entry["request"]?.required("url", of: "a request")?.string(),
      let items = list.items()
    else {
      if entry["request"] == nil { entry.error("an entry needs 'request'") }
      return []
    }
    let messages = items.compactMap { message($0, name) }
    let handshake = TranscriptHandshake(
      target: Self.target(of: url),
      subprotocol: header("sec-websocket-protocol", of: entry)
    )
    let begin = Message(
      connection: name,
      seconds: messages.map(\.seconds).min() ?? 0,
      kind: .opened(handshake)
    )
    return [begin] + messages
  }

  private func message(_ place: DocumentCursor, _ connection: String) -> Message? {
    let owner = "a WebSocket message"
    guard place.value.kind == .object else {
      place.error("\(owner) is an object, found \(place.value.found)")
      return nil
    }
    guard let type = place.required("type", of: owner), let way = type.string(),
      let data = place.required("data", of: owner), let text = data.string(),
      let time = place.required("time", of: owner)
    else { return nil }
    guard let seconds = time.value.numberValue?.double, seconds.isFinite else {
      time.error("'time' must be a number of seconds, found \(time.value.found)")
      return nil
    }
    guard ["send", "receive"].contains(way) else {
      type.error("'type' must be 'send' or 'receive', found '\(way)'")
      return nil
    }
    let isBinary = place["opcode"]?.value.intValue == 2
    guard let payload = isBinary ? data.base64() : Array(text.utf8) else { return nil }
    let frame = TranscriptFrame(isBinary ? .binary : .text, payload: payload)
    return Message(
      connection: connection,
      seconds: seconds,
      kind: way == "send" ? .sent(frame) : .received(frame)
    )
  }

  private func header(_ name: String, of entry: DocumentCursor) -> String? {
    let headers = entry["response"]?["headers"]?.value.arrayValue ?? []
    return headers.first { $0["name"]?.stringValue?.lowercased() == name }?["value"]?.stringValue
  }

  /// Path and query of a URL.
  private static func target(of url: String) -> String {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let target = rest.drop { $0 != "/" && $0 != "?" }.prefix { $0 != "#" }
    return target.hasPrefix("/") ? String(target) : "/" + target
  }

  private func transcript(_ messages: [Message]) -> Transcript {
    let ordered = messages.enumerated().sorted { left, right in
      (left.element.seconds, left.offset) < (right.element.seconds, right.offset)
    }.map(\.element)
    let begin = ordered.first?.seconds ?? 0
    return Transcript(
      events: ordered.enumerated().map { index, message in
        TranscriptEvent(
          number: index + 1,
          nanoseconds: Int64(
            exactly: ((message.seconds - begin) * 1_000_000_000).rounded()
          ) ?? 0,
          connection: message.connection,
          kind: message.kind
        )
      }
    )
  }
}
