import Contract
import JSON
import WebSocket

/// Something that a client should not say, or says in an unusual way, ready to be sent.
struct InvalidInput: Sendable, Hashable {
  /// What is waited for afterwards.
  enum Patience: Sendable, Hashable {
    /// An error message or the end of the connection; perhaps neither.
    case refusal
    /// The end of the connection.
    case failure
    /// The answers to what is valid in it.
    case answer
    /// Nothing: the connection is over.
    case nothing
  }

  /// What it is, in a few words.
  var label: String
  /// How it is sent; ``steps(on:)`` names the connection.
  private var steps: [ScenarioStep]
  /// What is waited for afterwards.
  var patience: Patience
  /// The assertion that it breaks, with the message, where it breaks one.
  var site: String?

  init(_ label: String, _ steps: [ScenarioStep], patience: Patience) {
    self.label = label
    self.steps = steps
    self.patience = patience
  }

  /// An invalid message.
  init(_ label: String, message: String, payload: JSONValue, site: String) {
    let send = SendStep(on: "", message: message, payload: .json(payload))
    self.init(label, [.send(send)], patience: .refusal)
    self.site = site
  }

  /// A text that is no message.
  init(_ label: String, text: String) {
    self.init(label, [.send(SendStep(on: "", payload: .text(text)))], patience: .refusal)
  }

  /// Whether its last step leaves the connection open.
  var leavesOpen: Bool {
    switch steps.last {
    case .drop, .reset: false
    default: true
    }
  }

  /// How it is sent on a connection.
  func steps(on connection: String) -> [ScenarioStep] { steps.map { $0.moved(to: connection) } }

  /// What it is and what it says, on one line, at most `limit` characters of each step.
  func shown(limit: Int) -> String {
    let parts = steps.prefix(4).compactMap { $0.shown(limit: limit) }
    let more = steps.count > 4 ? " ..." : ""
    return label + (parts.isEmpty ? "" : ": " + parts.joined(separator: "; ") + more)
  }

  /// What it puts on the wire, for a digest.
  var bytes: [UInt8] { Array(label.utf8) + steps.flatMap(\.bytes) }
}

extension ScenarioStep {
  /// The step on another connection.
  func moved(to name: String) -> ScenarioStep {
    switch self {
    case .send(var step):
      step.connection = name
      return .send(step)
    case .frame(var step):
      step.connection = name
      return .frame(step)
    case .bytes(var step):
      step.connection = name
      return .bytes(step)
    case .drop: return .drop(name)
    case .reset: return .reset(name)
    case .stall: return .stall(name)
    case .resume: return .resume(name)
    case .halfClose: return .halfClose(name)
    default: return self
    }
  }

  /// What it sends, for a digest.
  fileprivate var bytes: [UInt8] {
    switch self {
    case .send(let step): step.payload.bytes
    case .frame(let step):
      [step.opcode, step.isFinal ? 1 : 0, step.reservedBits, step.maskingKey == nil ? 0 : 1]
        + step.payload
    case .bytes(let step): step.bytes
    default: []
    }
  }

  /// What it does, in words.
  fileprivate func shown(limit: Int) -> String? {
    switch self {
    case .send(let step): return Self.text(of: step.payload.bytes, limit: limit)
    case .frame(let step):
      let name = WebSocket.Opcode(rawValue: step.opcode).map { "\($0)" } ?? "opcode \(step.opcode)"
      let end = step.isFinal ? "" : ", not final"
      return "\(name)\(end) \(Self.text(of: step.payload, limit: limit))"
    case .bytes(let step): return "\(step.bytes.count) bytes"
    case .drop: return "drop"
    case .reset: return "reset"
    case .stall: return "read nothing"
    case .resume: return "read on"
    case .halfClose: return "send nothing more"
    default: return nil
    }
  }

  private static func text(of bytes: [UInt8], limit: Int) -> String {
    guard let text = String(validating: bytes.prefix(limit), as: UTF8.self) else {
      return "\(bytes.count) bytes"
    }
    var shown = ""
    for scalar in text.unicodeScalars {
      shown +=
        scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : "\(scalar)"
    }
    return bytes.count > limit ? "\(shown)... (\(bytes.count) bytes)" : shown
  }
}

extension ScenarioPayload {
  /// The bytes of the message.
  var bytes: [UInt8] {
    switch self {
    case .json(let value): value.bytes()
    case .text(let text): Array(text.utf8)
    case .binary(let bytes), .raw(let bytes): bytes
    }
  }
}
