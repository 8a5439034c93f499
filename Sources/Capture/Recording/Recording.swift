package import Contract
import JSON

/// What a recorder saw, put together again: connections with whole messages.
package struct Recording: Sendable, Hashable {
  /// The connections in the order in which they were opened.
  package private(set) var connections: [RecordedConnection] = []
  /// What was wrong with the traffic itself: broken frames, refused handshakes, connections that
  /// were cut off.
  package private(set) var findings: [Finding] = []

  private var assemblies: [String: [MessageDirection: Assembly]] = [:]
  private var frameCounts: [String: Int] = [:]
  private var indexes: [String: Int] = [:]
  private var order = 0
  private var closing: [String: MessageDirection] = [:]

  /// A message of which more frames are to come.
  private struct Assembly: Sendable, Hashable {
    var frame: Int
    var order: Int
    var isText: Bool
    var bytes: [UInt8]
  }

  /// Puts the messages of a transcript together.
  ///
  /// What a transcript calls sent was said by the consumer, what it calls received by the provider.
  package init(_ transcript: Transcript) {
    for event in transcript.events { add(event) }
  }

  /// Begins with nothing; events follow.
  package init() {}

  /// Whether a connection was opened.
  package var hasConnections: Bool { !connections.isEmpty }

  /// Why the first connection that was refused was refused; `nil` when none was.
  package private(set) var refusal: String?

  /// Remarks of the recorder, such as why a consumer could not connect.
  package private(set) var notes: [String] = []

  /// Goes on with the next event.
  package mutating func add(_ event: TranscriptEvent) {
    guard let name = event.connection else {
      if case .note(let text) = event.kind, !notes.contains(text) { notes.append(text) }
      return
    }
    switch event.kind {
    case .opened(let handshake):
      indexes[name] = connections.count
      connections.append(RecordedConnection(name: name, handshake: handshake))
    case .refused(_, let reason):
      refusal = refusal ?? reason
      report("refused-handshake", "the provider refused the connection: \(reason)", name)
    case .sent(let frame): add(frame, .toProvider, name)
    case .received(let frame): add(frame, .toConsumer, name)
    case .closed(let closure):
      end(name, closure)
      assemblies[name] = nil
    default: return
    }
  }

  private mutating func add(
    _ frame: TranscriptFrame,
    _ direction: MessageDirection,
    _ name: String
  ) {
    let number = frameCounts[name, default: 0] + 1
    frameCounts[name] = number
    order += 1
    switch frame.opcode {
    case .text, .binary:
      assemblies[name, default: [:]][direction] = Assembly(
        frame: number,
        order: order,
        isText: frame.opcode == .text,
        bytes: frame.payload
      )
    case .continuation:
      guard assemblies[name]?[direction] != nil else {
        report("broken-frame", "a continuation frame continues nothing", name, frame: number)
        return
      }
      assemblies[name]?[direction]?.bytes += frame.payload
    case .close:
      close(frame, direction, name, number)
      return
    case .ping, .pong:
      return
    case .reserved, .raw:
      report("broken-frame", "the frame has a reserved opcode", name, frame: number)
      return
    }
    if frame.isFinal { finish(direction, name) }
  }

  private mutating func finish(_ direction: MessageDirection, _ name: String) {
    guard let message = assemblies[name]?.removeValue(forKey: direction),
      let index = indexes[name]
    else { return }
    if message.isText, String(validating: message.bytes, as: UTF8.self) == nil {
      report("broken-frame", "the text is not UTF-8", name, frame: message.frame)
    }
    connections[index].messages.append(
      WireMessage(
        connection: name,
        frame: message.frame,
        order: message.order,
        direction: direction,
        isText: message.isText,
        bytes: message.bytes,
        json: try? JSONValue.parse(message.bytes)
      )
    )
  }

  /// A close frame; only the first one of a connection says who ended it.
  private mutating func close(
    _ frame: TranscriptFrame,
    _ direction: MessageDirection,
    _ name: String,
    _ number: Int
  ) {
    guard closing.updateValue(direction, forKey: name) == nil, direction == .toConsumer,
      let index = indexes[name]
    else { return }
    let code =
      frame.payload.count < 2
      ? 1005 : UInt16(frame.payload[0]) << 8 | UInt16(frame.payload[1])
    connections[index].providerClose = .init(code: code, frame: number)
  }

  private mutating func end(_ name: String, _ closure: TranscriptClosure) {
    if let index = indexes[name], closing[name] == nil, closure.initiator == .remote,
      let code = closure.code
    {
      connections[index].providerClose = .init(
        code: code,
        frame: frameCounts[name, default: 0] + 1
      )
    }
    if let problem = closure.problem {
      report("broken-connection", problem, name, frame: frameCounts[name])
    }
  }

  private mutating func report(
    _ rule: String,
    _ message: String,
    _ connection: String,
    frame: Int? = nil
  ) {
    findings.append(
      Finding(
        rule: rule,
        message: message,
        traffic: TrafficLocation(connection: connection, frame: frame)
      )
    )
  }
}
