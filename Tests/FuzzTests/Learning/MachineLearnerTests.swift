import Contract
import Fuzz
import Testing

struct MachineLearnerTests {
  struct Example: CustomTestStringConvertible {
    let name: String
    let machine: MealyMachine
    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "one state", machine: machine(["a": [("x", 0)], "b": [("y", 0)]])),
    Example(
      name: "a login",
      machine: machine([
        "login": [("in", 1), ("error", 1)], "logout": [("error", 0), ("out", 0)],
        "read": [("error", 0), ("text", 1)],
      ])
    ),
    Example(name: "a counter that fails at its seventh step", machine: counter(7)),
    Example(
      name: "two states that only two letters in a row tell apart",
      machine: machine([
        "a": [("x", 1), ("x", 2), ("x", 0)], "b": [("x", 0), ("x", 2), ("y", 2)],
      ])
    ),
    Example(name: "nine states, seven letters", machine: random(states: 9, letters: 7, seed: 3)),
    Example(name: "thirty states, four letters", machine: random(states: 30, letters: 4, seed: 5)),
  ]

  @Test(arguments: examples)
  func `a machine is learned as it is`(example: Example) async throws {
    let learner = MachineLearner(letters: example.machine.letters) { word in
      example.machine.outputs(of: word)
    }
    let learned = try await learner.learn()
    #expect(learned.difference(from: example.machine) == nil)
    #expect(learned.steps.count == minimalCount(of: example.machine))
    #expect(learner.ending == .complete)
    #expect(learner.changes.isEmpty)
  }

  @Test func `nothing is asked twice, and few words are asked`() async throws {
    let machine = Self.random(states: 9, letters: 7, seed: 3)
    var asked: Set<[Int]> = []
    var limits = MachineLearner.Limits()
    limits.depth = 0
    let learner = MachineLearner(letters: machine.letters, limits: limits) { word in
      #expect(asked.insert(word).inserted)
      return machine.outputs(of: word)
    }
    _ = try await learner.learn()
    #expect(learner.queries == asked.count)
    #expect(learner.queries < 360)
  }

  @Test func `an answer that comes otherwise once is outvoted and told of`() async throws {
    let machine = Self.counter(4)
    var slips = 0
    let learner = MachineLearner(letters: machine.letters) { word in
      var outputs = machine.outputs(of: word)
      if word.count > 3, slips == 0 {
        slips += 1
        outputs[1] = "slip"
      }
      return outputs
    }
    let learned = try await learner.learn()
    #expect(learned.difference(from: machine) == nil)
    #expect(learner.changes.count == 1)
    #expect(learner.changes.first?.outputs.contains("slip") == true)
  }

  @Test func `an answer that changes all the time is one of several, and told of`() async throws {
    let machine = Self.counter(3)
    var count = 0
    let learner = MachineLearner(letters: machine.letters) { word in
      count += 1
      return zip(word, machine.outputs(of: word)).map { letter, output in
        letter == 1 ? "reset \(count % 2)" : output
      }
    }
    let learned = try await learner.learn()
    #expect(!learner.changes.isEmpty)
    #expect(learned.outputs(of: [1]) == ["reset 0 or reset 1"])
    #expect(learned.steps.count == 3)
  }

  @Test func `when the time is over what is known is given out`() async throws {
    let machine = Self.random(states: 9, letters: 7, seed: 3)
    var left = 100
    let learner = MachineLearner(
      letters: machine.letters,
      isOver: { left == 0 },
      query: { word in
        left -= 1
        return machine.outputs(of: word)
      }
    )
    let learned = try await learner.learn()
    #expect(learner.ending == .outOfTime)
    #expect(learned.steps.count <= 9)
  }

  @Test func `a machine that the provider may be like is tried first`() async throws {
    // A lock that opens after eight right letters in a row; chance hardly finds that.
    let lock = Self.lock([0, 1, 2, 0, 2, 1, 0, 0])
    var limits = MachineLearner.Limits()
    limits.depth = 0
    limits.randomWords = 0
    limits.repetitions = 0
    let blind = MachineLearner(letters: lock.letters, limits: limits) { lock.outputs(of: $0) }
    #expect(try await blind.learn().difference(from: lock) == [0, 1, 2, 0, 2, 1, 0, 0])
    let learner = MachineLearner(letters: lock.letters, limits: limits) { lock.outputs(of: $0) }
    #expect(try await learner.learn(rival: lock).difference(from: lock) == nil)
  }

  // MARK: Machines

  private static func machine(_ rows: [String: [(String, Int)]]) -> MealyMachine {
    let letters = rows.keys.sorted()
    let count = rows.values.first?.count ?? 0
    return MealyMachine(
      letters: letters,
      steps: (0..<count).map { state in
        letters.map { MealyMachine.Step(rows[$0]?[state].0 ?? "", rows[$0]?[state].1 ?? 0) }
      }
    )
  }

  private static func counter(_ count: Int) -> MealyMachine {
    machine([
      "up": (0..<count).map { ($0 == count - 1 ? "full" : "ok", min($0 + 1, count - 1)) },
      "zero": (0..<count).map { _ in ("zero", 0) },
    ])
  }

  private static func lock(_ word: [Int]) -> MealyMachine {
    MealyMachine(
      letters: ["a", "b", "c"],
      steps: (0...word.count).map { state in
        (0..<3).map { letter in
          guard state < word.count else { return MealyMachine.Step("open", state) }
          return letter == word[state]
            ? MealyMachine.Step(state == word.count - 1 ? "open" : "ok", state + 1)
            : MealyMachine.Step("ok", 0)
        }
      }
    )
  }

  private static func random(states: Int, letters: Int, seed: UInt64) -> MealyMachine {
    var value = seed
    func below(_ bound: Int) -> Int {
      value = value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(value >> 33) % bound
    }
    return MealyMachine(
      letters: (0..<letters).map { "l\($0)" },
      steps: (0..<states).map { state in
        (0..<letters).map { letter in
          let target = letter == 0 ? (state + 1) % states : below(states)
          return MealyMachine.Step("o\(below(3))", target)
        }
      }
    )
  }

  /// How many of the states that can be reached behave differently.
  private func minimalCount(of machine: MealyMachine) -> Int {
    let reached = machine.inOrder
    var classes = reached.steps.map { $0.map(\.output) }.numbered
    while true {
      let finer = reached.steps.indices.map { state in
        ["\(classes[state])"] + reached.steps[state].map { "\(classes[$0.target])" }
      }.numbered
      if Set(finer).count == Set(classes).count { return Set(classes).count }
      classes = finer
    }
  }
}

extension [[String]] {
  /// A number for each element, equal for equal ones.
  fileprivate var numbered: [Int] {
    var numbers: [[String]: Int] = [:]
    return map { element in
      if let known = numbers[element] { return known }
      numbers[element] = numbers.count
      return numbers.count - 1
    }
  }
}
