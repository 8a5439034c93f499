import Contract
import Generation
import JSON
import WebSocket

@testable import Fuzz

/// Plays cases against a provider of boxes that is only a table: every reply comes at once.
struct BoxesCase {
  let vocabulary: Vocabulary
  let index: APIIndex
  /// The number of the first box that is made.
  var firstBox = 1

  init() throws {
    index = try BoxesAPI.index()
    vocabulary = try Vocabulary(index)
  }

  /// Plays a case.
  func play(_ source: ChoiceSource, steps: Int = 30) throws -> CaseRun {
    var planner = CasePlanner(vocabulary: vocabulary, source: source, maximumConnections: 3)
    var transcript = Transcript()
    var actions: [CaseRun.Action] = []
    var labels: [String: JSONValue] = [:]
    // Answers that are not waited for say nothing yet.
    var waiting: [JSONValue] = []
    func note(_ kind: TranscriptEvent.Kind, _ connection: Int, step: Int? = nil) {
      let number = transcript.events.count + 1
      transcript.events.append(
        TranscriptEvent(
          number: number,
          nanoseconds: Int64(number) * 1_000_000,
          connection: CasePlayer.name(connection),
          step: step,
          kind: kind
        )
      )
    }
    for connection in planner.sockets.indices {
      actions.append(.connect(CasePlayer.name(connection), facts: nil))
      note(.opened(TranscriptHandshake(target: "/")), connection)
    }
    for number in 1...steps {
      guard let step = try planner.next() else { break }
      switch step.kind {
      case .send(let entry, let payload, let isPipelined):
        let message = vocabulary.entries[entry].message
        let name = CasePlayer.name(step.connection)
        actions.append(.send(connection: name, message: message.name, payload: payload))
        planner.remember(payload, as: message)
        note(.sent(frame(payload)), step.connection, step: number)
        let reply = reply(to: message.name, payload, &labels)
        note(.received(frame(reply)), step.connection, step: number)
        waiting.append(reply)
        guard !isPipelined else { continue }
        for reply in waiting {
          guard let definition = index.definitions[reply["type"]?.stringValue ?? ""] else {
            continue
          }
          planner.remember(reply, as: definition)
        }
        waiting = []
      case .close, .drop:
        actions.append(.close(CasePlayer.name(step.connection)))
        note(.note("over"), step.connection, step: number)
      case .input: break
      }
    }
    return CaseRun(
      log: planner.source.log,
      actions: actions,
      transcript: transcript,
      begin: .now(),
      evidence: Evidence(index, transcript: transcript),
      limits: JudgeLimits(),
      digest: ByteDigest(),
      didNotOpen: false
    )
  }

  private func frame(_ payload: JSONValue) -> TranscriptFrame {
    TranscriptFrame(.text, payload: payload.bytes())
  }

  private func reply(
    to name: String,
    _ payload: JSONValue,
    _ labels: inout [String: JSONValue]
  ) -> JSONValue {
    let id = payload["id"] ?? .null
    let box = payload["box"]?.stringValue ?? ""
    switch name {
    case "enter": return ["type": "entered", "id": id]
    case "make":
      let made = "box-number-\(firstBox + labels.count)"
      labels[made] = payload["label"] ?? ""
      return ["type": "seen", "id": id, "box": .string(made)]
    case "look" where labels[box] != nil:
      return ["type": "seen", "id": id, "box": .string(box)]
    case "listen": return ["type": "done", "id": id]
    default:
      return labels[box] == nil ? ["type": "error", "id": id] : ["type": "done", "id": id]
    }
  }
}

extension CaseRun {
  /// What was sent, with each box by the number of the `make` that made it.
  var saidOfBoxes: [String] {
    var made: [JSONValue] = []
    var said: [String] = []
    for exchange in evidence.exchanges {
      let box = exchange.document?.value["box"]
      let place = box.flatMap { made.firstIndex(of: $0) }.map { " \($0)" } ?? ""
      said.append(exchange.message + place)
      guard exchange.message == "make", let reply = evidence.firstReply(to: exchange),
        let new = reply.message.document?.value["box"]
      else { continue }
      made.append(new)
    }
    return said
  }
}
