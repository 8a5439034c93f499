import Contract
import JSON
import Testing

@testable import Fuzz
@testable import Generation

struct CaseGuideTests {
  /// The messages of a random case on a provider that gives every box the next number.
  private func said(seed: UInt64, connections: Int = 3) throws -> [(connection: Int, name: String)]
  {
    let vocabulary = try Vocabulary(BoxesAPI.index())
    let index = try BoxesAPI.index()
    let seen = try #require(index.definitions["seen"])
    var planner = CasePlanner(
      vocabulary: vocabulary,
      source: ChoiceSource(seed: seed),
      maximumConnections: connections
    )
    var said: [(connection: Int, name: String)] = []
    var boxes = 0
    for _ in 0..<30 {
      guard let step = try planner.next() else { break }
      guard case .send(let entry, let payload, _) = step.kind else { continue }
      let message = vocabulary.entries[entry].message
      planner.remember(payload, as: message)
      if message.name == "make" {
        boxes += 1
        let reply: JSONValue = [
          "type": "seen", "id": 0, "box": .string("made by the provider \(boxes)"),
        ]
        planner.remember(reply, as: seen)
      }
      said.append((step.connection, message.name))
    }
    return said
  }

  private func share(_ isMeant: ([(connection: Int, name: String)]) -> Bool) throws -> Double {
    let cases = try (UInt64(1)...200).map { try said(seed: $0) }.filter { $0.count > 10 }
    return Double(cases.filter(isMeant).count) / Double(cases.count)
  }

  @Test func `what everything else requires mostly comes first`() throws {
    let share = try share { said in
      said.first { $0.connection == said[0].connection }?.name == "enter"
    }
    #expect(share > 0.5)
  }

  @Test func `what was changed is often looked at next`() throws {
    let share = try share { said in
      zip(said, said.dropFirst()).contains {
        ["name", "remove"].contains($0.name) && $1.name == "look"
      }
    }
    #expect(share > 0.4)
  }

  @Test func `the same is often asked for three times in a row`() throws {
    let share = try share { said in
      zip(said, zip(said.dropFirst(), said.dropFirst(2))).contains {
        $0.name == $1.0.name && $0.name == $1.1.name && $0.name != "enter"
      }
    }
    #expect(share > 0.2)
  }

  @Test func `several connections often listen before something is made`() throws {
    let share = try share { said in
      let ears = Set(said.filter { $0.name == "listen" }.map(\.connection))
      return ears.count > 1
    }
    #expect(share > 0.3)
  }

  @Test func `a witness says only what it needs to listen`() throws {
    let vocabulary = try Vocabulary(BoxesAPI.index())
    let facts = try #require(vocabulary.facts)
    var guide = CaseGuide(facts, connections: 2, witness: 1)
    let socket = vocabulary.sockets[0]
    func likely() -> [String] {
      zip(socket.entries, guide.operationWeights(of: socket, on: 1)).filter { $0.1 > 0 }
        .map { vocabulary.entries[$0.0].message.name }
    }
    func say(_ name: String) throws {
      let entry = try #require(vocabulary.entries.firstIndex { $0.message.name == name })
      let kind = CaseStep.Kind.send(entry: entry, payload: .null, isPipelined: false)
      guide.took(CaseStep(connection: 1, kind: kind))
    }
    #expect(likely() == ["listen"])
    #expect(guide.connectionWeights[1] > 0)
    try say("listen")
    #expect(guide.connectionWeights[1] == 0)
  }
}
