/// Visits the nodes of a tape in their order and knows the way to each.
struct TapeWalk {
  /// The step that was taken last inside an open container.
  private enum Step {
    case member(key: Int)
    case item(Int)
  }

  private let tape: JSONTape
  private var following = 0
  private var steps: [Step] = []

  init(_ tape: JSONTape) { self.tape = tape }

  /// The way to the node that was visited last; to a key the same as to its value.
  var tokens: [String] {
    steps.map { step in
      switch step {
      case .member(let key): tape.string(of: key)
      case .item(let index): String(index)
      }
    }
  }

  /// Goes to the next value or key; ends of containers are passed over.
  ///
  /// - Returns: `nil` behind the last.
  mutating func next() -> Int? {
    while following < tape.count {
      enterContainer(before: following)
      let node = following
      following += 1
      switch (tape.kind(of: node), steps.last) {
      case (.end, _):
        steps.removeLast()
        continue
      case (.key, _): steps[steps.count - 1] = .member(key: node)
      case (_, .item(let index)?): steps[steps.count - 1] = .item(index + 1)
      default: break
      }
      return node
    }
    return nil
  }

  /// Makes room for the steps inside a container that was visited last.
  private mutating func enterContainer(before node: Int) {
    guard node > 0 else { return }
    switch tape.kind(of: node - 1) {
    case .object: steps.append(.member(key: node))
    case .array: steps.append(.item(-1))
    default: break
    }
  }
}
