package import JSON

/// The way to a part of a message, from its root.
package struct ValuePath: Sendable, Hashable {
  /// One step down.
  package enum Step: Sendable, Hashable {
    /// Into an object.
    case name(String)
    /// Into an array.
    case index(Int)
    /// Into an XML element: its name, its place among those of its name, and how many these are.
    ///
    /// Paths of rules may name the place or leave it out.
    case element(String, index: Int, of: Int)
  }

  /// The steps; none for the whole message.
  package var steps: [Step]

  /// The whole message.
  package static let root = ValuePath(steps: [])

  /// Takes steps.
  package init(steps: [Step]) { self.steps = steps }

  /// The path to a member.
  package func appending(_ name: String) -> ValuePath { ValuePath(steps: steps + [.name(name)]) }

  /// The path to an item.
  package func appending(_ index: Int) -> ValuePath { ValuePath(steps: steps + [.index(index)]) }

  /// The same path as a JSON Pointer.
  package var pointer: JSONPointer {
    JSONPointer(
      tokens: steps.flatMap { step in
        switch step {
        case .name(let name): [name]
        case .index(let index): [String(index)]
        case .element(let name, let index, let count): count > 1 ? [name, String(index)] : [name]
        }
      }
    )
  }

  /// A member as a step of a path expression: `.name`, or `['any text']` where that is needed.
  package static func text(ofMember name: String) -> String {
    let isPlain =
      name.utf8.first.map { isLetter($0) } ?? false
      && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    return isPlain ? ".\(name)" : "['\(name)']"
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
  }
}

extension ValuePath: CustomStringConvertible {
  /// The form of path expressions: `$.messages[0].sent_at`.
  package var description: String {
    steps.reduce(into: "$") { text, step in
      switch step {
      case .name(let name): text += Self.text(ofMember: name)
      case .index(let index): text += "[\(index)]"
      case .element(let name, let index, let count):
        text += Self.text(ofMember: name) + (count > 1 ? "[\(index)]" : "")
      }
    }
  }
}

extension ValuePath.Step {
  /// Whether the step's text is this one.
  func isNamed(_ text: String) -> Bool {
    switch self {
    case .name(let name), .element(let name, _, _): name.utf8.elementsEqual(text.utf8)
    case .index(let index): String(index) == text
    }
  }

  /// The index that the step's text gives, also for a member such as "7".
  var number: UInt? {
    switch self {
    case .index(let index): UInt(index)
    case .name(let name): name.utf8.first == UInt8(ascii: "-") ? nil : UInt(name)
    case .element: nil
    }
  }

  /// The place among elements of one name, which a path may give after the name.
  var place: ValuePath.Step? {
    if case .element(_, let index, _) = self { .index(index) } else { nil }
  }
}
