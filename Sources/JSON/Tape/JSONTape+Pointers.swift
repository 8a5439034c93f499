extension JSONTape {
  /// The node that a path leads to, with its key where it is a member.
  package func node(at pointer: JSONPointer) -> (value: Int, key: Int?)? {
    let found = nearestNode(to: pointer)
    return found.steps == pointer.tokens.count ? (found.value, found.key) : nil
  }

  /// The last node on a path that is there, and after how many of its steps.
  func nearestNode(to pointer: JSONPointer) -> (value: Int, key: Int?, steps: Int) {
    var value = 0
    var key: Int?
    for (step, token) in pointer.tokens.enumerated() {
      switch kind(of: value) {
      case .object:
        guard let next = member(token, of: value) else { return (value, key, step) }
        value = next
        key = next - 1
      case .array:
        guard let index = JSONValue.arrayIndex(token), index < childCount(of: value) else {
          return (value, key, step)
        }
        value = firstChild(of: value)
        for _ in 0..<index { value = next(after: value) }
        key = nil
      default:
        return (value, key, step)
      }
    }
    return (value, key, pointer.tokens.count)
  }

  /// The path to a value or key; of a container's end that of the container.
  package func pointer(to node: Int) -> JSONPointer {
    let node = kind(of: node) == .end ? next(after: node) : node
    var tokens: [String] = []
    var container = 0
    while container != node {
      var child = firstChild(of: container)
      let isObject = kind(of: container) == .object
      var index = 0
      while next(after: isObject ? child + 1 : child) <= node {
        child = next(after: isObject ? child + 1 : child)
        index += 1
      }
      tokens.append(isObject ? string(of: child) : String(index))
      if child == node { break }
      container = isObject ? child + 1 : child
    }
    return JSONPointer(tokens: tokens)
  }
}
